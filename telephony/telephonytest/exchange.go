package telephonytest

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
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/twilioapi"
)

// Placing is a carrier that places calls.
type Placing struct {
	Phone fakephone.Options
	Line  business.Line
	// Open makes what serves the carrier's webhooks, and what places its calls by the REST API at an address.
	Open func(t testing.TB, x Exchange, apiURL string) (http.Handler, telephony.Placer)
}

// Exchange is a server that places calls for a shop with one line, with its queue at work. Every webhook comes twice.
type Exchange struct {
	DB     *store.DB
	Phone  *fakephone.Phone
	Shop   *business.Business
	Public twilioapi.PublicURL
	Calls  *telephony.Switchboard // knows calls of purpose "test"
	Placer telephony.Placer

	t      testing.TB
	script *asks
}

// NewExchange makes an exchange on a database of storetest's.
func NewExchange(t testing.TB, p Placing, address string) *Exchange {
	t.Helper()
	if p.Phone.Patience == 0 {
		p.Phone.Patience = time.Minute
	}
	x := &Exchange{t: t, script: &asks{}, Phone: fakephone.New(t, p.Phone)}
	x.Shop = &business.Business{
		Profile: business.Profile{
			Slug: "mikes", Name: "Mike's Plumbing", Timezone: "America/Chicago", Languages: []string{"en"},
			Owner: business.Owner{Name: "Mike Rossi", Phone: owner},
		},
		Lines: []business.Line{p.Line},
	}
	x.DB = storetest.Open(t, address, clock.Real())
	if err := x.DB.SaveBusiness(t.Context(), x.Shop); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	var err error
	if x.Public, err = twilioapi.ParsePublicURL(server.URL); err != nil {
		t.Fatal(err)
	}
	x.Calls = &telephony.Switchboard{Storage: x.DB.Calling(), Clock: clock.Real(), Scripts: map[telephony.Purpose]telephony.Script{"test": x.script}}
	server.Config.Handler, x.Placer = p.Open(t, *x, x.Phone.APIURL())
	x.Phone.Connect(server.URL)
	x.Phone.RepeatWebhooks(2)
	err = x.DB.StartJobs(t.Context(), followup.Workers(followup.Deps{
		Storage: x.DB.FollowUp(), Clock: clock.Real(), Log: slog.New(slog.DiscardHandler), Calls: x.Calls,
		Placers: func(business.Line) (telephony.Placer, error) { return x.Placer, nil },
	}))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Rings has the server call the owner, and gives the call at the far side.
func (x *Exchange) Rings(how fakephone.Person, detect bool) (telephony.Outgoing, *fakephone.Call) {
	x.t.Helper()
	x.Phone.Person(owner, how)
	out := telephony.Outgoing{
		BusinessID: x.Shop.ID, Purpose: "test", Key: x.t.Name(), Line: x.Shop.Lines[0].Number, To: owner, RingFor: 20 * time.Second, DetectMachine: detect,
	}
	err := x.DB.InTx(x.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.InsertOutgoing(ctx, &out)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return out, x.Phone.Rung(owner, 0)
}

// Stored is a call as it is stored now.
func (x *Exchange) Stored(out telephony.Outgoing) telephony.Outgoing {
	x.t.Helper()
	c, err := x.DB.Outgoing(x.t.Context(), out.BusinessID, out.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	return *c
}

// Heard checks what the script was told, in order.
func (x *Exchange) Heard(want string) {
	x.t.Helper()
	if got := x.script.all(); got != want {
		x.t.Errorf("the script was told: %s\nwant: %s", got, want)
	}
}

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
		return []telephony.Step{telephony.Say("en", "Hold on."), telephony.Dial(karen, 25*time.Second)}, nil
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
