// Package receptionisttest helps to test the receptionist without a database: a storage in memory that keeps the
// promises of receptionist.Storage, rollback and the guard against double bookings included.
package receptionisttest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"fixly/business"
	"fixly/receptionist"
	"fixly/scheduling"
)

// Change is a change of a job that texts are owed for.
type Change struct {
	Job    scheduling.Job
	Change string
	ByCall bool
}

// Alert is an alert to the people on call.
type Alert struct{ ConversationID, What, Text string }

// Memory is a storage of one business. It is safe for concurrent use: transactions run one after the other.
type Memory struct {
	mu       sync.Mutex
	business *business.Business
	data     data
	// FailCommit, where set, is asked before each commit; an error rolls back and is returned by InTx.
	FailCommit func() error
}

type data struct {
	conversations []receptionist.Conversation
	turns         []receptionist.Turn
	jobs          []scheduling.Job
	holds         []scheduling.Hold
	changes       []Change
	alerts        []Alert
	ids           int
}

func (d data) clone() data {
	d.conversations = slices.Clone(d.conversations)
	d.turns = slices.Clone(d.turns)
	d.jobs = slices.Clone(d.jobs)
	d.holds = slices.Clone(d.holds)
	d.changes = slices.Clone(d.changes)
	d.alerts = slices.Clone(d.alerts)
	return d
}

// New makes an empty storage for a business.
func New(b *business.Business) *Memory { return &Memory{business: b} }

// InTx runs f; what it did is undone where it fails.
func (m *Memory) InTx(ctx context.Context, f func(context.Context, receptionist.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.data.clone()
	err := f(ctx, &tx{m})
	if err == nil && m.FailCommit != nil {
		err = m.FailCommit()
	}
	if err != nil {
		m.data = before
	}
	return err
}

// AddJob puts a job into the calendar as if it had been booked before.
func (m *Memory) AddJob(j scheduling.Job) scheduling.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data.ids++
	j.ID, j.BusinessID = fmt.Sprintf("job_%d", m.data.ids), m.business.ID
	m.data.jobs = append(m.data.jobs, j)
	return j
}

// Jobs are all jobs.
func (m *Memory) Jobs() []scheduling.Job {
	return read(m, func(d *data) []scheduling.Job { return d.jobs })
}

// Holds are all holds that were not released.
func (m *Memory) Holds() []scheduling.Hold {
	return read(m, func(d *data) []scheduling.Hold { return d.holds })
}

// Changes are the texts owed about jobs, Alerts those to the people on call.
func (m *Memory) Changes() []Change { return read(m, func(d *data) []Change { return d.changes }) }

// Alerts are the alerts to the people on call.
func (m *Memory) Alerts() []Alert { return read(m, func(d *data) []Alert { return d.alerts }) }

// Conversations are all conversations.
func (m *Memory) Conversations() []receptionist.Conversation {
	return read(m, func(d *data) []receptionist.Conversation { return d.conversations })
}

// AllTurns are the turns of all conversations.
func (m *Memory) AllTurns() []receptionist.Turn {
	return read(m, func(d *data) []receptionist.Turn { return d.turns })
}

func read[T any](m *Memory, of func(*data) []T) []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(of(&m.data))
}

// tx is one transaction.
type tx struct{ m *Memory }

var _ receptionist.Tx = (*tx)(nil)

func (t *tx) Business(context.Context, string) (*business.Business, error) { return t.m.business, nil }

func (t *tx) find(match func(*receptionist.Conversation) bool) *receptionist.Conversation {
	for i := len(t.m.data.conversations) - 1; i >= 0; i-- {
		if c := t.m.data.conversations[i]; match(&c) {
			return &c
		}
	}
	return nil
}

func (t *tx) Conversation(_ context.Context, id string) (*receptionist.Conversation, error) {
	c := t.find(func(c *receptionist.Conversation) bool { return c.ID == id })
	if c == nil {
		return nil, receptionist.ErrNoConversation
	}
	return c, nil
}

func (t *tx) ConversationByCall(_ context.Context, _, callID string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool { return c.CallID == callID && callID != "" }), nil
}

func (t *tx) OpenThread(_ context.Context, _, number string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool {
		return c.Channel == receptionist.ByText && c.Caller.Number == number && c.EndedAt.IsZero()
	}), nil
}

func (t *tx) LatestByPhone(_ context.Context, _, number string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool {
		return c.Channel == receptionist.ByCall && c.Caller.Number == number
	}), nil
}

func (t *tx) InsertConversation(_ context.Context, c *receptionist.Conversation) error {
	t.m.data.conversations = append(t.m.data.conversations, *c)
	return nil
}

func (t *tx) UpdateConversation(_ context.Context, c *receptionist.Conversation) error {
	for i := range t.m.data.conversations {
		if t.m.data.conversations[i].ID == c.ID {
			t.m.data.conversations[i] = *c
			return nil
		}
	}
	return receptionist.ErrNoConversation
}

func (t *tx) AppendTurn(_ context.Context, turn *receptionist.Turn) error {
	turn.Seq = 1
	for _, o := range t.m.data.turns {
		if o.ConversationID == turn.ConversationID {
			turn.Seq = o.Seq + 1
		}
	}
	t.m.data.turns = append(t.m.data.turns, *turn)
	return nil
}

func (t *tx) Turns(_ context.Context, id string) ([]receptionist.Turn, error) {
	var out []receptionist.Turn
	for _, o := range t.m.data.turns {
		if o.ConversationID == id {
			out = append(out, o)
		}
	}
	return out, nil
}

func (t *tx) TurnByKey(_ context.Context, id, key string) (*receptionist.Turn, error) {
	for _, o := range t.m.data.turns {
		if o.ConversationID == id && o.Key == key && o.Who == "receptionist" {
			return &o, nil
		}
	}
	return nil, nil //nolint:nilnil // the contract: nil when there is none
}

func (t *tx) MarkHeard(_ context.Context, id, heard string) error {
	for i := len(t.m.data.turns) - 1; i >= 0; i-- {
		if o := &t.m.data.turns[i]; o.ConversationID == id && o.Who == "receptionist" {
			o.Heard, o.Interrupted = heard, true
			return nil
		}
	}
	return nil
}

func (t *tx) JobChanged(_ context.Context, j *scheduling.Job, change string, byCall bool) error {
	t.m.data.changes = append(t.m.data.changes, Change{*j, change, byCall})
	return nil
}

func (t *tx) AlertOnCall(_ context.Context, c *receptionist.Conversation, what, text string) error {
	t.m.data.alerts = append(t.m.data.alerts, Alert{c.ID, what, text})
	return nil
}

func (t *tx) Busy(_ context.Context, _ string, from, to, now time.Time, exceptHolder, exceptJob string) ([]scheduling.Busy, error) {
	var out []scheduling.Busy
	add := func(technician string, start, end time.Time) {
		if start.Before(to) && end.After(from) {
			out = append(out, scheduling.Busy{Technician: technician, From: start, To: end})
		}
	}
	for _, h := range t.m.data.holds {
		if h.ExpiresAt.After(now) && (exceptHolder == "" || h.Holder != exceptHolder) {
			add(h.Slot.Technician, h.Slot.Start, h.BusyUntil)
		}
	}
	for _, j := range t.m.data.jobs {
		if j.Live() && (exceptJob == "" || j.ID != exceptJob) {
			add(j.Slot.Technician, j.Slot.Start, j.BusyUntil)
		}
	}
	return out, nil
}

func (t *tx) taken(technician string, from, to, now time.Time, exceptJob string) bool {
	busy, _ := t.Busy(context.Background(), "", from, to, now, "", exceptJob)
	return slices.ContainsFunc(busy, func(b scheduling.Busy) bool { return b.Technician == technician })
}

func (t *tx) PlaceHold(_ context.Context, h scheduling.Hold, now time.Time) error {
	if t.taken(h.Slot.Technician, h.Slot.Start, h.BusyUntil, now, "") {
		return scheduling.ErrTaken
	}
	t.m.data.holds = append(t.m.data.holds, h)
	return nil
}

func (t *tx) ReleaseHolds(_ context.Context, _, holder string) error {
	t.m.data.holds = slices.DeleteFunc(t.m.data.holds, func(h scheduling.Hold) bool { return h.Holder == holder })
	return nil
}

func (t *tx) InsertJob(_ context.Context, j *scheduling.Job) error {
	if t.taken(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.CreatedAt, "") {
		return scheduling.ErrTaken
	}
	t.m.data.ids++
	j.ID = fmt.Sprintf("job_%d", t.m.data.ids)
	t.m.data.jobs = append(t.m.data.jobs, *j)
	return nil
}

func (t *tx) UpdateJob(_ context.Context, j *scheduling.Job) error {
	i := slices.IndexFunc(t.m.data.jobs, func(o scheduling.Job) bool { return o.ID == j.ID })
	if i < 0 {
		return scheduling.ErrNoJob
	}
	if j.Live() && t.taken(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.UpdatedAt, j.ID) {
		return scheduling.ErrTaken
	}
	t.m.data.jobs[i] = *j
	return nil
}

func (t *tx) Job(_ context.Context, _, id string) (*scheduling.Job, error) {
	for _, j := range t.m.data.jobs {
		if j.ID == id {
			return &j, nil
		}
	}
	return nil, scheduling.ErrNoJob
}

func (t *tx) JobsByPhone(_ context.Context, _, phone string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range t.m.data.jobs {
		if j.Customer.Phone == phone && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	slices.SortFunc(out, func(a, b scheduling.Job) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return out, nil
}

// HoldsInTx are the holds as FailCommit sees them.
func (m *Memory) HoldsInTx() []scheduling.Hold { return m.data.holds }
