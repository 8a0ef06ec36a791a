package twilio

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

// pressesOne posts what Twilio posts when a person who was rung for the only call presses 1.
func (r *rig) pressesOne(t *testing.T, person string) {
	t.Helper()
	form := r.leg(person)
	form.Set("Digits", "1")
	status, body, err := r.phone.Webhook(acceptPath+"?"+url.Values{"call": {"call1"}, "line": {"+13125550100"}}.Encode(), form)
	if err != nil || status != http.StatusOK || !strings.HasSuffix(body, "<Response></Response>") {
		t.Fatalf("%d %s, %v", status, body, err)
	}
}

// leg is the form of a leg to a person.
func (r *rig) leg(person string) url.Values {
	form := r.phone.Form(sink, "in-progress")
	form.Set("CallSid", "CA000000000000000000000000000000ff")
	form.Set("ParentCallSid", "CA00000000000000000000000000000001")
	r.memory.mu.Lock()
	if len(r.calls) > 0 {
		form.Set("ParentCallSid", r.calls[0].CarrierID)
	}
	r.memory.mu.Unlock()
	form.Set("To", person)
	form.Set("Direction", "outbound-dial")
	return form
}

func (r *rig) onlyCall(t *testing.T) telephony.Call {
	t.Helper()
	r.memory.mu.Lock()
	defer r.memory.mu.Unlock()
	if len(r.calls) != 1 {
		t.Fatalf("%d calls are stored, want one", len(r.calls))
	}
	return r.calls[0]
}

func TestWhoTakesACallIsNotedAtOnce(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	r.clock.Advance(10 * time.Second)
	r.pressesOne(t, owner)
	picked := r.onlyCall(t)
	if picked.HandledBy != ledger.ByPerson || !picked.AnsweredAt.Equal(monday.Add(10*time.Second)) || !picked.EndedAt.IsZero() {
		t.Fatalf("while they talk: %+v", picked)
	}
	// They talk for an hour, and Twilio reports the end of the call before the end of the <Dial>.
	r.clock.Advance(time.Hour)
	if status, _, err := r.phone.Webhook(statusPath, call.Form("completed")); err != nil || status != http.StatusNoContent {
		t.Fatalf("%d, %v", status, err)
	}
	call.HangsUp()
	if c := r.ends(t, ledger.Transferred, ledger.ByPerson); !c.AnsweredAt.Equal(picked.AnsweredAt) {
		t.Errorf("answered at %s", c.AnsweredAt)
	}
}

func TestPressingOneTooLateIsNoTalk(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	r.pressesOne(t, owner)
	call.HangsUp() // and the two were never bridged
	if c := r.ends(t, ledger.Missed, ledger.ByNobody); !c.AnsweredAt.IsZero() {
		t.Errorf("answered at %s", c.AnsweredAt)
	}
}

func TestAnsweredIsWhenTheTalkBegan(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	r.clock.Advance(100 * time.Second)
	form := call.Form("in-progress")
	form.Set("DialCallStatus", "completed")
	form.Set("DialCallDuration", "64")
	if status, _, err := r.phone.Webhook(dialPath+"?call=call1", form); err != nil || status != http.StatusOK {
		t.Fatalf("%d, %v", status, err)
	}
	if c := r.onlyCall(t); c.HandledBy != ledger.ByPerson || !c.AnsweredAt.Equal(monday.Add(36*time.Second)) {
		t.Errorf("stored as %+v", c)
	}
	call.HangsUp()
}

func TestTheReceptionistAnswersByGatherAfterAPerson(t *testing.T) {
	r := newRig(t, parrot, personFirst, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.HangsUp()
	if c := r.ends(t, ledger.Abandoned, ledger.ByReceptionist); c.AnsweredAt.IsZero() {
		t.Errorf("stored as %+v", c)
	}
}

func TestAPersonHearsTheNameOfTheLineThatWasCalled(t *testing.T) {
	r := newRig(t, parrot)
	sister := shop()
	sister.ID, sister.Profile.Name = "sister", "Ann's Heating"
	sister.Lines = []business.Line{r.businesses[0].Lines[0]} // the same account
	sister.Lines[0].Number = "+17735550100"
	stranger := shop()
	stranger.ID, stranger.Profile.Name = "stranger", "Stranger's"
	stranger.Lines = []business.Line{{Number: "+17735550200", AccountSID: "AC00000000000000000000000000000002", AuthToken: "their-own-token"}}
	r.memory.mu.Lock()
	r.businesses = append(r.businesses, sister, stranger)
	r.memory.mu.Unlock()
	for line, name := range map[string]string{
		"+13125550100": "Mike", "+17735550100": "Ann", "+17735550200": "Mike", "911": "Mike", "": "Mike",
	} {
		status, body, err := r.phone.Webhook(acceptPath+"?"+url.Values{"line": {line}}.Encode(), r.leg(dana))
		if err != nil || status != http.StatusOK || !strings.Contains(body, "A call for "+name) {
			t.Errorf("%q: %d %s, %v", line, status, body, err)
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("a page")) })
	newRig(t, parrot).handler.Register(mux)
	for path, method := range map[string]string{
		voicePath: "GET", dialPath: "PUT", acceptPath: "GET", relayDonePath: "GET", gatherPath: "GET", statusPath: "HEAD", relayPath: "POST",
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
			t.Errorf("%s %s: %d, %v", method, path, w.Code, w.Header())
		}
	}
}

func TestWhatDatabasesRefuseIsCleaned(t *testing.T) {
	start, err := parseSetup([]byte(`{"type":"setup","callSid":"CA\u00001","callerName":"A\u0000nn","customParameters":{"call":"\u0000c"}}`))
	if err != nil || start.CallSID != "CA1" || start.CallerName != "Ann" || start.Parameters["call"] != "c" {
		t.Errorf("%+v, %v", start, err)
	}
	e, err := parseEvent([]byte("{\"type\":\"prompt\",\"voicePrompt\":\"no\\u0000 heat\xff\",\"utteranceUntilInterrupt\":\"\\u0000\",\"lang\":\"\\u0000en\"}"))
	if err != nil || e.VoicePrompt != "no heat\uFFFD" || e.UtteranceUntilInterrupt != "" || e.Lang != "en" {
		t.Errorf("%+v, %v", e, err)
	}

	r := newRig(t, parrot, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	form := call.Form("in-progress")
	form.Set("SpeechResult", "no\x00 heat\xff")
	if status, _, err := r.phone.Webhook(gatherPath+"?turn=1&series=%00%ff", form); err != nil || status != http.StatusOK {
		t.Fatalf("%d, %v", status, err)
	}
	if in := r.asked()[0]; in.Text != "no heat\uFFFD" || in.Key != "gather:\uFFFD:1" {
		t.Errorf("the receptionist was given %+v", in)
	}
	call.HangsUp()
}
