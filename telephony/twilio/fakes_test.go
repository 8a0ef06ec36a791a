package twilio

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/twilioapi"
)

const (
	owner  = "+13125550101"
	dana   = "+13125550102"
	sink   = "+13125550142" // an ordinary caller
	vip    = "+13125550150"
	nogood = "+13125550199" // blocked
)

var monday = time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC) // 11 in the morning in Chicago

func shop() *business.Business {
	return &business.Business{
		ID: "mikes",
		Profile: business.Profile{
			Name: "Mike's Plumbing & Heating", Timezone: "America/Chicago", Languages: []string{"en", "es"},
			Owner: business.Owner{Name: "Mike Rossi", Phone: owner},
		},
		Lines: []business.Line{{
			Number: "+13125550100", Carrier: "twilio", Mode: business.ModeRelay,
			AccountSID: "AC00000000000000000000000000000001", AuthToken: "demo-twilio-auth-token",
		}},
		Answering: business.Answering{
			First: "receptionist", RingSeconds: 15,
			Chain:   []business.Person{{Name: "Mike Rossi", Phone: owner, Hours: "always"}, {Name: "Dana Rossi", Phone: dana, Hours: "open"}},
			Blocked: []string{nogood}, VIP: []string{vip},
		},
		Hours: business.Hours{Mon: []string{"08:00-17:00"}},
	}
}

var errDown = errors.New("the database is down")

// memory is telephony.Storage and Directory in memory.
type memory struct {
	mu            sync.Mutex
	down          bool
	businesses    []*business.Business
	calls         []telephony.Call
	conversations map[string]receptionist.Conversation
	ended         []string // calls for which CallEnded was asked
	rings         []telephony.Ring
	taken         []string // phones for which CallTaken was asked
	seen          map[string]bool
	recordings    []telephony.Recording
	customers     []contact.Customer
	ends          map[string]string // by call, see KeepSessionEnd
}

func (m *memory) InTx(ctx context.Context, f func(ctx context.Context, tx telephony.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return errDown
	}
	calls, ended, rings, taken, seen := slices.Clone(m.calls), slices.Clone(m.ended), slices.Clone(m.rings), slices.Clone(m.taken), maps.Clone(m.seen)
	if err := f(ctx, (*memoryTx)(m)); err != nil {
		m.calls, m.ended, m.rings, m.taken, m.seen = calls, ended, rings, taken, seen
		return err
	}
	return ctx.Err()
}

func (m *memory) BusinessByLine(_ context.Context, number string) (*business.Business, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return (*memoryTx)(m).BusinessByLine(context.Background(), number)
}

func (m *memory) BusinessByAccount(_ context.Context, sid string) (*business.Business, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return (*memoryTx)(m).BusinessByAccount(context.Background(), sid)
}

func (m *memory) Businesses(context.Context) ([]*business.Business, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return nil, errDown
	}
	return m.businesses, nil
}

func (m *memory) setDown(down bool) { m.mu.Lock(); defer m.mu.Unlock(); m.down = down }

// memoryTx is a transaction: memory with its lock held.
type memoryTx memory

func (m *memoryTx) Business(_ context.Context, id string) (*business.Business, error) {
	for _, b := range m.businesses {
		if b.ID == id {
			return b, nil
		}
	}
	return nil, fmt.Errorf("no business %s", id)
}

func (m *memoryTx) BusinessByLine(_ context.Context, number string) (*business.Business, error) {
	if m.down {
		return nil, errDown
	}
	for _, b := range m.businesses {
		if b.LineByNumber(number) != nil {
			return b, nil
		}
	}
	return nil, nil
}

func (m *memoryTx) BusinessByAccount(_ context.Context, sid string) (*business.Business, error) {
	if m.down {
		return nil, errDown
	}
	for _, b := range m.businesses {
		for _, l := range b.Lines {
			if l.AccountSID == sid {
				return b, nil
			}
		}
	}
	return nil, nil
}

func (m *memoryTx) InsertCall(_ context.Context, c *telephony.Call) (bool, error) {
	for _, x := range m.calls {
		if x.CarrierID == c.CarrierID {
			*c = x
			return false, nil
		}
	}
	c.ID = fmt.Sprintf("call%d", len(m.calls)+1)
	m.calls = append(m.calls, *c)
	return true, nil
}

func (m *memoryTx) Call(_ context.Context, id string) (*telephony.Call, error) {
	for _, x := range m.calls {
		if x.ID == id {
			return &x, nil
		}
	}
	return nil, fmt.Errorf("no call %s", id)
}

func (m *memoryTx) CallByCarrierID(_ context.Context, id string) (*telephony.Call, error) {
	for _, x := range m.calls {
		if x.CarrierID == id {
			return &x, nil
		}
	}
	return nil, nil
}

func (m *memoryTx) UpdateCall(_ context.Context, c *telephony.Call) error {
	for i := range m.calls {
		if m.calls[i].ID == c.ID {
			m.calls[i] = *c
			return nil
		}
	}
	return fmt.Errorf("no call %s", c.ID)
}

func (m *memoryTx) Conversation(_ context.Context, id string) (*receptionist.Conversation, error) {
	c, ok := m.conversations[id]
	if !ok {
		return nil, receptionist.ErrNoConversation
	}
	return &c, nil
}

func (m *memoryTx) UpdateConversation(_ context.Context, c *receptionist.Conversation) error {
	m.conversations[c.ID] = *c
	return nil
}

func (m *memoryTx) CallEnded(_ context.Context, c *telephony.Call) error {
	m.ended = append(m.ended, c.ID)
	return nil
}

func (m *memoryTx) FirstTime(_ context.Context, key string) (bool, error) {
	if m.seen[key] {
		return false, nil
	}
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[key] = true
	return true, nil
}

func (m *memoryTx) InsertRings(_ context.Context, rings ...telephony.Ring) error {
	for _, r := range rings {
		known := func(x telephony.Ring) bool { return x.CallID == r.CallID && x.Series == r.Series && x.Phone == r.Phone }
		if !slices.ContainsFunc(m.rings, known) {
			m.rings = append(m.rings, r)
		}
	}
	return nil
}

func (m *memoryTx) Rings(_ context.Context, _, callID string) ([]telephony.Ring, error) {
	var out []telephony.Ring
	for _, r := range m.rings {
		if r.CallID == callID {
			out = append(out, r)
		}
	}
	return out, nil
}

func (m *memoryTx) UpdateRing(_ context.Context, r *telephony.Ring) error {
	for i, x := range m.rings {
		if x.CallID == r.CallID && x.Series == r.Series && x.Phone == r.Phone {
			m.rings[i] = *r
		}
	}
	return nil
}

func (m *memoryTx) IsRinging(_ context.Context, _, phone, from string, since time.Time) (bool, error) {
	for _, r := range m.rings {
		for _, c := range m.calls {
			if r.CallID == c.ID && r.Phone == phone && c.From == from && c.EndedAt.IsZero() && r.SettledAt.IsZero() && !r.At.Before(since) {
				return true, nil
			}
		}
	}
	return false, nil
}

func (m *memoryTx) CustomerByPhone(_ context.Context, _, phone string) (*contact.Customer, error) {
	for _, c := range m.customers {
		if c.Phone == phone {
			return &c, nil
		}
	}
	return nil, nil
}

func (m *memoryTx) InsertRecording(_ context.Context, r *telephony.Recording) (bool, error) {
	for _, x := range m.recordings {
		if x.ID == r.ID {
			return false, nil
		}
	}
	m.recordings = append(m.recordings, *r)
	return true, nil
}

// The fake records no calls.
func (m *memoryTx) Standing(context.Context, string, string, consent.Channel) (consent.Standing, error) {
	return consent.Standing{}, nil
}

func (m *memoryTx) StatesOf(context.Context, string, string) ([]string, error) {
	return nil, nil
}

func (m *memoryTx) InsertCallRecording(context.Context, *telephony.CallRecording) error {
	return nil
}

func (m *memoryTx) CallRecording(context.Context, string, string) (*telephony.CallRecording, error) {
	return nil, nil
}

func (m *memoryTx) RecordingOver(context.Context, *telephony.Recording) error {
	return nil
}

func (m *memoryTx) StopRecording(context.Context, string, string) error {
	return nil
}

func (m *memoryTx) WriteDown(_ context.Context, r *telephony.Recording) error {
	for i := range m.recordings {
		if m.recordings[i].ID == r.ID {
			m.recordings[i].Words = r.Words
		}
	}
	return nil
}

func (m *memoryTx) KeepSessionEnd(_ context.Context, c *telephony.Call, said string) error {
	if m.ends == nil {
		m.ends = map[string]string{}
	}
	m.ends[c.ID] = said
	return nil
}

func (m *memoryTx) SessionEnd(_ context.Context, c *telephony.Call) (string, error) {
	return m.ends[c.ID], nil
}

func (m *memoryTx) CallTaken(_ context.Context, _ *telephony.Call, phone string) error {
	m.taken = append(m.taken, phone)
	return nil
}

// script is a receptionist that answers by a function and remembers what it was asked.
type script struct {
	store  *memory
	answer func(in receptionist.Input) receptionist.Reply

	mu       sync.Mutex
	failing  int // so many turns fail
	inputs   []receptionist.Input
	starts   []receptionist.StartInput
	heard    []string
	replies  map[string]receptionist.Reply // by key
	opened   map[string]string             // conversation by call
	greeting string
}

func (s *script) Greeting(*business.Business, time.Time) string { return s.greeting }

func (s *script) Hints(*business.Business) []string {
	return []string{"drain", "water heater", "Rossi, Mike", " ", strings.Repeat("x", 101), "O'Rourke & Sons"}
}

func (s *script) Start(ctx context.Context, in receptionist.StartInput) (receptionist.Reply, error) {
	s.mu.Lock()
	s.starts = append(s.starts, in)
	id, ok := s.opened[in.CallID]
	s.mu.Unlock()
	if ok {
		return s.Turn(ctx, id, receptionist.Input{Kind: receptionist.Reconnected})
	}
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	if s.store.down {
		return receptionist.Reply{}, errDown
	}
	id = "conversation of " + in.CallID
	s.store.conversations[id] = receptionist.Conversation{ID: id, BusinessID: in.BusinessID, CallID: in.CallID}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened[in.CallID] = id
	return receptionist.Reply{ConversationID: id, Sentences: []string{s.greeting}, Asked: "problem"}, nil
}

func (s *script) Turn(_ context.Context, conversation string, in receptionist.Input) (receptionist.Reply, error) {
	s.store.mu.Lock()
	down := s.store.down
	s.store.mu.Unlock()
	if down {
		return receptionist.Reply{}, errDown
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failing > 0 {
		s.failing--
		return receptionist.Reply{}, errors.New("the receptionist stumbles")
	}
	key := conversation + in.Key
	if r, ok := s.replies[key]; ok && in.Key != "" {
		return r, nil
	}
	s.inputs = append(s.inputs, in)
	r := s.answer(in)
	r.ConversationID = conversation
	s.replies[key] = r
	return r, nil
}

func (s *script) Heard(_ context.Context, _, heard string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, heard)
	return nil
}

func (s *script) asked() []receptionist.Input {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.inputs)
}

// comesTo sets what a conversation comes to.
func (s *script) comesTo(o ledger.Outcome) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	for id, c := range s.store.conversations {
		c.Outcome = o
		s.store.conversations[id] = c
	}
}

// rig is a handler behind a real HTTP server, with a phone to call it.
type rig struct {
	*memory
	*script
	handler *Handler
	server  *httptest.Server
	phone   *fakephone.Phone
	clock   *clock.Manual
}

type setting func(b *business.Business, o *fakephone.Options)

func byGather(b *business.Business, _ *fakephone.Options) { b.Lines[0].Mode = business.ModeGather }

func personFirst(b *business.Business, _ *fakephone.Options) { b.Answering.First = "person" }

func behindProxy(_ *business.Business, o *fakephone.Options) {
	o.PublicURL = "https://calls.example.com/fixly"
}

// say is a reply of some sentences.
func reply(words ...string) receptionist.Reply { return receptionist.Reply{Sentences: words} }

// parrot answers words with the words, and says what else happened.
func parrot(in receptionist.Input) receptionist.Reply {
	switch in.Kind {
	case receptionist.Words:
		return reply("You said:", in.Text+".")
	case receptionist.Digits:
		return reply("You pressed " + in.Text + ".")
	case receptionist.Silence:
		return reply("Are you still there?")
	case receptionist.Reconnected:
		return reply("Sorry, we were cut off.")
	case receptionist.PersonGone:
		return reply("Nobody is free. Can I take a message?")
	}
	return reply("What?")
}

func newRig(t testing.TB, answer func(receptionist.Input) receptionist.Reply, settings ...setting) *rig {
	t.Helper()
	b := shop()
	var o fakephone.Options
	for _, s := range settings {
		s(b, &o)
	}
	r := &rig{
		memory: &memory{businesses: []*business.Business{b}, conversations: map[string]receptionist.Conversation{}},
		clock:  clock.NewManual(monday),
		phone:  fakephone.New(t, o),
	}
	r.script = &script{
		store: r.memory, answer: answer, replies: map[string]receptionist.Reply{}, opened: map[string]string{},
		greeting: "Thanks for calling Mike's Plumbing & Heating. How can I help?",
	}
	r.server = httptest.NewUnstartedServer(nil)
	r.server.Start()
	public := o.PublicURL
	if public == "" {
		public = r.server.URL
	}
	u, err := twilioapi.ParsePublicURL(public)
	if err != nil {
		t.Fatal(err)
	}
	api, err := twilioapi.NewClient(r.phone.APIURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.handler, err = New(Options{
		Storage: r.memory, Directory: r.memory, Receptionist: r.script, PublicURL: u, Clock: r.clock,
		HangUp: func(ctx context.Context, l business.Line, carrierID string) error {
			_, err := api.Account(l.AccountSID, l.AuthToken).EndCall(ctx, carrierID)
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.server.Config.Handler = r.handler
	t.Cleanup(r.server.Close)
	r.phone.Connect(r.server.URL)
	return r
}

// ends checks how the only call ended, and that what is owed after it was asked for once.
func (r *rig) ends(t *testing.T, outcome ledger.Outcome, by ledger.HandledBy) telephony.Call {
	t.Helper()
	r.memory.mu.Lock()
	defer r.memory.mu.Unlock()
	if len(r.calls) != 1 {
		t.Fatalf("%d calls are stored, want one", len(r.calls))
	}
	c := r.calls[0]
	if c.Outcome != outcome || c.HandledBy != by || c.EndedAt.IsZero() {
		t.Errorf("the call ended %q, handled by %q, at %s; want %q, handled by %q", c.Outcome, c.HandledBy, c.EndedAt, outcome, by)
	}
	if len(r.ended) != 1 {
		t.Errorf("what is owed after the call was asked for %d times", len(r.ended))
	}
	return c
}
