package followup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
)

// words is the wording of the texts to customers that follow a call or a change, one implementation per language. All
// that is said comes in typed: a time, a number or a price is never taken out of a sentence. The texts to the owner and
// the people on call are in English (words_en.go), with the customer's own words beside it.
type words interface {
	// Confirmation tells a customer that a visit was booked, moved or cancelled.
	Confirmation(c change, shop string, v visit) string
	// Mail is the same as an e-mail, with how to ring the shop (E.164, empty for no line).
	Mail(c change, shop, line string, v visit) (subject, body string)
	// MailTitle is what the visit is called in the customer's calendar.
	MailTitle(shop string, v visit) string
	// PutDown tells a customer that a visit is put down, and who has yet to confirm it.
	PutDown(shop, owner string, v visit) string
	// TextBack writes to a caller who was not served.
	TextBack(shop string, m missed) string
	// OnMyWay tells that the technician is on the way, and about when they will be there; zero: as was promised.
	OnMyWay(shop string, v visit, at time.Time) string
	// Review asks for one, with the address where it is written.
	Review(shop, link string) string
	// ReviewMail is the same as an e-mail, which ends with how to have no more of them.
	ReviewMail(shop, link, unsubscribe string) (title, body string)
	// AskAddress asks who was just on the phone for the address of the visit.
	AskAddress(shop string) string
	// NoAnswerYet promises a call to who asked something that the owner has not answered.
	NoAnswerYet(owner string) string
	// BookingLink gives the address of the booking page.
	BookingLink(shop, link string) string
	// Late tells who waits for a visit that somebody comes some minutes late, and until when at the latest.
	Late(shop string, minutes int, v visit) string
	// Code gives the code to who is to read it to us.
	Code(code, shop string) string
	// PageCode gives the code to who is to type it in on the booking page.
	PageCode(code, shop string) string
}

// change is what happened to a job.
type change string

const (
	booked    change = "booked"
	moved     change = "moved"
	cancelled change = "cancelled"
	accepted  change = "accepted" // by the owner, for whose yes it waited
	completed change = Completed
)

// Completed is the change of a job whose work is done. Nobody is told of it at once.
const Completed = "completed"

// visit is a job as texts speak of it. Times are in the shop's zone.
type visit struct {
	Service    string
	Problem    string // the customer's words, summarised
	Language   string // of those words, ISO 639-1
	Technician string
	Helper     string // who goes along; empty: nobody
	Days       int    // on how many days the work is done; 0: one visit
	Customer   string // name, empty when never given
	Phone      string // E.164
	Address    contact.Address
	From, To   time.Time // the arrival window
	Urgency    scheduling.Urgency
	Link       string // where the customer sees and changes it, empty for nowhere
}

// visitOf is how texts speak of a job whose customer speaks a language.
func visitOf(b *business.Business, j *scheduling.Job, language string) visit {
	return visit{
		Service: j.Service, Problem: j.Problem, Language: language, Technician: j.Slot.Technician,
		Helper: j.Slot.Helper, Days: len(j.Parts),
		Customer: j.Customer.Name, Phone: j.Customer.Phone, Address: j.Address,
		From: j.Slot.Start.In(b.Location()), To: j.WindowEnd.In(b.Location()), Urgency: j.Urgency,
	}
}

// missed is what is known about a caller who was not served.
type missed struct {
	Own     string // how the shop puts it, empty where that is in another language than the caller's
	Name    string // on file, empty for a stranger
	Service string // what they asked for before they left, empty for nothing
	Closed  bool   // the shop was closed when they called
}

// callNews is what the owner hears of a call.
type callNews struct {
	Outcome ledger.Outcome
	Name    string // the caller's, empty when unknown
	From    string // E.164, empty when withheld
	Wanted  string // one line, empty when nothing was said
	Visit   *visit // the job booked, moved or cancelled in it
	// Waits: the visit waits for the owner's yes, under Number where other ones do, too.
	Waits  bool
	Number int
	// TextBack is the text to a caller who was missed; nil when none was due.
	TextBack *messaging.Message
	// OwedCall: the caller is on the list of callbacks.
	OwedCall bool
	// Gist is one more sentence on what the call was about; empty for none.
	Gist string
}

// wordsFor are the words for who is at a number: those of the language last spoken with them, or else chosen by them on
// the pages, as far as the business speaks it. The job is the one it is about, empty for none.
func wordsFor(ctx context.Context, tx Tx, b *business.Business, number, jobID string) (w words, language string, err error) {
	if language, err = tx.LanguageWith(ctx, b.ID, number, jobID); err != nil {
		return nil, "", fmt.Errorf("the language of %s: %w", number, err)
	}
	if language == "" {
		c, err := tx.CustomerByPhone(ctx, b.ID, number)
		if err != nil {
			return nil, "", fmt.Errorf("the language of %s: %w", number, err)
		}
		if c != nil {
			language = c.Language
		}
	}
	w, language = wordsIn(b, language)
	return w, language, nil
}

// wordsIn are the words of a language, as far as the business speaks it, else those of the business's first.
func wordsIn(b *business.Business, language string) (words, string) {
	for _, l := range append([]string{language}, b.Profile.Languages...) {
		if w, ok := catalogues[l]; ok && slices.Contains(b.Profile.Languages, l) {
			return w, l
		}
	}
	return english{}, "en"
}

var catalogues = map[string]words{"en": english{}, "es": spanish{}}

// firstLanguage says whether a language is the one that a business's file is written in.
func firstLanguage(b *business.Business, language string) bool {
	return len(b.Profile.Languages) == 0 || b.Profile.Languages[0] == language
}
