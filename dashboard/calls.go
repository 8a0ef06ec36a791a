package dashboard

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/model"
	"fixly/scheduling"
	"fixly/telephony"
)

const callsPerPage = 40

type callsView struct {
	Days  []callDay
	Older string // address of the next page, empty on the last
	First bool   // the newest calls: these are kept up to date
}

type callDay struct {
	Name  string
	Calls []callRow
}

type callRow struct {
	ID, Who, Initials, About, Time, Length string
	Outcome                                label
}

type callView struct {
	ID, Who, Phone, Number, When, Summary string
	Outcome                               label
	Turns                                 []turnView
	Facts                                 []fact
	Job                                   *jobView
	Rings                                 []ringView
	Recordings                            []recordingView
}

func (s *server) calls(q *request) error {
	v, err := s.callList(q)
	if err != nil {
		return err
	}
	return q.render(callsPage(s.frame(q, "calls", "Calls"), v))
}

func (s *server) callsPart(q *request) error {
	v, err := s.callList(q)
	if err != nil {
		return err
	}
	return q.render(callsPart(v, s.Phone != nil))
}

func (s *server) callList(q *request) (callsView, error) {
	f := telephony.CallFilter{Limit: callsPerPage + 1}
	v := callsView{First: true}
	if at, id, ok := parsePlace(q.URL.Query().Get("before")); ok {
		f.BeforeStart, f.BeforeID, v.First = at, id, false
	}
	calls, err := s.Reader.ListCalls(q.Context(), q.b.ID, f)
	if err != nil {
		return v, err
	}
	if len(calls) > callsPerPage {
		calls = calls[:callsPerPage]
		last := calls[len(calls)-1]
		v.Older = "/calls?before=" + url.QueryEscape(place(last.StartedAt, last.ID))
	}
	now, people := s.now(q), s.names(q)
	for _, c := range calls {
		name, err := people.caller(&c)
		if err != nil {
			return v, err
		}
		start := c.StartedAt.In(q.b.Location())
		row := callRow{
			ID: c.ID, Who: who(name, c.From), Initials: initials(name), About: about(&c),
			Time: clockTime(start), Outcome: outcomeLabel(&c),
		}
		if !c.EndedAt.IsZero() {
			row.Length = length(c.EndedAt.Sub(c.StartedAt))
		}
		on := day(start, now)
		if n := len(v.Days); n == 0 || v.Days[n-1].Name != on {
			v.Days = append(v.Days, callDay{Name: on})
		}
		d := &v.Days[len(v.Days)-1]
		d.Calls = append(d.Calls, row)
	}
	return v, nil
}

func (s *server) call(q *request) error {
	v, err := s.oneCall(q)
	if err != nil {
		return err
	}
	return q.render(callPage(s.frame(q, "calls", v.Who), v))
}

func (s *server) callPart(q *request) error {
	v, err := s.oneCall(q)
	if err != nil {
		return err
	}
	return q.render(callPart(v))
}

// findCall reads the call of the path, within the business.
func (s *server) findCall(q *request) (*telephony.Call, error) {
	c, err := s.Reader.Call(q.Context(), q.PathValue("id"))
	if errors.Is(err, telephony.ErrNoCall) || err == nil && c.BusinessID != q.b.ID {
		return nil, errNotFound
	}
	return c, err
}

func (s *server) oneCall(q *request) (callView, error) {
	c, err := s.findCall(q)
	if err != nil {
		return callView{}, err
	}
	name, err := s.names(q).caller(c)
	if err != nil {
		return callView{}, err
	}
	now, start := s.now(q), c.StartedAt.In(q.b.Location())
	v := callView{
		ID: c.ID, Who: who(name, c.From), Phone: c.From, Number: contact.National(c.From), Summary: c.Summary,
		When: day(start, now) + " at " + clockTime(start), Outcome: outcomeLabel(c),
	}
	conv, err := s.Reader.ConversationByCall(q.Context(), q.b.ID, c.ID)
	if err != nil {
		return v, err
	}
	jobID := c.JobID
	if conv != nil {
		turns, err := s.Reader.Turns(q.Context(), conv.ID)
		if err != nil {
			return v, err
		}
		v.Turns = turnViews(q.b, turns)
		if c.EndedAt.IsZero() {
			jobID, v.Summary = conv.JobID, conv.Summary
		}
	}
	v.Facts = callFacts(q.b, c, v.Summary)
	if v.Rings, err = s.ringViews(q, c); err != nil {
		return v, err
	}
	if v.Recordings, err = s.recordingViews(q, c); err != nil {
		return v, err
	}
	told, err := s.Reader.CallRecording(q.Context(), q.b.ID, c.ID)
	if err != nil {
		return v, err
	}
	if words := recordingWords(told); words != "" {
		v.Facts = append(v.Facts, fact{"Recording", words})
	}
	uses, err := s.Reader.ModelUses(q.Context(), q.b.ID, c.ID)
	if err != nil {
		return v, err
	}
	if len(uses) > 0 {
		v.Facts = append(v.Facts, fact{"Language model", modelWords(uses)})
	}
	if jobID != "" {
		j, err := s.Reader.Job(q.Context(), q.b.ID, jobID)
		if err != nil && !errors.Is(err, scheduling.ErrNoJob) {
			return v, err
		}
		if j != nil {
			jv := showJob(q.b, j, now)
			v.Job = &jv
		}
	}
	return v, nil
}

func callFacts(b *business.Business, c *telephony.Call, summary string) []fact {
	var out []fact
	add := func(name, value string) {
		if value != "" {
			out = append(out, fact{name, value})
		}
	}
	add("About", summary)
	add("Caller", who("", c.From))
	if c.ForwardedFrom != "" {
		add("Forwarded by", personNamed(b, c.ForwardedFrom))
	}
	if c.CallerName != "" {
		add("Caller ID", c.CallerName)
	}
	switch c.HandledBy {
	case ledger.ByReceptionist:
		add("Taken by", speaker(b, "receptionist"))
	case ledger.ByPerson:
		if c.TakenBy != "" {
			add("Taken by", personNamed(b, c.TakenBy))
		} else {
			add("Taken by", "a person")
		}
	case ledger.ByNobody:
		add("Taken by", "nobody")
	}
	add("Why so", routeWords(c.Route))
	if !c.AnsweredAt.IsZero() {
		add("Answered", "after "+answerDelay(c.AnsweredAt.Sub(c.StartedAt)))
	}
	if !c.EndedAt.IsZero() {
		add("Length", length(c.EndedAt.Sub(c.StartedAt)))
	}
	return out
}

// modelWords tells what a language model was asked in a call: "asked 3 times, $0.0012; 1 was not answered in time".
func modelWords(uses []model.Use) string {
	cost, late, failed := model.Micros(0), 0, 0
	for _, u := range uses {
		cost += u.Cost
		switch u.Failure {
		case "":
		case model.Late:
			late++
		default:
			failed++
		}
	}
	times := "times"
	if len(uses) == 1 {
		times = "time"
	}
	s := fmt.Sprintf("asked %d %s, %s", len(uses), times, cost)
	if late > 0 {
		s += fmt.Sprintf("; %d not answered in time", late)
	}
	if failed > 0 {
		s += fmt.Sprintf("; %d failed", failed)
	}
	return s
}

// about is what a call was about, in a line.
func about(c *telephony.Call) string {
	switch {
	case c.Summary != "":
		return c.Summary
	case c.EndedAt.IsZero():
		return "Just picked up"
	case c.Outcome == ledger.Missed:
		return "Nobody and nothing answered."
	case c.Outcome == ledger.Abandoned:
		return "Left before saying what it was about."
	}
	return ""
}

// answerDelay writes how long it rang.
func answerDelay(d time.Duration) string {
	if d < time.Second {
		return "less than a second"
	}
	return length(d)
}

// place writes where a page of a list ended, for an address.
func place(at time.Time, id string) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", at.UnixMilli(), id))
}

func parsePlace(s string) (at time.Time, id string, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return at, "", false
	}
	ms, id, found := strings.Cut(string(b), " ")
	n, err := strconv.ParseInt(ms, 10, 64)
	if !found || err != nil || !isID(id) {
		return at, "", false
	}
	return time.UnixMilli(n), id, true
}
