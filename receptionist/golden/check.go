package golden

import (
	"fmt"
	"regexp"
	"strings"

	"fixly/consent"
	"fixly/receptionist"
	"fixly/scheduling"
)

// Difference is something that came out otherwise than expected.
type Difference struct {
	Turn int    // in which turn, from 1; 0: in the end
	What string // "reason", "asked", "says", "never", "transfer", "speech", "warned", "job", "service", "outcome", ...
	Want string
	Got  string
}

// String tells it in a line.
func (d Difference) String() string {
	where := "in the end"
	if d.Turn > 0 {
		where = fmt.Sprintf("turn %d", d.Turn)
	}
	return fmt.Sprintf("%s: %s: %s, expected %s", where, d.What, d.Got, d.Want)
}

func (s *session) differ(what, want, got string) {
	s.result.Differences = append(s.result.Differences, Difference{s.turn, what, want, got})
}

// checkReply compares a reply with what its turn expects.
func (s *session) checkReply(t *Turn, reply receptionist.Reply) {
	text := reply.Text()
	if t.Reason != "" && reply.Reason != t.Reason {
		s.differ("reason", t.Reason, reply.Reason)
	}
	if t.Asked != "" && reply.Asked != t.Asked {
		s.differ("asked", t.Asked, or(reply.Asked, "nothing"))
	}
	if t.says != nil && !t.says.MatchString(text) {
		s.differ("says", "/"+t.Says+"/", quote(text))
	}
	if t.never != nil && t.never.MatchString(text) {
		s.differ("never", "no /"+t.Never+"/", quote(text))
	}
	if t.Transfer != (reply.Transfer != nil) {
		s.differ("transfer", yesNo(t.Transfer), yesNo(reply.Transfer != nil))
	}
}

// Limits of one reply by ear, in words; a number read in digits is one word.
const (
	mostWords      = 38 // an answer and a question; each keeps its own limit in the catalogue
	mostWordsOf911 = 45 // the fixed words about danger
)

// digitGroups are read digit by digit and are no words.
var digitGroups = regexp.MustCompile(`(\d ?)+,?`)

// checkSpeech holds a reply to the rules of speaking.
func (s *session) checkSpeech(text string) {
	most := mostWords
	if strings.Contains(text, "911") {
		most = mostWordsOf911
	}
	if n := len(strings.Fields(digitGroups.ReplaceAllString(text, "number "))); n > most && !s.byText() {
		s.differ("speech", fmt.Sprintf("at most %d words", most), fmt.Sprintf("%d: %s", n, quote(text)))
	}
	if n := strings.Count(text, "?"); n > 1 {
		s.differ("speech", "one question", fmt.Sprintf("%d: %s", n, quote(text)))
	}
	if text != "" && text == s.last {
		s.differ("speech", "no reply said again word for word", quote(text))
	}
}

// checkOutcome compares what came of the conversation.
func (s *session) checkOutcome() {
	x := &s.c.Expect
	before := len(s.c.Jobs)
	jobs := s.mem.Jobs()
	s.checkJob(x.Job, jobs[before:])
	if x.Moved != "" {
		if at := s.local(&jobs[0]); at != x.Moved {
			s.differ("moved", x.Moved, at)
		}
	}
	if x.Cancelled && jobs[0].Live() {
		s.differ("cancelled", "the job is off", "it is on")
	}
	all := s.mem.Conversations()
	if len(all) == 0 {
		s.differ("conversation", "one", "none: what was written wanted no answer")
		return
	}
	last := all[len(all)-1]
	if string(last.Outcome) != x.Outcome {
		s.differ("outcome", or(x.Outcome, "none"), or(string(last.Outcome), "none"))
	}
	if ended := !last.EndedAt.IsZero(); ended != x.Ended {
		s.differ("ended", yesNo(x.Ended), yesNo(ended))
	}
	if n := len(s.mem.Alerts()); n != x.Alerts {
		s.differ("alerts", fmt.Sprint(x.Alerts), fmt.Sprint(n))
	}
	stands := ""
	if notes := s.mem.RecordingNotes(); len(notes) > 0 {
		stands = string(notes[len(notes)-1].State)
	}
	if stands != x.Recording {
		s.differ("recording", or(x.Recording, "nothing"), or(stands, "nothing"))
	}
	var withdrawn []string
	for _, e := range s.mem.Consents() {
		if e.Act == consent.Withdrawn && e.Address == s.c.From {
			withdrawn = append(withdrawn, string(e.Channel))
		}
	}
	if got := strings.Join(withdrawn, " "); got != x.Withdrawn {
		s.differ("withdrawn", or(x.Withdrawn, "nothing"), or(got, "nothing"))
	}
	if n := len(s.mem.Codes()); n != x.Codes {
		s.differ("codes", fmt.Sprint(x.Codes), fmt.Sprint(n))
	}
	told := ""
	for _, a := range s.mem.Told() {
		told += a.What + ": " + a.Text + "\n"
	}
	if x.told == nil && told != "" || x.told != nil && !x.told.MatchString(told) {
		s.differ("told", or(x.Told, "nothing"), or(told, "nothing"))
	}
	if x.summary != nil && !x.summary.MatchString(last.Summary) {
		s.differ("summary", "/"+x.Summary+"/", quote(last.Summary))
	}
}

// checkJob compares the jobs that were booked in the conversation with the one that must have been.
func (s *session) checkJob(want *ExpectedJob, fresh []scheduling.Job) {
	if want == nil {
		if len(fresh) > 0 {
			s.differ("job", "none", fresh[0].Service+" "+s.local(&fresh[0]))
		}
		return
	}
	if len(fresh) != 1 {
		s.differ("job", "one", fmt.Sprint(len(fresh)))
		return
	}
	j := &fresh[0]
	for _, f := range []struct{ what, want, got string }{
		{"service", want.Service, j.Service},
		{"time", want.StartsAt, s.local(j)},
		{"name", want.Name, j.Customer.Name},
		{"phone", want.Phone, j.Customer.Phone},
		{"address", want.Line1, j.Address.Line1},
		{"zip", want.ZIP, j.Address.ZIP},
		{"urgency", want.Urgency, string(j.Urgency)},
		{"status", want.Status, string(j.Status)},
	} {
		if f.want != "" && f.want != f.got {
			s.differ(f.what, f.want, or(f.got, "nothing"))
		}
	}
	if want.problem != nil && !want.problem.MatchString(j.Problem) {
		s.differ("problem", "/"+want.Problem+"/", quote(j.Problem))
	}
	n := 0
	for _, c := range s.mem.Changes() {
		if c.Job.ID == j.ID {
			n++
		}
	}
	if n != 1 {
		s.differ("texts", "owed once", fmt.Sprint(n))
	}
}

// local is when a job begins, in the shop's zone.
func (s *session) local(j *scheduling.Job) string {
	return j.Slot.Start.In(s.business.Location()).Format("2006-01-02 15:04")
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
