package dashboard

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/ledger"
	"fixly/scheduling"
	"fixly/telephony"
)

type todayView struct {
	Notifies          bool // there is a page on which devices ask for notifications
	Hello, Date, Open string
	Figures           []figure
	Live              []liveCall
	Needs             []need
	Next              []jobView
}

type figure struct{ Name, Value, Of string }

type liveCall struct {
	ID, Who, Initials, Since, About string
	Said, SaidBy                    string // the last thing said
}

// need is someone whom only a person can help now.
type need struct {
	Who, Initials, Phone, Reason, At, CallID string
	Label                                    label
	CanClose                                 bool
}

// How much the first page shows.
const (
	maxToday = 500 // calls of one day that are counted
	maxNext  = 6
	maxLive  = 20
	maxNeeds = 8
)

func (s *server) today(q *request) error {
	now := s.now(q)
	v := todayView{
		Hello: hello(q.b, now),
		Date:  now.Format("Monday, January 2"),
		Open:  openWords(q.b, now),

		Notifies: s.PushKey != "",
	}
	var err error
	if v.Figures, err = s.figures(q); err != nil {
		return err
	}
	if v.Live, err = s.live(q); err != nil {
		return err
	}
	if v.Needs, err = s.needs(q); err != nil {
		return err
	}
	if v.Next, err = s.next(q); err != nil {
		return err
	}
	return q.render(todayPage(s.frame(q, "today", "Today"), v))
}

func (s *server) figuresPart(q *request) error {
	v, err := s.figures(q)
	if err != nil {
		return err
	}
	return q.render(figuresPart(v))
}

func (s *server) livePart(q *request) error {
	v, err := s.live(q)
	if err != nil {
		return err
	}
	return q.render(livePart(v))
}

func (s *server) needsPart(q *request) error {
	v, err := s.needs(q)
	if err != nil {
		return err
	}
	return q.render(needsPart(v))
}

func (s *server) nextPart(q *request) error {
	v, err := s.next(q)
	if err != nil {
		return err
	}
	return q.render(nextPart(v))
}

// now is the time in the shop's zone.
func (s *server) now(q *request) time.Time { return s.Clock.Now().In(q.b.Location()) }

func hello(b *business.Business, now time.Time) string {
	part := "Good evening"
	switch h := now.Hour(); {
	case h >= 4 && h < 12:
		part = "Good morning"
	case h >= 12 && h < 17:
		part = "Good afternoon"
	}
	if first, _, _ := strings.Cut(b.Profile.Owner.Name, " "); first != "" {
		return part + ", " + first
	}
	return part
}

// openWords says whether the shop is open and until or from when.
func openWords(b *business.Business, now time.Time) string {
	for _, s := range b.OpenOn(now) {
		if !now.Before(s.From) && now.Before(s.To) {
			return "open until " + clockTime(s.To)
		}
		if now.Before(s.From) {
			return "opens at " + clockTime(s.From)
		}
	}
	for i := 1; i <= 14; i++ {
		if spans := b.OpenOn(midnight(now).AddDate(0, 0, i)); len(spans) > 0 {
			return "closed, opens " + strings.ToLower(day(spans[0].From, now)[:1]) + day(spans[0].From, now)[1:] + " at " + clockTime(spans[0].From)
		}
	}
	return "closed"
}

func (s *server) figures(q *request) ([]figure, error) {
	now := s.now(q)
	calls, err := s.Reader.ListCalls(q.Context(), q.b.ID, telephony.CallFilter{From: midnight(now), Limit: maxToday})
	if err != nil {
		return nil, err
	}
	owed, err := s.Reader.Callbacks(q.Context(), q.b.ID)
	if err != nil {
		return nil, err
	}
	visits, err := s.Reader.ListJobs(q.Context(), q.b.ID, scheduling.JobFilter{
		Status: scheduling.StatusBooked, From: midnight(now), To: midnight(now).AddDate(0, 0, 1),
	})
	if err != nil {
		return nil, err
	}
	var answered, booked int
	for _, c := range calls {
		if !c.AnsweredAt.IsZero() {
			answered++
		}
		if c.Outcome == ledger.Booked {
			booked++
		}
	}
	of := func(n int, what string) string { return "of " + strconv.Itoa(n) + " " + what }
	return []figure{
		{"Calls answered today", strconv.Itoa(answered), of(len(calls), "calls")},
		{"Booked today", strconv.Itoa(booked), ""},
		{"Visits today", strconv.Itoa(len(visits)), ""},
		{"Calls you owe", strconv.Itoa(len(owed)), ""},
	}, nil
}

func (s *server) live(q *request) ([]liveCall, error) {
	calls, err := s.Reader.ListCalls(q.Context(), q.b.ID, telephony.CallFilter{Live: true, Limit: maxLive})
	if err != nil {
		return nil, err
	}
	out := make([]liveCall, 0, len(calls))
	people := s.names(q)
	for _, c := range calls {
		name, err := people.caller(&c)
		if err != nil {
			return nil, err
		}
		l := liveCall{ID: c.ID, Who: who(name, c.From), Initials: initials(name), Since: clockTime(c.StartedAt.In(q.b.Location())), About: c.Summary}
		conv, err := s.Reader.ConversationByCall(q.Context(), q.b.ID, c.ID)
		if err != nil {
			return nil, err
		}
		if conv != nil {
			if conv.Summary != "" {
				l.About = conv.Summary
			}
			turns, err := s.Reader.Turns(q.Context(), conv.ID)
			if err != nil {
				return nil, err
			}
			if n := len(turns); n > 0 {
				l.Said, l.SaidBy = turns[n-1].Text, speaker(q.b, turns[n-1].Who)
			}
		}
		if l.About == "" {
			l.About = "Just picked up"
		}
		out = append(out, l)
	}
	return out, nil
}

// needs lists who waits for a person: calls owed, messages among them, and messages of callers who withheld their
// number, whom nobody can call back, for a day.
func (s *server) needs(q *request) ([]need, error) {
	now := s.now(q)
	owed, err := s.Reader.Callbacks(q.Context(), q.b.ID)
	if err != nil {
		return nil, err
	}
	messages, err := s.Reader.ListCalls(q.Context(), q.b.ID, telephony.CallFilter{
		Outcome: ledger.Message, From: now.Add(-24 * time.Hour), Limit: 20,
	})
	if err != nil {
		return nil, err
	}
	people := s.names(q)
	isMessage := map[string]bool{} // by call
	for _, c := range messages {
		isMessage[c.ID] = true
	}
	var out []need
	queue := callbacks.Queue(q.b, owed, now)
	for _, c := range queue[:min(len(queue), maxNeeds)] {
		name := c.Name
		if name == "" {
			if name, err = people.of(c.Phone); err != nil {
				return nil, err
			}
		}
		n := need{
			Who: who(name, c.Phone), Initials: initials(name), Phone: c.Phone, CallID: c.CallID, CanClose: c.Phone != "",
			Reason: cmp.Or(c.Reason, "Left before saying what it was about."), At: ago(c.MissedAt.In(q.b.Location()), now),
			Label: owedLabel(now.Sub(c.MissedAt)),
		}
		if isMessage[c.CallID] || c.Cause == callbacks.MessageLeft {
			n.Label = label{"Message", "info"}
		}
		out = append(out, n)
	}
	for _, c := range messages {
		if c.From != "" { // owed, above, or called back since
			continue
		}
		name, err := people.caller(&c)
		if err != nil {
			return nil, err
		}
		out = append(out, need{
			Who: who(name, c.From), Initials: initials(name), Phone: c.From, CallID: c.ID,
			Reason: c.Summary, At: ago(c.StartedAt.In(q.b.Location()), now), Label: label{"Message", "info"},
		})
	}
	return out, nil
}

// owedLabel says how long someone has waited.
func owedLabel(waited time.Duration) label {
	switch {
	case waited < 10*time.Minute:
		return label{"Call back now", "bad"}
	case waited < time.Hour:
		return label{"Waiting " + strconv.Itoa(int(waited.Minutes())) + " min", "warn"}
	}
	return label{"Call back", "warn"}
}

func (s *server) next(q *request) ([]jobView, error) {
	now := s.now(q)
	var jobs []scheduling.Job
	for _, status := range []scheduling.Status{scheduling.StatusBooked, scheduling.StatusTentative} {
		found, err := s.Reader.ListJobs(q.Context(), q.b.ID, scheduling.JobFilter{
			Status: status, From: midnight(now).AddDate(0, 0, -scheduling.LongestWork), // work of several days may still go on
		})
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, found...)
	}
	visits := visitsIn(jobs, scheduling.Interval{From: now.Add(-q.b.Scheduling.ArrivalWindow.Std())})
	var out []jobView
	for _, x := range visits[:min(len(visits), maxNext)] {
		out = append(out, showVisit(q.b, x.job, x.i, now))
	}
	return out, nil
}

// speaker names who said something.
func speaker(b *business.Business, who string) string {
	switch who {
	case "caller":
		return "Caller"
	case "receptionist":
		return cmp.Or(b.Profile.Assistant.Name, "Receptionist")
	case "person":
		return "Person"
	}
	return ""
}
