package followup

import (
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
)

// words is the wording of the texts that follow a call or a change, one implementation per language. All that is
// said comes in typed: a time, a number or a price is never taken out of a sentence.
type words interface {
	// Confirmation tells a customer that a visit was booked, moved or cancelled.
	Confirmation(c change, shop string, v visit) string
	// Changed tells the owner the same.
	Changed(c change, v visit) string
	// Call tells the owner what came of a call.
	Call(c callNews) string
	// OnCall is for the people who have to know at once.
	OnCall(what, text string) string
}

// change is what happened to a job.
type change string

const (
	booked    change = "booked"
	moved     change = "moved"
	cancelled change = "cancelled"
)

// visit is a job as texts speak of it. Times are in the shop's zone.
type visit struct {
	Service    string
	Problem    string // the customer's words, summarised
	Technician string
	Customer   string // name, empty when never given
	Phone      string // E.164
	Address    contact.Address
	From, To   time.Time // the arrival window
	Urgency    scheduling.Urgency
}

// visitOf is how texts speak of a job.
func visitOf(b *business.Business, j *scheduling.Job) visit {
	return visit{
		Service: j.Service, Problem: j.Problem, Technician: j.Slot.Technician,
		Customer: j.Customer.Name, Phone: j.Customer.Phone, Address: j.Address,
		From: j.Slot.Start.In(b.Location()), To: j.WindowEnd.In(b.Location()), Urgency: j.Urgency,
	}
}

// callNews is what the owner hears of a call.
type callNews struct {
	Outcome ledger.Outcome
	Name    string // the caller's, empty when unknown
	From    string // E.164, empty when withheld
	Wanted  string // one line, empty when nothing was said
	Visit   *visit // the job booked, moved or cancelled in it
	// TextBack is the text to a caller who was missed; nil when none was due.
	TextBack *messaging.Message
	// OwedCall: the caller is on the list of callbacks.
	OwedCall bool
}

// wordsFor is the catalogue of the business's first language that has one.
func wordsFor(b *business.Business) words {
	for _, l := range b.Profile.Languages {
		if w, ok := catalogues[l]; ok {
			return w
		}
	}
	return english{}
}

var catalogues = map[string]words{"en": english{}}
