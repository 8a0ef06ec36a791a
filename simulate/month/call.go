package month

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// call is a call of a customer's to the line, played as the carrier plays it: a document of TwiML is carried out, verb by
// verb, and each answer brings the next one.
type call struct {
	m     *month
	c     *customer
	sid   string
	began time.Time
	heard string        // since the caller spoke last
	rung  time.Duration // for which they have listened to ringing
	over  bool          // they hang up once what they said was answered
	ended bool
	turns int
}

const (
	// secondsAWord is how long a word takes to say.
	secondsAWord = 350 * time.Millisecond
	// mostTurns bounds a call.
	mostTurns = 60
)

// calls lets a customer call the line.
func (m *month) calls(c *customer) error {
	m.sids++
	k := &call{m: m, c: c, sid: fmt.Sprintf("CA%032x", m.sids), began: m.clock.Now()}
	c.calls++
	return k.fetch("/twilio/voice", url.Values{"CallStatus": {"ringing"}, "Direction": {"inbound"}})
}

// fetch asks how the call goes on, and goes on so.
func (k *call) fetch(address string, more url.Values) error {
	if k.ended {
		return nil
	}
	form := url.Values{"CallSid": {k.sid}, "AccountSid": {k.m.line.AccountSID}, "From": {k.c.shown()}, "To": {k.m.line.Number}, "CallStatus": {"in-progress"}}
	for name, values := range more {
		form[name] = values
	}
	doc, err := k.m.webhook(address, form)
	if err != nil {
		return err
	}
	verbs, err := parse(doc)
	if err != nil {
		return err
	}
	return k.run(verbs)
}

// run carries out verbs, until one of them takes time.
func (k *call) run(verbs []verb) error {
	for i := range verbs {
		v, rest := &verbs[i], verbs[i+1:]
		switch v.XMLName.Local {
		case "Say", "Play", "Pause":
			k.heard = strings.TrimSpace(k.heard + " " + v.spoken())
			seconds, _ := strconv.Atoi(v.attr("length")) // of a pause; none: 0
			return k.wait(duration(v.spoken())+time.Duration(seconds)*time.Second, func() error { return k.run(rest) })
		case "Gather":
			k.heard = strings.TrimSpace(k.heard + " " + v.spoken())
			return k.wait(duration(v.spoken()), func() error { return k.answer(v) })
		case "Dial":
			return k.dial(v)
		case "Redirect":
			return k.fetch(strings.TrimSpace(v.Text), nil)
		case "Hangup", "Reject":
			return k.end()
		case "Record": // nobody leaves a message on a machine; they try the next shop
			return k.wait(3*time.Second, k.end)
		default:
			return fmt.Errorf("month: a call is answered with <%s>, which it can't carry out", v.XMLName.Local)
		}
	}
	return k.end()
}

func duration(words string) time.Duration {
	return time.Duration(len(strings.Fields(words))) * secondsAWord
}

// wait goes on with the call in a while, unless it has ended by then.
func (k *call) wait(d time.Duration, then func() error) error {
	k.m.after(d, func() error {
		if k.ended {
			return nil
		}
		return then()
	})
	return nil
}

// answer has the caller speak to what they heard.
func (k *call) answer(v *verb) error {
	k.turns++
	if k.turns == 1 && !k.m.chance(staysOnLine) || k.over || k.turns > mostTurns {
		return k.end() // it is a machine, or all is said
	}
	k.c.spoke = true
	said := k.c.who.Answer(k.heard, false, k.m.clock.Now())
	k.heard = ""
	if said.HangUp && said.Words == "" && said.Keys == "" {
		return k.end()
	}
	k.over = said.HangUp
	form, took := url.Values{"Language": {v.attr("language")}}, 5*time.Second
	switch {
	case said.Keys != "":
		form.Set("Digits", said.Keys)
	case said.Words != "":
		form.Set("SpeechResult", said.Words)
		form.Set("Confidence", "0.9")
		took = time.Second + duration(said.Words)
	}
	return k.wait(took, func() error { return k.fetch(v.attr("action"), form) })
}

// dial rings people: all that are named at once. The first to pick up and to press 1 has the call.
func (k *call) dial(v *verb) error {
	seconds, _ := strconv.Atoi(v.attr("timeout"))
	rings := time.Duration(cmp.Or(seconds, 30)) * time.Second
	patience := time.Duration(min(k.m.assumed(ringPatience), longRing-5) * float64(time.Second))
	k.c.spoke = true
	for i := range v.Kids {
		number := &v.Kids[i]
		if number.XMLName.Local != "Number" {
			continue
		}
		p := k.m.person(strings.TrimSpace(number.Text))
		if !k.m.policy.Rings || !p.picksUp() {
			continue
		}
		after := time.Duration(4+k.m.r.IntN(max(int(rings/time.Second)-4, 1))) * time.Second
		if k.rung+after > patience {
			break
		}
		return k.wait(after, func() error { return k.pickedUp(v, number, p) })
	}
	if k.rung+rings > patience {
		return k.wait(max(patience-k.rung, time.Second), k.end)
	}
	k.rung += rings
	return k.wait(rings, func() error {
		return k.fetch(v.attr("action"), url.Values{"DialCallStatus": {"no-answer"}, "DialCallSid": {k.m.newSID()}})
	})
}

// pickedUp is a person at the telephone, who is told whose call it is and takes it.
func (k *call) pickedUp(dial, number *verb, p *person) error {
	leg := url.Values{
		"CallSid": {k.m.newSID()}, "ParentCallSid": {k.sid}, "AccountSid": {k.m.line.AccountSID}, "From": {k.c.shown()}, "To": {p.phone},
		"CallStatus": {"in-progress"}, "Direction": {"outbound-dial"},
	}
	for address, pressed := number.attr("url"), false; address != "" && !pressed; {
		doc, err := k.m.webhook(address, leg)
		if err != nil {
			return err
		}
		verbs, err := parse(doc)
		if err != nil {
			return err
		}
		address = ""
		for i := range verbs {
			if verbs[i].XMLName.Local == "Gather" {
				leg.Set("Digits", "1")
				if _, err := k.m.webhook(verbs[i].attr("action"), leg); err != nil {
					return err
				}
				pressed = true
			}
		}
	}
	talk := k.m.minutes(personMinutes)
	p.busyUntil = k.m.clock.Now().Add(talk)
	k.m.spent(talk)
	if err := k.m.takesIt(k.c); err != nil {
		return err
	}
	return k.wait(talk, func() error {
		return k.fetch(dial.attr("action"), url.Values{
			"DialCallStatus": {"completed"}, "DialCallSid": leg["CallSid"], "DialBridged": {"true"}, "DialCallDuration": {strconv.Itoa(int(talk.Seconds()))},
		})
	})
}

// end is the caller, or the line, hanging up.
func (k *call) end() error {
	if k.ended {
		return nil
	}
	k.ended = true
	if _, err := k.m.webhook("/twilio/status", url.Values{
		"CallSid": {k.sid}, "AccountSid": {k.m.line.AccountSID}, "From": {k.c.shown()}, "To": {k.m.line.Number}, "CallStatus": {"completed"},
		"Direction": {"inbound"}, "CallDuration": {strconv.Itoa(int(k.m.clock.Now().Sub(k.began).Seconds()))},
	}); err != nil {
		return err
	}
	return k.m.hungUp(k.c)
}

// shown is the number that the line is told a customer calls from.
func (c *customer) shown() string { return cmp.Or(c.who.Phone(), "anonymous") }
