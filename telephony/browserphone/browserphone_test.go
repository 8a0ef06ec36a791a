package browserphone_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"fixly/clock"
	"fixly/demo"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/browserphone"
)

var monday = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

// clerk is a receptionist who does as the words say, and keeps what reached it. Its conversations are stored, so
// that calls end as they would.
type clerk struct {
	db *store.DB

	mu     sync.Mutex
	inputs []string
}

func (c *clerk) note(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inputs = append(c.inputs, fmt.Sprintf(format, args...))
}

func (c *clerk) heard() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Join(c.inputs, "; ")
}

func (c *clerk) Start(ctx context.Context, in receptionist.StartInput) (receptionist.Reply, error) {
	c.note("start %s vip=%v", in.Caller.Number, in.Caller.VIP)
	id := "conversation of " + in.CallID
	err := c.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertConversation(ctx, &receptionist.Conversation{
			ID: id, BusinessID: in.BusinessID, Channel: receptionist.ByCall, CallID: in.CallID, State: []byte("{}"),
			Outcome: ledger.Answered, Summary: "Asked something", StartedAt: monday, UpdatedAt: monday,
		})
	})
	return receptionist.Reply{ConversationID: id, Sentences: []string{"Hello."}, Language: "en-US", Reason: "greeted"}, err
}

func (c *clerk) Turn(_ context.Context, conversation string, in receptionist.Input) (receptionist.Reply, error) {
	c.note("%s %q", in.Kind, in.Text)
	r := receptionist.Reply{ConversationID: conversation, Sentences: []string{"You said " + in.Text + "."}, Language: "en-US", Reason: "said"}
	switch in.Text {
	case "person":
		r.Transfer = []receptionist.TransferTo{{Name: "Mike Rossi", Phone: "+13125550101"}}
	case "bye":
		r.End = true
	case "break":
		return r, errors.New("the database is away")
	}
	return r, nil
}

func (c *clerk) Heard(_ context.Context, _, heard string) error {
	c.note("heard %q", heard)
	return nil
}

// line is the demo business's line, to be rung.
type line struct {
	t     *testing.T
	db    *store.DB
	clerk *clerk
	phone *browserphone.Handler
	url   string
}

func open(t *testing.T) *line {
	t.Helper()
	c := clock.NewManual(monday)
	db := storetest.Open(t, storetest.SQLite(t), c)
	if err := db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, demo.Business()) }); err != nil {
		t.Fatal(err)
	}
	l := &line{t: t, db: db, clerk: &clerk{db: db}}
	l.phone = browserphone.New(browserphone.Deps{
		Storage: db.Telephony(), Receptionist: l.clerk, Clock: c, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Why: strings.ToUpper, PublicURL: "https://fixly.example",
	})
	srv := httptest.NewServer(l.phone)
	l.url = srv.URL
	t.Cleanup(func() {
		if err := l.phone.Close(context.Background()); err != nil {
			t.Error(err)
		}
		srv.Close()
	})
	return l
}

// told is what the browser is told.
type told struct {
	Type, Call, Text, Reason, Why, Language string
	Sentences                               []string
	End                                     bool
	Transfer                                []struct{ Name string }
}

// handset is the browser's end of a call.
type handset struct {
	t    *testing.T
	conn *websocket.Conn
}

// dial opens the socket as a page of an origin would, and gives the status that it was refused with.
func (l *line) dial(origin string) (p *handset, status int, err error) {
	h := http.Header{}
	if origin != "" {
		h.Set("Origin", origin)
	}
	conn, resp, err := websocket.Dial(l.t.Context(), l.url, &websocket.DialOptions{HTTPHeader: h})
	if err != nil {
		if resp == nil {
			return nil, 0, err
		}
		return nil, resp.StatusCode, errors.Join(err, resp.Body.Close())
	}
	l.t.Cleanup(func() { _ = conn.CloseNow() })
	return &handset{l.t, conn}, 0, nil
}

// ring rings the line from a number and gives the first thing told after the call began.
func (l *line) ring(from string) (*handset, told) {
	l.t.Helper()
	p, _, err := l.dial("")
	if err != nil {
		l.t.Fatal(err)
	}
	p.send("type", "ring", "to", "+13125550100", "from", from)
	if m := p.next(); m.Type != "answered" || m.Call == "" {
		l.t.Fatalf("told %+v", m)
	}
	return p, p.next()
}

func (p *handset) send(pairs ...any) {
	p.t.Helper()
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	if err := wsjson.Write(p.t.Context(), p.conn, m); err != nil {
		p.t.Fatal(err)
	}
}

func (p *handset) next() told {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 10*time.Second)
	defer cancel()
	var m told
	if err := wsjson.Read(ctx, p.conn, &m); err != nil {
		p.t.Fatal(err)
	}
	return m
}

// ended wants the call to be over now.
func (p *handset) ended() {
	p.t.Helper()
	if m := p.next(); m.Type != "ended" || m.Text == "" {
		p.t.Fatalf("told %+v", m)
	}
	if _, _, err := p.conn.Read(p.t.Context()); websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		p.t.Errorf("closed with %v", err)
	}
}

// call is the only call, once the handler has stored its end.
func (l *line) call() telephony.Call {
	l.t.Helper()
	if err := l.phone.Close(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	all, err := l.db.Businesses(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	calls, err := l.db.ListCalls(l.t.Context(), all[0].ID, telephony.CallFilter{})
	if err != nil || len(calls) != 1 {
		l.t.Fatalf("%d calls, %v", len(calls), err)
	}
	return calls[0]
}

func TestACall(t *testing.T) {
	l := open(t)
	p, greeting := l.ring("(312) 555-0142")
	if greeting.Type != "say" || greeting.Sentences[0] != "Hello." || greeting.Reason != "greeted" || greeting.Why != "GREETED" {
		t.Errorf("greeted with %+v", greeting)
	}
	p.send("type", "heard", "text", "Hel")
	p.send("type", "say", "text", "my sink")
	if m := p.next(); m.Sentences[0] != "You said my sink." {
		t.Errorf("answered %+v", m)
	}
	p.send("type", "digits", "digits", "60647")
	p.next()
	p.send("type", "silence")
	p.next()
	p.send("type", "say", "text", "bye")
	if m := p.next(); !m.End {
		t.Errorf("goodbye %+v", m)
	}
	p.send("type", "hang_up")
	p.ended()
	c := l.call()
	if !strings.HasPrefix(c.CarrierID, "BP") || c.From != "+13125550142" || c.Outcome != ledger.Answered || c.HandledBy != ledger.ByReceptionist ||
		c.EndedAt.IsZero() || c.AnsweredAt.IsZero() || c.ConversationID == "" || c.Summary != "Asked something" || c.Route != "receptionist_first" {
		t.Errorf("stored %+v", c)
	}
	if got, want := l.clerk.heard(), `start +13125550142 vip=false; heard "Hel"; words "my sink"; digits "60647"; silence ""; words "bye"`; got != want {
		t.Errorf("the receptionist got %s, want %s", got, want)
	}
}

func TestTheLineGoesDead(t *testing.T) {
	l := open(t)
	p, _ := l.ring("")
	_ = p.conn.CloseNow()
	if c := l.call(); c.EndedAt.IsZero() || c.From != "" {
		t.Errorf("stored %+v", c)
	}
}

func TestTheServerStops(t *testing.T) {
	l := open(t)
	l.ring("+13125550142")
	if c := l.call(); c.EndedAt.IsZero() {
		t.Errorf("stored %+v", c)
	}
	if _, status, err := l.dial(""); err == nil || status != http.StatusServiceUnavailable {
		t.Errorf("a call after the end: %v", err)
	}
}

func TestPutThrough(t *testing.T) {
	for _, took := range []bool{true, false} {
		t.Run(fmt.Sprint(took), func(t *testing.T) {
			l := open(t)
			p, _ := l.ring("+13125550142")
			p.send("type", "say", "text", "person")
			if m := p.next(); len(m.Transfer) != 1 || m.Transfer[0].Name != "Mike Rossi" {
				t.Fatalf("told %+v", m)
			}
			p.send("type", "say", "text", "hello?") // nobody hears it while it rings
			p.send("type", "person", "took", took)
			if took {
				p.ended()
				if c := l.call(); c.HandledBy != ledger.ByPerson || c.Outcome != ledger.Transferred {
					t.Errorf("stored %+v", c)
				}
				return
			}
			p.next()
			if got := l.clerk.heard(); !strings.HasSuffix(got, `words "person"; person_gone ""`) {
				t.Errorf("the receptionist got %s", got)
			}
		})
	}
}

func TestAnsweringPlan(t *testing.T) {
	t.Run("blocked", func(t *testing.T) {
		l := open(t)
		_, m := l.ring("+13125550199")
		if m.Type != "ended" {
			t.Errorf("told %+v", m)
		}
		if c := l.call(); c.Outcome != ledger.Spam || c.HandledBy != ledger.ByNobody || l.clerk.heard() != "" {
			t.Errorf("stored %+v; the receptionist got %s", c, l.clerk.heard())
		}
	})
	t.Run("VIP", func(t *testing.T) {
		l := open(t)
		p, m := l.ring("+13125550150")
		if m.Type != "person" || m.Transfer[0].Name != "Mike Rossi" {
			t.Fatalf("told %+v", m)
		}
		p.send("type", "person", "took", false)
		if m := p.next(); m.Type != "say" || l.clerk.heard() != "start +13125550150 vip=true" {
			t.Errorf("told %+v; the receptionist got %s", m, l.clerk.heard())
		}
	})
}

func TestNumbersThatAreNone(t *testing.T) {
	for name, c := range map[string][2]string{"to nobody": {"+13125550000", ""}, "from nowhere": {"+13125550100", "call me"}, "empty": {"", ""}} {
		t.Run(name, func(t *testing.T) {
			p, _, err := open(t).dial("")
			if err != nil {
				t.Fatal(err)
			}
			p.send("type", "ring", "to", c[0], "from", c[1])
			p.ended()
		})
	}
}

func TestTroubleEndsTheCallInOrder(t *testing.T) {
	l := open(t)
	p, _ := l.ring("+13125550142")
	p.send("type", "say", "text", "break")
	p.ended()
	if c := l.call(); c.EndedAt.IsZero() {
		t.Errorf("stored %+v", c)
	}
}

// TestGarbage: what makes no sense changes nothing, what is no message ends the call.
func TestGarbage(t *testing.T) {
	l := open(t)
	p, _, err := l.dial("")
	if err != nil {
		t.Fatal(err)
	}
	p.send("type", "say", "text", "before the ring")
	p.send("type", "person", "took", true)
	p.send("type", "ring", "to", "+13125550100", "from", "+13125550142")
	p.next()
	p.next()
	p.send("type", "ring", "to", "+13125550100", "from", "+13125550143") // there is a call already
	p.send("type", "person", "took", true)                               // nobody is rung
	p.send("type", "what is this")
	p.send("type", "say", "text", "\x00 hel\x07lo \n", "confidence", 17)
	if m := p.next(); m.Sentences[0] != "You said hel lo." {
		t.Errorf("told %+v", m)
	}
	if err := p.conn.Write(t.Context(), websocket.MessageText, []byte("{not JSON")); err != nil {
		t.Fatal(err)
	}
	if c := l.call(); c.EndedAt.IsZero() || c.From != "+13125550142" {
		t.Errorf("stored %+v", c)
	}
}

func TestOtherOriginsMayNotRing(t *testing.T) {
	l := open(t)
	for origin, want := range map[string]bool{
		"https://evil.example": false, "http://localhost:1": false, "null": false, l.url: true, "https://fixly.example": true,
	} {
		_, status, err := l.dial(origin)
		if (err == nil) != want {
			t.Errorf("%s: %v", origin, err)
		}
		if !want && status != http.StatusForbidden {
			t.Errorf("%s: %d", origin, status)
		}
	}
}

func TestCallsAreBounded(t *testing.T) {
	l := open(t)
	for range 50 {
		if _, _, err := l.dial(""); err != nil {
			t.Fatal(err)
		}
	}
	if _, status, err := l.dial(""); err == nil || status != http.StatusServiceUnavailable {
		t.Errorf("one too many: %v", err)
	}
}
