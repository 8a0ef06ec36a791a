package telnyx

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony/fakephone"
	"fixly/telephony/twilio"
	"fixly/twilioapi"
)

// nodes are two servers on one database. The first has the session; the second is asked everything else, as where the first
// was killed at the end of the session, or the carrier's next question goes elsewhere.
type nodes struct {
	*fakephone.Phone
	db     *store.DB
	relays atomic.Int32 // sessions that the first has had
}

const (
	owner = "+13125550101"
	karen = "+13125550142"
)

func newNodes(t *testing.T, address string, change ...func(b *business.Business)) *nodes {
	n := &nodes{Phone: fakephone.New(t, fakephone.Options{Carrier: business.CarrierTelnyx, AuthToken: apiKey, Patience: time.Minute})}
	db := storetest.Open(t, address, clock.Real())
	n.db = db
	b := demo.Business()
	b.Lines = []business.Line{line()}
	b.Lines[0].Mode = business.ModeRelay
	for _, f := range change {
		f(b)
	}
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	first, second := newNode(t, db, server.URL), newNode(t, db, server.URL)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/relay") {
			n.relays.Add(1)
			first.ServeHTTP(w, r)
			return
		}
		second.ServeHTTP(w, r)
	})
	n.Connect(server.URL)
	return n
}

func newNode(t *testing.T, db *store.DB, address string) *twilio.Handler {
	public, err := twilioapi.ParsePublicURL(address)
	if err != nil {
		t.Fatal(err)
	}
	h, err := twilio.New(twilio.Options{
		Storage: db.Telephony(), Directory: db, PublicURL: public, Clock: clock.Real(), Dialect: Dialect(clock.Real()),
		Receptionist: receptionist.New(receptionist.Options{
			Storage: db.Receptionist(), Reader: db, Clock: clock.Real(), Codes: receptionist.NewCodes(make([]byte, 32)),
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestAHandOverReachesAnotherNode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		n := newNodes(t, address)
		n.Person(owner, fakephone.Answers)
		call := n.Call(karen)
		call.Hears("How can I help")
		call.Says("I want to talk to a real person please")
		call.Hears("on the line")
		call.Says("okay") // without it, the words are waited for
		call.Ends()
		if call.TakenBy() != owner || n.relays.Load() != 1 {
			t.Errorf("taken by %q after %d sessions:\n%s", call.TakenBy(), n.relays.Load(), call.Transcript())
		}
	})
}

// Nobody takes it, so the receptionist goes on in a second session; where that is lost, it is resumed: how the first one ended
// is no longer how the call stands.
func TestAnEndIsForgottenWithTheNextSession(t *testing.T) {
	n := newNodes(t, storetest.SQLite(t))
	n.Person(owner, fakephone.Busy)
	call := n.Call(karen)
	call.Hears("How can I help")
	call.Says("I want to talk to a real person please")
	call.Hears("on the line")
	call.Says("okay")
	call.Hears("message")
	rung := len(call.Dialled())
	call.LosesTheSession()
	call.Hears("the line dropped")
	if again := len(call.Dialled()); again != rung {
		t.Errorf("people are rung again:\n%s", call.Transcript())
	}
	call.HangsUp()
}

// A webhook that names no number of ours names the application, and so the business.
func TestABusinessIsFoundByItsApplication(t *testing.T) {
	n := newNodes(t, storetest.SQLite(t))
	form := n.Form(karen, "completed")
	form.Set("To", stranger)
	form.Set("CallDuration", "42") // with it comes ConnectionId
	if status, body, err := n.Webhook("/telnyx/status", form); err != nil || status != http.StatusNoContent {
		t.Errorf("answered %d %s, %v", status, body, err)
	}
}

func TestAGoodbyeReachesAnotherNode(t *testing.T) {
	n := newNodes(t, storetest.SQLite(t))
	call := n.Call(karen)
	call.Hears("How can I help")
	call.Interrupts("Thanks for calling") // else the greeting is waited for
	call.Says("wrong number, goodbye")
	call.Ends()
	if n.relays.Load() != 1 {
		t.Errorf("%d sessions:\n%s", n.relays.Load(), call.Transcript())
	}
}
