package fakephone

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Text is a text that the server under test sent.
type Text struct {
	SID, From, To, Body string
	Callback            string    // where its delivery is reported
	Status              string    // "queued", then "sent", "delivered" or "undelivered"
	At                  time.Time // when it was accepted, on the machine's clock
	Leaves              time.Time // when its turn in the queue of the line comes; At without one
	created             string
}

// Texts are the texts accepted for a number so far, in order; all of them for no number.
func (p *Phone) Texts(to string) []Text {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.textsTo(to)
}

func (p *Phone) textsTo(to string) []Text {
	var out []Text
	for _, x := range p.api.texts {
		if to == "" || x.To == to {
			out = append(out, *x)
		}
	}
	return out
}

// Texted waits until a number has been sent a text that contains these words (case does not matter).
func (p *Phone) Texted(to, words string) Text {
	p.t.Helper()
	var found Text
	ok := p.wait(func() bool {
		for _, x := range p.textsTo(to) {
			if strings.Contains(strings.ToLower(x.Body), strings.ToLower(words)) {
				found = x
				return true
			}
		}
		return false
	})
	if !ok {
		p.t.Fatalf("%s gets no text with %q, only %q", to, words, bodies(p.Texts(to)))
	}
	return found
}

func bodies(texts []Text) []string {
	var out []string
	for _, x := range texts {
		out = append(out, x.Body)
	}
	return out
}

// SMS is a text to the line.
type SMS struct {
	SID  string
	p    *Phone
	form url.Values
	seen int // texts to its sender before it
}

// Text texts the line. More form parameters ("OptOutType", "NumMedia", "MediaUrl0") may be given in pairs.
func (p *Phone) Text(from, body string, more ...string) *SMS {
	p.t.Helper()
	id := sid("SM")
	m := &SMS{SID: id, p: p, seen: len(p.Texts(from)), form: url.Values{
		"MessageSid": {id}, "SmsSid": {id}, "SmsMessageSid": {id}, "AccountSid": {p.o.AccountSID}, "From": {from}, "To": {p.o.Line},
		"Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"}, "SmsStatus": {"received"}, "ApiVersion": {"2010-04-01"},
	}}
	for i := 0; i+1 < len(more); i += 2 {
		m.form.Set(more[i], more[i+1])
	}
	m.Again()
	return m
}

// Again delivers the text once more, as Twilio does when an answer got lost on the way.
func (m *SMS) Again() {
	m.p.t.Helper()
	if m.p.speaksTelnyx() {
		m.telnyxText()
		return
	}
	status, body, err := m.p.Webhook("/twilio/sms", m.form)
	if err != nil {
		m.p.t.Fatal(err)
	}
	if status != http.StatusOK {
		m.p.t.Fatalf("/twilio/sms is answered %d %q", status, body)
	}
	if strings.TrimSpace(body) == "" {
		return
	}
	if verbs, err := ParseTwiML(body); err != nil || len(verbs) > 0 {
		m.p.t.Fatalf("/twilio/sms is answered %q (%v); replies go out through the API", body, err)
	}
}

// Receives waits until the sender has been sent a text with these words after this one.
func (m *SMS) Receives(words string) string {
	m.p.t.Helper()
	from, found := m.form.Get("From"), ""
	ok := m.p.wait(func() bool {
		for _, x := range m.p.textsTo(from)[m.seen:] {
			if strings.Contains(strings.ToLower(x.Body), strings.ToLower(words)) {
				found = x.Body
				return true
			}
		}
		return false
	})
	if !ok {
		m.p.t.Fatalf("%s gets no text with %q in answer to %q, only %q", from, words, m.form.Get("Body"), bodies(m.p.Texts(from)))
	}
	return found
}

// send accepts or refuses a text.
func (a *api) send(form url.Values) (int, http.Header, object) {
	to := form.Get("To")
	a.p.mu.Lock()
	code := a.refused[to]
	a.p.mu.Unlock()
	switch {
	case code != 0:
		return refusal(http.StatusBadRequest, code, "refused, as ordered")
	case !e164.MatchString(to):
		return refusal(http.StatusBadRequest, 21211, "The 'To' number "+to+" is not a valid phone number.")
	case form.Get("From") == "":
		return refusal(http.StatusBadRequest, 21603, "A 'From' phone number is required.")
	case form.Get("From") != a.p.o.Line:
		return refusal(http.StatusBadRequest, 21659, "'From' is not a Twilio phone number of this account.")
	case form.Get("From") == to:
		return refusal(http.StatusBadRequest, 21266, "'To' and 'From' number cannot be the same.")
	case form.Get("Body") == "" && form.Get("MediaUrl") == "":
		return refusal(http.StatusBadRequest, 21602, "Message body is required.")
	case utf8.RuneCountInString(form.Get("Body")) > 1600:
		return refusal(http.StatusBadRequest, 21617, "The message body exceeds the 1600 character limit.")
	}
	x := &Text{
		SID: sid("SM"), From: form.Get("From"), To: to, Body: form.Get("Body"), Callback: form.Get("StatusCallback"),
		Status: "queued", At: time.Now(), created: a.now(),
	}
	a.p.mu.Lock()
	x.Leaves = x.At
	if next := a.leaves.Add(a.every); next.After(x.At) {
		x.Leaves = next
	}
	a.leaves = x.Leaves
	a.texts = append(a.texts, x)
	bounced := a.bounced[to]
	shown := x.show()
	a.p.changed.Broadcast()
	a.p.mu.Unlock()
	a.delivering.Go(func() { a.deliver(x, bounced) })
	return http.StatusCreated, nil, shown
}

// deliver carries a text to the phone and reports how it went.
func (a *api) deliver(x *Text, bounced int) {
	last := "delivered"
	if bounced != 0 {
		last = "undelivered"
	}
	if wait := time.Until(x.Leaves); wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-a.ctx.Done():
			return
		}
	}
	for _, status := range []string{"sent", last} {
		a.p.mu.Lock()
		x.Status = status
		silent := a.silent
		a.p.changed.Broadcast()
		a.p.mu.Unlock()
		if x.Callback == "" || silent || a.ctx.Err() != nil {
			continue
		}
		if a.p.speaksTelnyx() {
			a.telnyxReport(x, status, bounced)
			continue
		}
		form := url.Values{
			"MessageSid": {x.SID}, "SmsSid": {x.SID}, "MessageStatus": {status}, "SmsStatus": {status}, "From": {x.From}, "To": {x.To},
			"AccountSid": {a.p.o.AccountSID}, "ApiVersion": {"2010-04-01"},
		}
		if status == "undelivered" {
			form.Set("ErrorCode", strconv.Itoa(bounced))
		}
		code, body, err := a.p.Webhook(x.Callback, form)
		if a.ctx.Err() != nil || a.p.t.Context().Err() != nil {
			return // the test is over
		}
		if err != nil || code != http.StatusNoContent {
			a.p.t.Logf("status callback for text %s: %d %q %v", x.SID, code, body, err)
		}
	}
}

// show is a text as the API shows it. It is called with the lock.
func (x *Text) show() object {
	return object{
		"sid": x.SID, "from": x.From, "to": x.To, "body": x.Body, "status": x.Status, "direction": "outbound-api", "date_created": x.created,
		"date_sent": nil, "error_code": nil, "error_message": nil, "num_segments": "1", "num_media": "0", "api_version": "2010-04-01",
	}
}

// list shows the texts between two numbers, newest first, on one page.
func (a *api) list(query url.Values) object {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	found := []object{}
	for _, x := range slices.Backward(a.texts) {
		if to := query.Get("To"); to != "" && to != x.To {
			continue
		}
		if from := query.Get("From"); from != "" && from != x.From {
			continue
		}
		found = append(found, x.show())
	}
	return object{"messages": found, "page": 0, "page_size": len(found), "next_page_uri": nil}
}

func (a *api) fetch(id string) (int, http.Header, object) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, x := range a.texts {
		if x.SID == id {
			return http.StatusOK, nil, x.show()
		}
	}
	return refusal(http.StatusNotFound, 20404, "The requested resource was not found")
}
