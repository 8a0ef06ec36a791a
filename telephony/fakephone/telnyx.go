package fakephone

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/telnyxapi"
	"fixly/telnyxapi/telnyxtest"
)

// speaksTelnyx says whether the phone is Telnyx's.
func (p *Phone) speaksTelnyx() bool { return p.o.Carrier == business.CarrierTelnyx }

// path is one of the server's webhooks for the carrier, by what follows the carrier's name.
func (p *Phone) path(rest string) string { return "/" + p.o.Carrier + rest }

// callID makes an identifier of a call of the carrier's form.
func (p *Phone) callID() string {
	if p.speaksTelnyx() {
		return "v3:" + sid("")
	}
	return sid("CA")
}

// texml is what Telnyx knows of the verbs that Fixly uses.
//
// https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs
var texml = map[string][]string{
	"Say":      {"voice", "language", "loop"},
	"Play":     {"loop", "mediaStorage", "digits"},
	"Pause":    {"length"},
	"Redirect": {"method"},
	"Hangup":   {},
	"Reject":   {"reason"},
	"Record": {
		"action", "method", "finishOnKey", "timeout", "maxLength", "playBeep", "trim", "channels", "recordingStatusCallback",
		"recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "transcription", "transcriptionCallback", "transcriptionEngine",
	},
	"Gather": {
		"action", "timeout", "input", "speechTimeout", "partialResultCallback", "partialResultCallbackMethod", "profanityFilter", "useEnhanced",
		"hints", "transcriptionEngine", "apiKeyRef", "region", "finishOnKey", "numDigits", "language", "validDigits", "invalidDigitsAction",
		"minDigits", "maxDigits",
	},
	"Dial": {
		"action", "method", "callerId", "fromDisplayName", "hangupOnStar", "timeout", "timeLimit", "record", "recordingChannels", "recordMaxLength",
		"recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "sendRecordingUrl", "ringTone", "audioUrl",
		"answerOnBridge", "sequential", "passDiversionHeader",
	},
	"Number": {
		"statusCallback", "statusCallbackEvent", "statusCallbackMethod", "url", "method", "sendDigits", "machineDetection", "detectionMode",
		"machineDetectionTimeout", "machineDetectionPromptEndTimeout", "sipRegion",
	},
	"Connect": {"action"},
	"ConversationRelay": {
		"url", "welcomeGreeting", "voice", "language", "transcriptionProvider", "interruptible", "welcomeGreetingInterruptible", "dtmfDetection",
	},
	"Language":  {"code", "ttsProvider", "voice", "transcriptionProvider", "speechModel"},
	"Parameter": {"name", "value"},
}

// parse reads a document as strictly as the carrier.
func (p *Phone) parse(doc string) ([]*Verb, error) {
	if p.speaksTelnyx() {
		return parse(doc, texml)
	}
	return ParseTwiML(doc)
}

// connection is the TeXML application that the line belongs to.
const connection = "2694492062593582591"

// unsaid are parameters of Twilio's that Telnyx does not have, or is not documented to have.
var unsaid = []string{
	"ApiVersion", "Caller", "Called", "Direction", "DialBridged", "SessionId", "SessionStatus", "SessionDuration", "HandoffData", "Language", "FinishedOnKey",
}

// telnyxForm is a webhook's form as Telnyx sends it.
//
// https://developers.telnyx.com/api-reference/callbacks/texml-call-initiated
func telnyxForm(v url.Values) url.Values {
	out := clone(v)
	for _, k := range unsaid {
		out.Del(k)
	}
	out.Set("AccountSid", "f5586561-8ff0-4291-a51b-c7dfe4139ff9")
	out.Set("CallSidLegacy", v.Get("CallSid"))
	if name := v.Get("CallerName"); name != "" {
		out.Del("CallerName")
		out.Set("CallerId", name)
	}
	if level, ok := strings.CutPrefix(v.Get("StirVerstat"), "TN-Validation-Passed-"); ok {
		out.Del("StirVerstat")
		out.Set("ShakenStirAttestation", level)
		out.Set("ShakenStirValidated", "true")
	}
	if v.Get("CallDuration") != "" {
		out.Set("CallbackSource", "call-progress-events")
		out.Set("ConnectionId", connection)
	}
	return out
}

// signTelnyx signs a webhook as the account does; with another token than the account's, as somebody else.
func (p *Phone) signTelnyx(h http.Header, body []byte, token string) {
	if token != p.o.AuthToken {
		body = append([]byte("not this: "), body...)
	}
	telnyxapi.Sign(telnyxtest.Key(), h, body, time.Now())
}

// event delivers an event about a text.
func (p *Phone) event(address, kind string, payload object) (int, error) {
	_, private, err := p.addresses(address)
	if err != nil {
		return 0, err
	}
	body, err := json.Marshal(object{"data": object{
		"record_type": "event", "id": sid(""), "event_type": kind, "occurred_at": time.Now().UTC().Format(time.RFC3339Nano), "payload": payload,
	}})
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, private, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	p.signTelnyx(req.Header, body, p.o.AuthToken)
	resp, err := p.hc.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// telnyxText is a text to the line, as an event.
func (m *SMS) telnyxText() {
	m.p.t.Helper()
	pictures, kind := []object{}, "SMS"
	for i := 0; m.form.Get("MediaUrl"+strconv.Itoa(i)) != ""; i++ {
		kind = "MMS"
		n := strconv.Itoa(i)
		pictures = append(pictures, object{"url": m.form.Get("MediaUrl" + n), "content_type": m.form.Get("MediaContentType" + n)})
	}
	code, err := m.p.event("/telnyx/sms", "message.received", object{
		"record_type": "message", "direction": "inbound", "id": m.SID, "type": kind, "from": object{"phone_number": m.form.Get("From")},
		"to": []object{{"phone_number": m.form.Get("To"), "status": "delivered"}}, "text": m.form.Get("Body"), "media": pictures,
		"autoresponse_type": m.form.Get("OptOutType"),
	})
	if err != nil || code != http.StatusOK {
		m.p.t.Fatalf("/telnyx/sms is answered %d, %v", code, err)
	}
}

// telnyxReport tells what became of a text.
func (a *api) telnyxReport(x *Text, status string, bounced int) {
	kind, errs := "message.finalized", []object{}
	switch status {
	case "sent":
		kind = "message.sent"
	case "undelivered":
		status, errs = "delivery_failed", append(errs, object{"code": strconv.Itoa(bounced), "title": "as ordered"})
	}
	code, err := a.p.event(x.Callback, kind, object{
		"record_type": "message", "direction": "outbound", "id": x.SID, "from": object{"phone_number": x.From},
		"to": []object{{"phone_number": x.To, "status": status}}, "text": x.Body, "webhook_url": x.Callback, "errors": errs,
	})
	if a.ctx.Err() == nil && a.p.t.Context().Err() == nil && (err != nil || code != http.StatusOK) {
		a.p.t.Logf("event about text %s: %d %v", x.SID, code, err)
	}
}

var (
	placing   = regexp.MustCompile(`^/v2/texml/calls/([^/]+)$`)
	calling   = regexp.MustCompile(`^/v2/calls/([^/]+)$`)
	hangingUp = regexp.MustCompile(`^/v2/calls/([^/]+)/actions/hangup$`)
)

// serveTelnyx stands in for api.telnyx.com. What it is asked for must be as Telnyx describes it.
func (a *api) serveTelnyx(w http.ResponseWriter, r *http.Request) {
	var status int
	var answer object
	form := r.URL.Query()
	if err := telnyxtest.Check(r); err != nil {
		a.p.t.Errorf("Telnyx is asked for what it does not have: %v", err)
		status, answer = telnyxRefusal(http.StatusBadRequest, 10015)
	} else {
		var body object
		if r.Method == http.MethodPost {
			_ = json.NewDecoder(r.Body).Decode(&body) // checked above
			form = url.Values{}
			for k, v := range body {
				form.Set(k, fmt.Sprint(v))
			}
		}
		status, answer = a.answerTelnyx(r, form)
	}
	a.p.mu.Lock()
	a.requests = append(a.requests, Request{r.Method, r.URL.Path, form, status})
	a.p.changed.Broadcast()
	a.p.mu.Unlock()
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // the client went away
}

func (a *api) answerTelnyx(r *http.Request, form url.Values) (int, object) {
	if r.Header.Get("Authorization") != "Bearer "+a.p.o.AuthToken {
		return telnyxRefusal(http.StatusUnauthorized, 10009)
	}
	if r.Method == http.MethodGet {
		if r.URL.Path == "/v2/detail_records" {
			return http.StatusOK, a.records(form)
		}
		if m := calling.FindStringSubmatch(r.URL.Path); m != nil {
			return a.telnyxCall(m[1])
		}
		return telnyxRefusal(http.StatusNotFound, 10005)
	}
	if m := hangingUp.FindStringSubmatch(r.URL.Path); m != nil {
		a.end(m[1])
		return http.StatusOK, object{"data": object{"result": "ok"}}
	}
	t, troubled := a.strike()
	if troubled && !t.accepted {
		if t.status == 0 {
			return 0, nil
		}
		return telnyxRefusal(t.status, t.code)
	}
	status, answer := a.createTelnyx(r, form)
	if troubled && status < 300 {
		return 0, nil
	}
	return status, answer
}

func (a *api) createTelnyx(r *http.Request, form url.Values) (int, object) {
	if placing.MatchString(r.URL.Path) {
		if !strings.HasSuffix(r.URL.Path, "/"+connection) {
			return telnyxRefusal(http.StatusNotFound, 10005)
		}
		if event := form.Get("StatusCallbackEvent"); event != "" {
			form["StatusCallbackEvent"] = strings.Fields(event)
		}
		status, _, answer := a.place(form)
		if status >= 300 {
			return telnyxRefusal(status, 10015)
		}
		return http.StatusOK, object{"call_sid": answer["sid"], "from": form.Get("From"), "to": form.Get("To"), "status": "queued"}
	}
	status, _, answer := a.send(url.Values{
		"From": form["from"], "To": form["to"], "Body": form["text"], "StatusCallback": form["webhook_url"],
	})
	if status >= 300 {
		code, _ := answer["code"].(int)
		return telnyxRefusal(status, map[int]int{21614: 40301, 21610: 40300, 21211: 40310}[code])
	}
	return http.StatusOK, object{"data": object{"record_type": "message", "id": answer["sid"]}}
}

func telnyxRefusal(status, code int) (int, object) {
	title := "as ordered"
	if code == 40300 {
		title = "Blocked due to STOP message"
	}
	return status, object{"errors": []object{{"code": strconv.Itoa(code), "title": title}}}
}

// telnyxCall is how a call stands.
func (a *api) telnyxCall(id string) (int, object) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, c := range a.p.calls {
		if c.SID != id {
			continue
		}
		took := 0
		if c.over && c.status == "completed" {
			took = 42
		}
		return http.StatusOK, object{"data": object{"record_type": "call", "call_control_id": id, "is_alive": !c.over, "call_duration": took}}
	}
	return telnyxRefusal(http.StatusNotFound, 10005)
}

// records shows the texts between two numbers, newest first, on one page.
func (a *api) records(q url.Values) object {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	found := []object{}
	for _, x := range slices.Backward(a.texts) {
		if x.To == q.Get("filter[cld]") && x.From == q.Get("filter[cli]") {
			found = append(found, object{
				"record_type": "message_detail_record", "uuid": x.SID, "cli": x.From, "cld": x.To, "direction": "outbound",
				"created_at": x.At.UTC().Format(time.RFC3339Nano), "delivery_status_webhook_url": x.Callback,
			})
		}
	}
	return object{"data": found, "meta": object{"page_number": 1, "total_pages": 1}}
}
