package twilio

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/receptionist"
	"fixly/telephony"
)

// maxRings bounds how many phones are rung in a row for one call, however its addresses were made.
const maxRings = 10

// ringing is a wish for a person: whom to ring now, whom next. It travels in the address of the <Dial>'s action.
type ringing struct {
	series  string // see telephony.Ring
	now     []string
	next    []string
	attempt int  // in the series, from 1
	cold    bool // who picks up has the caller at once; not in the address: decided anew for each, see isCold
}

// begin is a wish for some people, in turn or together as the business rings them.
func begin(b *business.Business, series string, phones []string) ringing {
	r := ringing{series: series, attempt: 1}
	if b.Answering.Ring == business.RingTogether {
		r.now = phones[:min(len(phones), maxRings)]
		return r
	}
	r.now, r.next = phones[:1], phones[1:]
	return r
}

// readRinging reads the wish of an action's address, and says whether somebody is left to be rung; see dialled.believe.
func readRinging(v url.Values) (r ringing, more bool) {
	attempt, _ := strconv.Atoi(v.Get("attempt")) // absent: 0
	r = ringing{series: v.Get("series"), now: v["rang"], next: v["next"], attempt: attempt}
	return r, len(r.next) > 0 && attempt < maxRings && contact.IsE164(r.next[0])
}

// following is the wish for the next person.
func (r ringing) following() ringing {
	return ringing{series: r.series, now: r.next[:1], next: r.next[1:], attempt: r.attempt + 1, cold: r.cold}
}

func (r ringing) query(c *telephony.Call) string {
	v := url.Values{"call": {c.ID}, "rang": r.now, "attempt": {strconv.Itoa(r.attempt)}}
	if len(r.next) > 0 {
		v["next"] = r.next
	}
	if r.series != "" {
		v.Set("series", r.series)
	}
	return v.Encode()
}

// rings is how the phones of a wish are noted.
func (r ringing) rings(c *telephony.Call, now time.Time) []telephony.Ring {
	out := make([]telephony.Ring, 0, len(r.now))
	for _, phone := range r.now {
		out = append(out, telephony.Ring{BusinessID: c.BusinessID, CallID: c.ID, Series: r.series, Phone: phone, At: now, Cold: r.cold})
	}
	return out
}

// isCold says whether the people of a wish are put through without pressing 1: where the business hands over cold, a caller
// whom the receptionist has talked with, and who is in no need: an emergency that a voicemail took would look like one that
// somebody has. Where several phones ring at once, the first voicemail would take the call from the people.
func isCold(ctx context.Context, tx telephony.Tx, b *business.Business, c *telephony.Call, r ringing) (bool, error) {
	if c.ConversationID == "" || b.Answering.HandOver != business.HandOverCold || len(r.now) > 1 {
		return false, nil
	}
	conv, err := tx.Conversation(ctx, c.ConversationID)
	if err != nil {
		return false, err
	}
	known, err := receptionist.KnownOf(conv)
	return err == nil && !known.Urgent(), nil // what can't be read may be an emergency
}

// goesCold is isCold for people who are about to be rung. Who picks up then hears nothing before they are through, and so
// can't agree to be recorded.
func goesCold(ctx context.Context, tx telephony.Tx, b *business.Business, c *telephony.Call, r ringing) (cold bool, err error) {
	if cold, err = isCold(ctx, tx, b, c, r); cold {
		err = tx.StopRecording(ctx, c.BusinessID, c.ID)
	}
	return cold, err
}

// ring rings the people of a wish. They hear what it is about and press 1 to take the call, so that no voicemail and no
// pocket does; but where they are rung cold, who picks up has the call.
//
// https://www.twilio.com/docs/voice/twiml/dial
func (h *Handler) ring(d *twiml, l *line, c *telephony.Call, r ringing) *twiml {
	seconds := 0
	for _, phone := range r.now {
		seconds = max(seconds, l.business.RingFor(phone))
	}
	d.start("Dial").attr("action", h.public.HTTP(dialPath+"?"+r.query(c))).attr("method", "POST")
	d.number("timeout", seconds)
	// The caller hears ringing, not silence, until the person has pressed 1.
	d.attr("answerOnBridge", "true")
	for _, phone := range r.now {
		leg := url.Values{"call": {c.ID}, "line": {l.Number}, "phone": {phone}}
		if r.series != "" {
			leg.Set("series", r.series)
		}
		d.start("Number")
		if !r.cold {
			d.attr("url", h.public.HTTP(acceptPath+"?"+leg.Encode())).attr("method", "POST")
		}
		if l.business.Answering.MachineDetection {
			d.attr("machineDetection", "Enable")
			d.attr("amdStatusCallback", h.public.HTTP(machinePath+"?"+leg.Encode())).attr("amdStatusCallbackMethod", "POST")
		}
		d.text(phone).end("Number")
	}
	return d.end("Dial")
}

// phonesOf lists the numbers of people.
func phonesOf(people []business.Person) []string {
	out := make([]string, 0, len(people))
	for _, p := range people {
		out = append(out, p.Phone)
	}
	return out
}
