package month

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/clock"
)

// placed is a call that the server has the carrier place: a person's telephone rings, and, where they call somebody back,
// then the customer's.
type placed struct {
	m        *month
	sid      string
	from, to string
	answer   string // address that says how the call goes on
	status   string // address that hears how it ended
	rings    time.Duration
	detects  bool // who picked up is told along
	at       time.Time
	state    string
	customer *customer // who was rung from this call; nil: nobody yet
	met      meeting
}

// meeting is what a call to a customer came to.
type meeting int

const (
	nobodyRung meeting = iota
	nobodyThere
	theirVoicemail
	talked
	wantsNoCalls
)

// place takes a call that is to be placed.
func (c *carrier) place(r *http.Request, form url.Values) (*http.Response, error) {
	rings, _ := strconv.Atoi(form.Get("Timeout"))
	p := &placed{
		m: c.m, sid: fmt.Sprintf("CAf%031x", len(c.calls)+1), from: form.Get("From"), to: form.Get("To"), answer: form.Get("Url"),
		status: form.Get("StatusCallback"), rings: time.Duration(max(rings, 5)) * time.Second, detects: form.Get("MachineDetection") != "",
		at: c.m.clock.Now(), state: "queued",
	}
	c.calls = append(c.calls, p)
	c.m.after(time.Second, p.ring)
	return reply(r, http.StatusCreated, p.shown())
}

// about answers what is asked about a call, and hangs it up where that is wanted.
func (c *carrier) about(r *http.Request, sid string, form url.Values) (*http.Response, error) {
	i := slices.IndexFunc(c.calls, func(p *placed) bool { return p.sid == sid })
	if i < 0 {
		return reply(r, http.StatusNotFound, map[string]any{"code": 20404, "message": "not found", "status": http.StatusNotFound})
	}
	p := c.calls[i]
	if form.Get("Status") == "completed" && !p.over() {
		c.m.after(0, func() error { return p.end("canceled") })
	}
	return reply(r, http.StatusOK, p.shown())
}

// listCalls lists the calls between two numbers, the newest first.
func (c *carrier) listCalls(r *http.Request) (*http.Response, error) {
	q := r.URL.Query()
	found := []map[string]any{}
	for _, p := range slices.Backward(c.calls) {
		if p.from == q.Get("From") && p.to == q.Get("To") {
			found = append(found, p.shown())
		}
	}
	return reply(r, http.StatusOK, map[string]any{"calls": found, "next_page_uri": ""})
}

func (p *placed) shown() map[string]any {
	return map[string]any{
		"sid": p.sid, "from": p.from, "to": p.to, "status": p.state, "direction": "outbound-api", "duration": nil,
		"date_created": p.m.stamp(p.at), "start_time": nil, "end_time": nil,
	}
}

// stamp is an instant of the month as the carrier writes it, whose clock is the machine's: it is as long ago there as here.
func (m *month) stamp(t time.Time) string {
	return clock.Real().Now().Add(t.Sub(m.clock.Now())).UTC().Format(time.RFC1123Z)
}

func (p *placed) over() bool {
	return !slices.Contains([]string{"queued", "ringing", "in-progress"}, p.state)
}

// form is what every webhook about the call carries.
func (p *placed) form() url.Values {
	return url.Values{
		"CallSid": {p.sid}, "AccountSid": {p.m.line.AccountSID}, "From": {p.from}, "To": {p.to}, "CallStatus": {p.state},
		"Direction": {"outbound-api"},
	}
}

// ring rings the person, who picks up if they asked for the call, and else as they do.
func (p *placed) ring() error {
	if p.over() {
		return nil
	}
	p.state = "ringing"
	by := p.m.person(p.to)
	if !by.expects() && !by.picksUp() {
		return p.wait(p.rings, func() error { return p.end("no-answer") })
	}
	return p.wait(time.Duration(3+p.m.r.IntN(8))*time.Second, func() error {
		p.state = "in-progress"
		form := p.form()
		if p.detects {
			form.Set("AnsweredBy", "human")
		}
		return p.fetch(p.answer, form)
	})
}

// fetch asks how the call goes on, and goes on so.
func (p *placed) fetch(address string, form url.Values) error {
	doc, err := p.m.webhook(address, form)
	if err != nil {
		return err
	}
	verbs, err := parse(doc)
	if err != nil {
		return err
	}
	return p.run(verbs)
}

// run carries out verbs, until one of them takes time.
func (p *placed) run(verbs []verb) error {
	for i := range verbs {
		v, rest := &verbs[i], verbs[i+1:]
		switch v.XMLName.Local {
		case "Say", "Pause":
			seconds, _ := strconv.Atoi(v.attr("length")) // of a pause; none: 0
			return p.wait(duration(v.spoken())+time.Duration(seconds)*time.Second, func() error { return p.run(rest) })
		case "Gather":
			key := p.key()
			if key == "" {
				return p.wait(duration(v.spoken()), func() error { return p.end("completed") }) // they just hang up
			}
			return p.wait(duration(v.spoken())+time.Second, func() error {
				form := p.form()
				form.Set("Digits", key)
				return p.fetch(v.attr("action"), form)
			})
		case "Dial":
			return p.dial(v)
		case "Hangup":
			return p.end("completed")
		default:
			return fmt.Errorf("month: a call that was placed is answered with <%s>, which it can't carry out", v.XMLName.Local)
		}
	}
	return p.end("completed")
}

// key is what the person presses: 1 takes it, and after a call to a customer says that they are booked.
func (p *placed) key() string {
	switch p.met {
	case theirVoicemail:
		return "2"
	case wantsNoCalls:
		p.customer.noCalls = true
		return "4"
	case talked:
		if !p.customer.booked || !p.m.chance(notesOutcome) {
			return ""
		}
	}
	return "1"
}

// dial rings the customer.
func (p *placed) dial(v *verb) error {
	for i := range v.Kids {
		if v.Kids[i].XMLName.Local == "Number" {
			p.customer = p.m.phones[strings.TrimSpace(v.Kids[i].Text)]
		}
	}
	c := p.customer
	if c == nil {
		return fmt.Errorf("month: somebody is rung who never called: %s", v.spoken())
	}
	p.m.rung = append(p.m.rung, rung{c, p.m.clock.Now()})
	then := func(status string, talk time.Duration) func() error {
		return func() error {
			form := p.form()
			form.Set("DialCallStatus", status)
			form.Set("DialCallSid", p.m.newSID())
			form.Set("DialCallDuration", strconv.Itoa(int(talk.Seconds())))
			return p.fetch(v.attr("action"), form)
		}
	}
	met, talk, err := p.m.speaks(c)
	if err != nil {
		return err
	}
	p.met = met
	p.m.person(p.to).busyUntil = p.m.clock.Now().Add(talk)
	if met == nobodyThere {
		return p.wait(talk, then("no-answer", 0))
	}
	return p.wait(talk, then("completed", talk))
}

// wait goes on with the call in a while, unless it is over by then.
func (p *placed) wait(d time.Duration, then func() error) error {
	p.m.after(d, func() error {
		if p.over() {
			return nil
		}
		return then()
	})
	return nil
}

// end reports that the call is over.
func (p *placed) end(state string) error {
	if p.over() {
		return nil
	}
	p.state = state
	if p.status == "" {
		return nil
	}
	_, err := p.m.webhook(p.status, p.form())
	return err
}
