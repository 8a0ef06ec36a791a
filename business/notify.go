package business

import (
	"slices"
	"time"
)

// Notify says what the owner gets beside texts. What is left out is not sent.
type Notify struct {
	Email []string `yaml:"email" json:"email"` // to owner.email: "summaries", "brief"
	// BriefAt is when the brief of a day is written, such as "06:30", in the shop's zone; empty: 7 o'clock.
	BriefAt string `yaml:"brief_at" json:"brief_at"`
	// BriefAlways has a brief written on days on which there is nothing to say, too.
	BriefAlways bool `yaml:"brief_always" json:"brief_always"`
}

// What Notify.Email can hold.
const (
	EmailSummaries = "summaries" // what is texted to the owner after calls and changes
	EmailBrief     = "brief"     // each morning: yesterday's calls, who is owed one, today's visits
)

// Emails lists what Notify.Email can hold.
func Emails() []string { return []string{EmailSummaries, EmailBrief} }

// Mails says whether the owner gets something by e-mail.
func (b *Business) Mails(what string) bool {
	return b.Profile.Owner.Email != "" && slices.Contains(b.Notify.Email, what)
}

const usualBrief = 7 * time.Hour

// BriefOn is when the brief is written on the day of an instant. On a day on which the clocks skip that time it is written
// an hour beside it, and on one on which it comes twice, at one of the two.
func (b *Business) BriefOn(day time.Time) time.Time {
	at := usualBrief
	if t, err := time.Parse("15:04", b.Notify.BriefAt); err == nil {
		at = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	y, m, d := day.In(b.Location()).Date()
	return time.Date(y, m, d, int(at.Hours()), int(at.Minutes())%60, 0, 0, b.Location())
}
