package twilio

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/followup"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/twilioapi"
)

// asks is a script that asks for a key, and for 1 puts the person through to a customer.
type asks struct {
	mu    sync.Mutex
	heard []string
}

func (a *asks) note(format string, args ...any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.heard = append(a.heard, fmt.Sprintf(format, args...))
}

func (a *asks) all() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return strings.Join(a.heard, ", ")
}

func (a *asks) Answered(_ context.Context, _ telephony.CallingTx, c *telephony.Outgoing) ([]telephony.Step, error) {
	a.note("answered %s", c.AnsweredBy)
	if c.AnsweredBy == telephony.ByMachine {
		return []telephony.Step{telephony.Say("en", "Please call the shop."), telephony.HangUp()}, nil
	}
	return []telephony.Step{telephony.Pause(time.Second), telephony.Ask("en", "A customer. Press 1 to talk to them.", 1, 5*time.Second)}, nil
}

func (a *asks) Pressed(_ context.Context, _ telephony.CallingTx, _ *telephony.Outgoing, keys string) ([]telephony.Step, error) {
	a.note("pressed %q", keys)
	switch keys {
	case "1":
		return []telephony.Step{telephony.Say("en", "Hold on."), telephony.Dial(sink, 25*time.Second)}, nil
	case "":
		return []telephony.Step{telephony.Say("es", "Adiós")}, nil
	}
	return []telephony.Step{telephony.Ask("en", "Press 1, please.", 1, 5*time.Second)}, nil
}

func (a *asks) Dialled(_ context.Context, _ telephony.CallingTx, _ *telephony.Outgoing, d telephony.Dialled) ([]telephony.Step, error) {
	a.note("%s %s after %s", d.To, d.State, d.Talked)
	return []telephony.Step{telephony.Say("en", "That was it.")}, nil
}

func (a *asks) Ended(_ context.Context, _ telephony.CallingTx, c *telephony.Outgoing) error {
	a.note("ended %s", c.State)
	return nil
}

// exchange is a server that places calls, with its queue at work.
type exchange struct {
	t      *testing.T
	db     *store.DB
	phone  *fakephone.Phone
	script *asks
	shop   *business.Business
}

func newExchange(t *testing.T, address string) *exchange {
	x := &exchange{t: t, script: &asks{}, shop: shop(), phone: fakephone.New(t, fakephone.Options{Patience: 20 * time.Second})}
	x.shop.ID, x.shop.Profile.Slug = "", "mikes"
	x.db = storetest.Open(t, address, clock.Real())
	if err := x.db.SaveBusiness(t.Context(), x.shop); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	public, err := twilioapi.ParsePublicURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client, err := twilioapi.NewClient(x.phone.APIURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	board := &telephony.Switchboard{Storage: x.db.Calling(), Clock: clock.Real(), Scripts: map[telephony.Purpose]telephony.Script{"test": x.script}}
	silent := &script{answer: parrot, replies: map[string]receptionist.Reply{}, opened: map[string]string{}}
	server.Config.Handler, err = New(Options{Storage: x.db.Telephony(), Directory: x.db, Receptionist: silent, PublicURL: public, Clock: clock.Real(), Calls: board})
	if err != nil {
		t.Fatal(err)
	}
	x.phone.Connect(server.URL)
	x.phone.RepeatWebhooks(2)
	err = x.db.StartJobs(t.Context(), followup.Workers(followup.Deps{
		Storage: x.db.FollowUp(), Clock: clock.Real(), Log: slog.New(slog.DiscardHandler), Calls: board,
		Placers: func(l business.Line) (telephony.Placer, error) {
			return NewPlacer(l, PlacerOptions{Client: client, PublicURL: public, Clock: clock.Real()}), nil
		},
	}))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rings has the server call the owner, and gives the call at the far side.
func (x *exchange) rings(how fakephone.Person, detect bool) (telephony.Outgoing, *fakephone.Call) {
	x.t.Helper()
	x.phone.Person(owner, how)
	out := telephony.Outgoing{
		BusinessID: x.shop.ID, Purpose: "test", Key: x.t.Name(), Line: "+13125550100", To: owner, RingFor: 20 * time.Second, DetectMachine: detect,
	}
	err := x.db.InTx(x.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.InsertOutgoing(ctx, &out)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return out, x.phone.Rung(owner, 0)
}

func (x *exchange) stored(out telephony.Outgoing) telephony.Outgoing {
	x.t.Helper()
	c, err := x.db.Outgoing(x.t.Context(), out.BusinessID, out.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	return *c
}

// heard checks what the script was told, in order; every webhook came twice.
func (x *exchange) heard(want string) {
	x.t.Helper()
	if got := x.script.all(); got != want {
		x.t.Errorf("the script was told: %s\nwant: %s", got, want)
	}
}

func eachExchange(t *testing.T, test func(x *exchange)) {
	storetest.Each(t, func(t *testing.T, address string) { test(newExchange(t, address)) })
}

func TestACallThatWePlacePutsTwoPeopleThrough(t *testing.T) {
	eachExchange(t, func(x *exchange) {
		x.phone.Person(sink, fakephone.Answers)
		out, call := x.rings(fakephone.ByHand, true)
		call.Hears("A customer. Press 1")
		call.Presses("7")
		call.Hears("Press 1, please")
		call.Presses("1")
		call.Hears("That was it")
		call.Ends()
		if call.TakenBy() != sink {
			x.t.Errorf("they talked to %q", call.TakenBy())
		}
		x.heard(`answered human, pressed "7", pressed "1", ` + sink + ` completed after 1m4s, ended completed`)
		if c := x.stored(out); c.State != telephony.CallCompleted || c.CarrierID != call.SID || c.Keys != "1" || c.AnsweredBy != telephony.ByHuman || c.AnsweredAt.IsZero() {
			x.t.Errorf("stored as %+v", c)
		}
		// TwiML that any carrier of the dialect takes, word for word.
		query := "?call=" + out.ID + "&amp;turn="
		want := []string{
			`<Pause length="1"/><Gather input="dtmf" action="` + x.phone.Public("/twilio/outbound/keys") + query + `1" method="POST" timeout="5" numDigits="1">` +
				`<Say language="en-US">A customer. Press 1 to talk to them.</Say></Gather><Redirect method="POST">` + x.phone.Public("/twilio/outbound/keys") + query + `1</Redirect>`,
			"", `<Say language="en-US">Hold on.</Say><Dial action="` + x.phone.Public("/twilio/outbound/dialled") + query + `3" method="POST" callerId="+13125550100" timeout="25"><Number>` + sink + `</Number></Dial>`,
			`<Say language="en-US">That was it.</Say><Hangup/>`,
		}
		for i, doc := range call.Documents() {
			if !strings.Contains(doc, want[i]) {
				x.t.Errorf("document %d is %s\nwant %s", i, doc, want[i])
			}
		}
	})
}

func TestHowCallsThatWePlaceEnd(t *testing.T) {
	for how, want := range map[fakephone.Person]string{
		fakephone.Busy:       "ended busy",
		fakephone.NoAnswer:   "ended no_answer",
		fakephone.OutOfOrder: "ended failed",
		fakephone.Voicemail:  "answered machine, ended completed",
	} {
		t.Run(string(how), func(t *testing.T) {
			x := newExchange(t, storetest.SQLite(t))
			_, call := x.rings(how, true)
			call.Ends()
			x.heard(want)
		})
	}
}

func TestWhoSaysNothingOrHangsUp(t *testing.T) {
	t.Run("presses nothing", func(t *testing.T) {
		x := newExchange(t, storetest.SQLite(t))
		_, call := x.rings(fakephone.Voicemail, false)
		call.Hears("Adiós")
		call.Ends()
		x.heard(`answered , pressed "", ended completed`)
	})
	t.Run("hangs up", func(t *testing.T) {
		x := newExchange(t, storetest.SQLite(t))
		_, call := x.rings(fakephone.ByHand, false)
		call.Hears("Press 1")
		call.HangsUp()
		x.heard(`answered , ended completed`)
	})
	t.Run("the customer is busy", func(t *testing.T) {
		x := newExchange(t, storetest.SQLite(t))
		x.phone.Person(sink, fakephone.Busy)
		_, call := x.rings(fakephone.Answers, false)
		call.Hears("That was it")
		call.Ends()
		x.heard(`answered , pressed "1", ` + sink + ` busy after 0s, ended completed`)
	})
}

// Twilio placed the call and its answer got lost: its first webhook says so, and nobody is rung twice.
func TestACallWhoseAnswerIsLostRingsOnce(t *testing.T) {
	x := newExchange(t, storetest.SQLite(t))
	x.phone.LoseAnswers(1)
	out, call := x.rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	if c := x.stored(out); c.State != telephony.CallAnswered || c.CarrierID != call.SID {
		t.Errorf("stored as %+v", c)
	}
	call.HangsUp()
	if n := len(x.phone.PlacedCalls()); n != 1 {
		t.Errorf("rung %d times", n)
	}
}

func TestACallIsHungUpWhileItRings(t *testing.T) {
	x := newExchange(t, storetest.SQLite(t))
	out, call := x.rings(fakephone.KeepsOn, false)
	write := func(ctx context.Context, tx *store.Tx) error {
		return tx.Enqueue(ctx, followup.HangUpCall{BusinessID: out.BusinessID, CallID: out.ID}, nil)
	}
	if err := x.db.InTx(t.Context(), write); err != nil {
		t.Fatal(err)
	}
	call.Ends()
	x.heard("ended cancelled")
}

// Webhooks about a call of ours are believed only with the line's signature, and only about the call that was placed.
func TestStrangersCannotSpeakOfOurCalls(t *testing.T) {
	x := newExchange(t, storetest.SQLite(t))
	out, call := x.rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	form := call.Form("completed")
	for _, path := range []string{outboundAnswerPath, outboundKeysPath, outboundDialledPath, outboundStatusPath} {
		path += "?call=" + out.ID + "&turn=1"
		for name, token := range map[string]string{"no": "", "a wrong": "not-the-token"} {
			if status, _, err := x.phone.WebhookSigned(path, form, token); err != nil || status != http.StatusForbidden {
				t.Errorf("%s with %s signature: %d, %v", path, name, status, err)
			}
		}
	}
	other := call.Form("in-progress")
	other.Set("CallSid", "CA00000000000000000000000000000099")
	if _, body, err := x.phone.Webhook(outboundKeysPath+"?turn=1&call="+out.ID, other); err != nil || !strings.Contains(body, "<Response><Hangup/>") {
		t.Errorf("another call is answered %q, %v", body, err)
	}
	if _, body, err := x.phone.Webhook(outboundAnswerPath+"?call=out_nobodys", other); err != nil || !strings.Contains(body, "<Response><Hangup/>") {
		t.Errorf("a call that is nobody's is answered %q, %v", body, err)
	}
	if c := x.stored(out); c.State != telephony.CallAnswered || c.Turn != 1 {
		t.Errorf("something was changed: %+v", c)
	}
	call.HangsUp()
}
