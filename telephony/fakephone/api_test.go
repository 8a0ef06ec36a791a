package fakephone_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/telephony/fakephone"
	"fixly/twilioapi"
)

const (
	line = "+13125550100"
	jane = "+13125550142"
)

// account is our client, connected to the fake's API, with a server that takes the callbacks.
func account(t *testing.T) (*fakephone.Phone, twilioapi.Account) {
	t.Helper()
	phone := fakephone.New(t, fakephone.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	t.Cleanup(server.Close)
	phone.Connect(server.URL)
	client, err := twilioapi.NewClient(phone.APIURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return phone, client.Account("AC00000000000000000000000000000001", "demo-twilio-auth-token")
}

// TestOurRequestsFollowTwiliosDescription makes every kind of request that our client can make; the fake checks each.
func TestOurRequestsFollowTwiliosDescription(t *testing.T) {
	phone, a := account(t)
	ctx := t.Context()
	since := time.Now().Add(-time.Minute)
	sent, err := a.CreateMessage(ctx, twilioapi.NewMessage{From: line, To: jane, Body: "hello", ValidFor: time.Hour, StatusCallback: phone.Public("/twilio/sms/status")})
	if err != nil {
		t.Fatal(err)
	}
	phone.Texted(jane, "hello")
	if m, err := a.Message(ctx, sent.SID); err != nil || m.Body != "hello" {
		t.Errorf("fetched %+v, %v", m, err)
	}
	if m, found, err := a.FindMessage(ctx, line, jane, "hello", since); err != nil || !found || m.SID != sent.SID {
		t.Errorf("found %+v, %t, %v", m, found, err)
	}
	if _, found, err := a.FindMessage(ctx, line, jane, "another", since); err != nil || found {
		t.Errorf("found what was never sent: %v", err)
	}
	c, err := a.CreateCall(ctx, twilioapi.NewCall{
		From: line, To: jane, TwiML: "<Response/>", Timeout: 20 * time.Second,
		StatusCallback: phone.Public("/twilio/status"), StatusEvents: []string{"answered", "completed"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func() (twilioapi.Call, error){
		"fetch":    func() (twilioapi.Call, error) { return a.Call(ctx, c.SID) },
		"redirect": func() (twilioapi.Call, error) { return a.RedirectCall(ctx, c.SID, "<Response/>") },
		"end":      func() (twilioapi.Call, error) { return a.EndCall(ctx, c.SID) },
	} {
		if _, err := f(); err != nil {
			t.Errorf("%s a call: %v", name, err)
		}
	}
	if status, err := a.Check(ctx); err != nil || status != "active" {
		t.Errorf("the account is %q, %v", status, err)
	}
	if n := len(phone.PlacedCalls()); n != 1 {
		t.Errorf("%d calls were placed", n)
	}
}

func TestTroubleAsOrdered(t *testing.T) {
	phone, a := account(t)
	send := func() *twilioapi.Error {
		_, err := a.CreateMessage(t.Context(), twilioapi.NewMessage{From: line, To: jane, Body: "hello"})
		var e *twilioapi.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
		return e
	}
	phone.Throttle(1, 7)
	if e := send(); e == nil || e.Class != twilioapi.Throttled || e.RetryAfter != 7*time.Second || e.MaybeAccepted {
		t.Errorf("throttled: %v", e)
	}
	phone.Fail(1, http.StatusServiceUnavailable, 20500)
	if e := send(); e == nil || e.Class != twilioapi.Unreachable {
		t.Errorf("down: %v", e)
	}
	phone.Fail(1, 0, 0)
	if e := send(); e == nil || !e.MaybeAccepted {
		t.Errorf("dropped: %v", e)
	}
	if n := len(phone.Texts(jane)); n != 0 {
		t.Fatalf("%d texts were accepted in trouble", n)
	}
	phone.LoseAnswers(1)
	if e := send(); e == nil || !e.MaybeAccepted || len(phone.Texts(jane)) != 1 {
		t.Errorf("answer lost: %v", e)
	}
	phone.Refuse(jane, 21610)
	if e := send(); e == nil || e.Class != twilioapi.OptedOut {
		t.Errorf("refused: %v", e)
	}
}

func TestTwiMLIsReadAsStrictlyAsByTwilio(t *testing.T) {
	for _, doc := range []string{
		"", "<Response>", "<Response/><Response/>", "<Response><Speak/></Response>", `<Response><Say tongue="en">x</Say></Response>`,
		"<Response><Say>a & b</Say></Response>", "<Say>x</Say>",
	} {
		if _, err := fakephone.ParseTwiML(doc); err == nil {
			t.Errorf("%q is taken", doc)
		}
	}
	verbs, err := fakephone.ParseTwiML(`<?xml version="1.0"?><Response><Dial timeout="5"> +13125550101 </Dial><Hangup/></Response>`)
	if err != nil || len(verbs) != 2 || verbs[0].Text != "+13125550101" || verbs[0].Attr["timeout"] != "5" {
		t.Errorf("%+v, %v", verbs, err)
	}
}
