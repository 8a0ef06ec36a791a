// Package business is the shop: who it is, when it is open, what it does, for how much, where, and with whom.
//
// The types mirror the business file (demo/mikes-plumbing.yaml) key for key; the same schema is read by
// `fixly business import`, written by `fixly business export`, and spoken by the API and the settings pages.
package business

import "time"

// Business is one shop, complete. It is read-only once parsed; an edit makes a new one.
type Business struct {
	// ID is the installation's own identifier; it is not part of the file.
	ID string `yaml:"-" json:"-"`

	Profile     Profile     `yaml:"business" json:"business"`
	Lines       []Line      `yaml:"lines" json:"lines"`
	Gateways    []Gateway   `yaml:"gateways" json:"gateways"`
	Answering   Answering   `yaml:"answering" json:"answering"`
	Hours       Hours       `yaml:"hours" json:"hours"`
	Team        []Member    `yaml:"team" json:"team"`
	Scheduling  Scheduling  `yaml:"scheduling" json:"scheduling"`
	ServiceArea ServiceArea `yaml:"service_area" json:"service_area"`
	Services    []Service   `yaml:"services" json:"services"`
	Emergencies Emergencies `yaml:"emergencies" json:"emergencies"`
	OnCallPlan  OnCall      `yaml:"on_call" json:"on_call"`
	Forwarding  Forwarding  `yaml:"forwarding" json:"forwarding"`
	FAQs        []FAQ       `yaml:"faqs" json:"faqs"`
	Taught      []Taught    `yaml:"taught" json:"taught"`
	FollowUps   FollowUps   `yaml:"follow_ups" json:"follow_ups"`
	Callbacks   Callbacks   `yaml:"callbacks" json:"callbacks"`
	Threads     Threads     `yaml:"threads" json:"threads"`
	Notify      Notify      `yaml:"notify" json:"notify"`
	Recording   Recording   `yaml:"recording" json:"recording"`
	Billing     Billing     `yaml:"billing" json:"billing"`

	loc *time.Location
}

// Profile is who the shop is and how it presents itself.
type Profile struct {
	Name      string    `yaml:"name" json:"name"`
	Slug      string    `yaml:"slug" json:"slug"`
	Timezone  string    `yaml:"timezone" json:"timezone"` // IANA name
	Owner     Owner     `yaml:"owner" json:"owner"`
	Assistant Assistant `yaml:"assistant" json:"assistant"`
	TextBack  string    `yaml:"text_back" json:"text_back"` // body of the text to a caller nobody answered
	Languages []string  `yaml:"languages" json:"languages"` // ISO 639-1, the first is the default
	// BookingPage is "off" where customers are not to book on the page of the shop's slug; "on" or empty: they may.
	BookingPage string `yaml:"booking_page" json:"booking_page"`
}

// What Profile.BookingPage may be.
const (
	BookingPageOn  = "on"
	BookingPageOff = "off"
)

// HasBookingPage says whether customers may book on the page of the shop's slug.
func (p *Profile) HasBookingPage() bool { return p.BookingPage != BookingPageOff }

// Owner gets the summaries.
type Owner struct {
	Name  string `yaml:"name" json:"name"`
	Phone string `yaml:"phone" json:"phone"` // E.164
	Email string `yaml:"email" json:"email"`
}

// Assistant is the receptionist's name and first words.
type Assistant struct {
	Name     string `yaml:"name" json:"name"`
	Greeting string `yaml:"greeting" json:"greeting"`
}

// Mode says how a line's sound reaches the receptionist.
type Mode string

// The modes of a line.
const (
	ModeRelay  Mode = "relay"  // Twilio ConversationRelay: words over a WebSocket
	ModeGather Mode = "gather" // Twilio <Gather>: one webhook a turn
	ModeStream Mode = "stream" // Twilio Media Streams: sound over a WebSocket
)

// Hours are the opening hours: spans such as "08:00-17:00" per weekday in the shop's zone, and dates closed.
type Hours struct {
	Mon    []string `yaml:"mon" json:"mon"`
	Tue    []string `yaml:"tue" json:"tue"`
	Wed    []string `yaml:"wed" json:"wed"`
	Thu    []string `yaml:"thu" json:"thu"`
	Fri    []string `yaml:"fri" json:"fri"`
	Sat    []string `yaml:"sat" json:"sat"`
	Sun    []string `yaml:"sun" json:"sun"`
	Closed []string `yaml:"closed" json:"closed"` // dates, "2006-01-02"
}

// Member is a technician. The name identifies the technician within the business.
type Member struct {
	Name   string      `yaml:"name" json:"name"`
	Skills []string    `yaml:"skills" json:"skills"`
	Hours  MemberHours `yaml:"hours" json:"hours"` // empty: whenever the shop is open
	Off    []string    `yaml:"off" json:"off"`     // days off: dates "2026-12-24", or the first and last, "2026-12-24..2026-12-31"
	// Home is where their day begins and ends: a ZIP, or an address that ends in one. It counts where scheduling.plan_driving
	// is on.
	Home string `yaml:"home" json:"home"`
	// Timezone is the IANA name of the zone that Hours and Off are in; empty: the shop's.
	Timezone string `yaml:"timezone" json:"timezone"`
	DailyCap int    `yaml:"daily_cap" json:"daily_cap"` // visits on one date of the shop's, emergencies aside; 0: as many as fit
	// Phone is their own, E.164; empty: not known. Who texts from it may say how their visits go, and gets customers' photos.
	Phone string `yaml:"phone" json:"phone"`

	loc *time.Location // of Timezone; nil: the shop's
}

// MemberHours are the hours that somebody works, as Hours. A day without spans is a day off, unless all are: then the
// shop's hours are theirs. Nobody works outside of the shop's hours, emergencies aside.
type MemberHours struct {
	Mon []string `yaml:"mon" json:"mon"`
	Tue []string `yaml:"tue" json:"tue"`
	Wed []string `yaml:"wed" json:"wed"`
	Thu []string `yaml:"thu" json:"thu"`
	Fri []string `yaml:"fri" json:"fri"`
	Sat []string `yaml:"sat" json:"sat"`
	Sun []string `yaml:"sun" json:"sun"`
}

// Scheduling holds the rules for offering times.
type Scheduling struct {
	ArrivalWindow Duration `yaml:"arrival_window" json:"arrival_window"` // what a caller is promised
	TravelBuffer  Duration `yaml:"travel_buffer" json:"travel_buffer"`   // kept free after each visit
	Notice        Duration `yaml:"notice" json:"notice"`                 // nothing is offered sooner, emergencies aside
	Horizon       Duration `yaml:"horizon" json:"horizon"`               // nothing is offered later
	// Approval is what else waits for the owner's yes beside the services that do: "emergencies", "new_customers".
	Approval []string `yaml:"approval" json:"approval"`
	// ApprovalReminder is how long after he was asked the owner is reminded; ApprovalDeadline how long before the visit he
	// is told that nobody has answered. 0: 30 minutes and 4 hours.
	ApprovalReminder Duration `yaml:"approval_reminder" json:"approval_reminder"`
	ApprovalDeadline Duration `yaml:"approval_deadline" json:"approval_deadline"`
	// PlanDriving keeps as much time free between visits as the drive takes, where that is more than TravelBuffer, and
	// chooses technicians and offers by what they add to the driving.
	PlanDriving bool     `yaml:"plan_driving" json:"plan_driving"`
	StartBuffer Duration `yaml:"start_buffer" json:"start_buffer"` // kept free at the beginning of each technician's day
	DailyCap    int      `yaml:"daily_cap" json:"daily_cap"`       // jobs that begin on one date, emergencies aside; 0: as many as fit
	Windows     []Window `yaml:"windows" json:"windows"`           // where there are any, visits begin with one of them
}

// Window is a fixed arrival window of every open day. A visit that begins with it is promised for it, whatever the
// arrival_window of the other visits.
type Window struct {
	Name            string `yaml:"name" json:"name"`
	Hours           string `yaml:"hours" json:"hours"`                       // "08:00-10:00"; "23:30-01:30" ends on the next day
	Capacity        int    `yaml:"capacity" json:"capacity"`                 // jobs in it on one date, all technicians together; 0: as many as fit
	EmergenciesOnly bool   `yaml:"emergencies_only" json:"emergencies_only"` // no other visit begins in it
}

// What can wait for the owner's yes, see Scheduling.Approval.
const (
	ApproveEmergencies  = "emergencies"
	ApproveNewCustomers = "new_customers" // who have had no visit booked
)

// Approvals lists what Scheduling.Approval can hold.
func Approvals() []string { return []string{ApproveEmergencies, ApproveNewCustomers} }

// ServiceArea is where the shop goes.
type ServiceArea struct {
	ZIPs   []string `yaml:"zips" json:"zips"`
	Cities []string `yaml:"cities" json:"cities"`
	State  string   `yaml:"state" json:"state"`
}

// Service is one thing the shop does.
type Service struct {
	Name     string   `yaml:"name" json:"name"`
	Duration Duration `yaml:"duration" json:"duration"`
	Price    string   `yaml:"price" json:"price"` // as it may be said: "from $149"
	Skill    string   `yaml:"skill" json:"skill"`
	For      []string `yaml:"for" json:"for"`           // what callers call it
	Approval bool     `yaml:"approval" json:"approval"` // waits for the owner's yes, emergencies aside
	// Crew is how many go there, at most two: one with the skill, and a helper. 0 and 1: one alone.
	Crew int `yaml:"crew" json:"crew"`
	// Days is on how many working days in a row the work is done, Duration on each of them. 0 and 1: one visit.
	Days int `yaml:"days" json:"days"`
	// QuoteFirst names the service that a caller who wants this one is offered first; empty: none.
	QuoteFirst string `yaml:"quote_first" json:"quote_first"`
	// Estimate says that the visit is to tell a price, and the work comes after it.
	Estimate bool `yaml:"estimate" json:"estimate"`
}

// Emergencies says what counts as one and what is never booked.
type Emergencies struct {
	Accepted      bool     `yaml:"accepted" json:"accepted"`
	AfterHoursFee string   `yaml:"after_hours_fee" json:"after_hours_fee"`
	Signs         []string `yaml:"signs" json:"signs"`
	Danger        []string `yaml:"danger" json:"danger"`
	// Overbook lets an emergency take the time of a routine job that has not begun, where nobody is free within
	// OverbookWithin. The owner is told which job is in the way.
	Overbook       bool     `yaml:"overbook" json:"overbook"`
	OverbookWithin Duration `yaml:"overbook_within" json:"overbook_within"`
}

// FAQ is a question and the only answer that may be given to it.
type FAQ struct {
	Q string `yaml:"q" json:"q"`
	A string `yaml:"a" json:"a"`
}

// Billing is what a booked job costs the business.
type Billing struct {
	Currency         string  `yaml:"currency" json:"currency"` // ISO 4217
	FreeJobsPerMonth int     `yaml:"free_jobs_per_month" json:"free_jobs_per_month"`
	PerBookedJob     float64 `yaml:"per_booked_job" json:"per_booked_job"` // to the cent, see CentsPerJob
	// StripeCustomer is the id of the business at Stripe, such as "cus_NffrFeUfNV2Hib", where whoever runs Fixly for it
	// invoices it by that; empty: nobody is told of its usage.
	StripeCustomer string `yaml:"stripe_customer" json:"stripe_customer"`
}
