// Package followup is what happens after a call or a change: summaries, text-backs, confirmations, alerts. Each
// is a durable job, enqueued in the transaction of the fact that causes it. A job is idempotent: it writes a
// text under a key that is unique, and sending is a job of its own.
package followup

import (
	"time"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// Sending is the queue of texts on their way to carriers. It is one of its own, so that texts that a carrier takes slowly
// keep nothing else waiting.
const Sending = "sending"

// SendingWorkers is how many texts a process hands over at once.
const SendingWorkers = 32

// SendText hands one queued text to its carrier. Texts to one number leave in the order they were written.
type SendText struct {
	BusinessID string `json:"business_id"`
	MessageID  string `json:"message_id"`
	Line       string `json:"line"` // the number it leaves by; empty in jobs of before it was noted
	// Priority is River's, 1 (first) to 4; zero for 1.
	Priority int `json:"-"`
}

// promised are the priorities of the kinds that somebody waits for less than for the others: a caller who was missed, who
// writes with us or waits for a code comes first, at once; then the owner's summary, within ten seconds, and the
// confirmation of what was just said; then what was planned hours ago.
var promised = map[messaging.Kind]int{
	messaging.Summary: 2, messaging.Confirmation: 2,
	messaging.Reminder: 3, messaging.FollowUp: 3, messaging.Nudge: 3, messaging.Lead: 3, messaging.Estimate: 3, messaging.Review: 3,
	messaging.Seasonal: 4,
}

// NewSendText is the job for a text. When many are due at once, those that are promised soonest go first.
func NewSendText(m *messaging.Message) SendText {
	return SendText{BusinessID: m.BusinessID, MessageID: m.ID, Line: m.From, Priority: max(promised[m.Kind], 1)}
}

// Kind names the job in the queue.
func (SendText) Kind() string { return "send_text" }

// InsertOpts gives the job its queue and its place there.
func (s SendText) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: Sending, Priority: s.Priority}
}

// PlaceCall has the carrier place one call of ours, once.
type PlaceCall struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"` // of telephony.Outgoing
}

// Kind names the job in the queue.
func (PlaceCall) Kind() string { return "place_call" }

// LookAtCall asks the carrier whether a call of ours is over, for the case that its report got lost.
type LookAtCall struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"` // of telephony.Outgoing
}

// Kind names the job in the queue.
func (LookAtCall) Kind() string { return "look_at_call" }

// HangUpCall ends a call of ours that is not wanted any more, or keeps it from being placed.
type HangUpCall struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"` // of telephony.Outgoing
}

// Kind names the job in the queue.
func (HangUpCall) Kind() string { return "hang_up_call" }

// CallEnded writes what is owed after a call: the owner's summary, the text-back, the callback.
type CallEnded struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"`
}

// Kind names the job in the queue.
func (CallEnded) Kind() string { return "call_ended" }

// CallTaken texts a person who took a call what is known of it.
type CallTaken struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"`
	Phone      string `json:"phone"` // E.164: theirs
}

// Kind names the job in the queue.
func (CallTaken) Kind() string { return "call_taken" }

// VoicemailRead texts the owner what was said in a voicemail, once the carrier has written it down.
type VoicemailRead struct {
	BusinessID  string `json:"business_id"`
	CallID      string `json:"call_id"`
	RecordingID string `json:"recording_id"`
}

// Kind names the job in the queue.
func (VoicemailRead) Kind() string { return "voicemail_read" }

// JobChanged writes the customer's confirmation, and the owner's summary where no call will bring one.
type JobChanged struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
	Change     string `json:"change"` // "booked", "moved", "cancelled", "accepted" by the owner, or "completed"
	// Revision is the job's UpdatedAt in epoch milliseconds: one change, one set of texts.
	Revision int64 `json:"revision"`
	// ByCall: the change was made in a call, whose own summary will tell the owner.
	ByCall bool `json:"by_call"`
}

// Kind names the job in the queue.
func (JobChanged) Kind() string { return "job_changed" }

// OfferChange puts a change of a job to its customer by text, with a question: one text, in place of JobChanged's.
type OfferChange struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
	Change     string `json:"change"` // one of those below
	// Revision is the job's UpdatedAt in epoch milliseconds: one change, one text. Start is when the visit was to begin by
	// then: what is no longer so isn't told.
	Revision int64     `json:"revision"`
	Start    time.Time `json:"start"`
	// Starts is when the owner would rather come, for OfferBetterTime.
	Starts []time.Time `json:"starts,omitempty"`
}

// What is put to a customer, by the names that the receptionist has for it.
const (
	OfferMoved      = "moved"       // the visit has another time already
	OfferCancelled  = "cancelled"   // it is off already
	OfferDeclined   = "declined"    // the owner did not take it; it is off already
	OfferTaken      = "taken"       // it stands, and its time proved taken
	OfferBetterTime = "better_time" // it waits for the owner's yes, and he would rather come at another time
)

// Kind names the job in the queue.
func (OfferChange) Kind() string { return "offer_change" }

// RemindOwner reminds the owner of a visit that waits for his yes.
type RemindOwner struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
	Start      int64  `json:"start"` // of the visit as it was asked about, epoch milliseconds
	Alert      bool   `json:"alert"` // for the last time, at any hour
}

// Kind names the job in the queue.
func (RemindOwner) Kind() string { return "remind_owner" }

// AlertOnCall begins to page the people on call, at once, quiet hours or not.
type AlertOnCall struct {
	BusinessID     string `json:"business_id"`
	ConversationID string `json:"conversation_id"`
	What           string `json:"what"` // "emergency" or "danger"
	Text           string `json:"text"` // who, what, where, the number to call
}

// Kind names the job in the queue.
func (AlertOnCall) Kind() string { return "alert_on_call" }

// TextCode texts the code by which a caller proves that a booking is theirs. The code itself is not in it: it is made
// where the text is written.
type TextCode struct {
	BusinessID     string `json:"business_id"`
	ConversationID string `json:"conversation_id"`
	Phone          string `json:"phone"` // E.164: the number of the booking
	N              int    `json:"n"`     // which code of the conversation it is
}

// Kind names the job in the queue.
func (TextCode) Kind() string { return "text_code" }

// TextPageCode texts the code by which a visitor of the booking page proves a number.
type TextPageCode struct {
	BusinessID string `json:"business_id"`
	Subject    string `json:"subject"`  // what the code is made for, see receptionist.Codes
	Phone      string `json:"phone"`    // E.164
	Language   string `json:"language"` // of the page, ISO 639-1
}

// Kind names the job in the queue.
func (TextPageCode) Kind() string { return "text_page_code" }

// SendMail hands one e-mail to the mail server.
type SendMail struct {
	BusinessID string `json:"business_id"`
	MailID     string `json:"mail_id"`
	// Marketing: see Mail.
	Marketing bool `json:"marketing,omitempty"`
}

// Kind names the job in the queue.
func (SendMail) Kind() string { return "send_mail" }

// TextAddress asks a caller by text for the address that could not be understood; the answer takes up the call.
type TextAddress struct {
	BusinessID     string `json:"business_id"`
	ConversationID string `json:"conversation_id"`
	Phone          string `json:"phone"` // E.164: the caller's
}

// Kind names the job in the queue.
func (TextAddress) Kind() string { return "text_address" }

// TellOwner texts the owner what should not wait for the end of the call.
type TellOwner struct {
	BusinessID     string `json:"business_id"`
	ConversationID string `json:"conversation_id"`
	What           string `json:"what"` // "complaint", "late" or "more_work"
	Text           string `json:"text"` // who, what, the number to call
}

// Kind names the job in the queue.
func (TellOwner) Kind() string { return "tell_owner" }

// NoticeOwner texts the owner something that no call and no customer's text is about, such as a calendar that has to be
// connected again.
type NoticeOwner struct {
	BusinessID string `json:"business_id"`
	Key        string `json:"key"` // the same key is texted once
	Text       string `json:"text"`
}

// Kind names the job in the queue.
func (NoticeOwner) Kind() string { return "notice_owner" }

// JobDisplaced texts the owner, at once, which job is in the way of an emergency that was put over it.
type JobDisplaced struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"` // the job whose time was taken
	By         string `json:"by"`     // the emergency
}

// Kind names the job in the queue.
func (JobDisplaced) Kind() string { return "job_displaced" }

// ReleaseThread gives a thread of texts that people hold back to the receptionist, once they have been silent there for long
// enough.
type ReleaseThread struct {
	BusinessID string `json:"business_id"`
	Number     string `json:"number"` // whose thread it is, E.164
	Since      int64  `json:"since"`  // when it was taken over, epoch milliseconds: another takeover has a job of its own
}

// Kind names the job in the queue.
func (ReleaseThread) Kind() string { return "release_thread" }

// TellLate texts the customer of a visit that somebody comes late.
type TellLate struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
	Minutes    int    `json:"minutes"`
	Key        string `json:"key"` // the same key is texted once
}

// Kind names the job in the queue.
func (TellLate) Kind() string { return "tell_late" }

// AskOwner texts the owner a customer's question.
type AskOwner struct {
	BusinessID string `json:"business_id"`
	QuestionID string `json:"question_id"`
}

// Kind names the job in the queue.
func (AskOwner) Kind() string { return "ask_owner" }

// QuestionDue promises a call where the owner has not answered a question in time.
type QuestionDue struct {
	BusinessID string `json:"business_id"`
	QuestionID string `json:"question_id"`
}

// Kind names the job in the queue.
func (QuestionDue) Kind() string { return "question_due" }

// TextLink texts the address of the booking page.
type TextLink struct {
	BusinessID     string `json:"business_id"`
	ConversationID string `json:"conversation_id"`
	Phone          string `json:"phone"` // E.164
	Link           string `json:"link"`
}

// Kind names the job in the queue.
func (TextLink) Kind() string { return "text_link" }

// CloseStale ends conversations and calls that went quiet without the carrier saying so.
type CloseStale struct{}

// Kind names the job in the queue.
func (CloseStale) Kind() string { return "close_stale" }
