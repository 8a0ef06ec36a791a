// Package memory is a storage without a database: it keeps the promises of receptionist.Storage, rollback and the
// guard against double bookings included, for as long as the process runs. Simulated callers, replayed and golden
// conversations are held on it, each on one of its own, so that they neither wait for each other nor fill each other's
// calendar.
package memory

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/model"
	"fixly/receptionist"
	"fixly/scheduling"
)

// Change is a change of a job that texts are owed for.
type Change struct {
	Job    scheduling.Job
	Change string
	ByCall bool
}

// Alert is an alert to the people on call, or what the owner is to be told at once.
type Alert struct{ ConversationID, What, Text string }

// Code is a code that is owed to a number: the nth of a conversation, see receptionist.Codes.
type Code struct {
	ConversationID, Phone string
	N                     int
	At                    time.Time // the conversation's last turn before it
}

// Storage is a storage of one business. It is safe for concurrent use: transactions run one after the other.
type Storage struct {
	mu       sync.Mutex
	business *business.Business
	data     data
	// FailCommit, where set, is asked before each commit; an error rolls back and is returned by InTx. It is for tests of
	// what comes of that.
	FailCommit func() error
}

type data struct {
	conversations []receptionist.Conversation
	turns         []receptionist.Turn
	jobs          []scheduling.Job
	holds         []scheduling.Hold
	changes       []Change
	alerts        []Alert
	told          []Alert
	codes         []Code
	uses          []model.Use
	asked         []string
	recordings    []receptionist.RecordingNote
	consents      []consent.Entry
	ids           int
}

func (d data) clone() data {
	d.conversations = slices.Clone(d.conversations)
	d.turns = slices.Clone(d.turns)
	d.jobs = slices.Clone(d.jobs)
	d.holds = slices.Clone(d.holds)
	d.changes = slices.Clone(d.changes)
	d.alerts = slices.Clone(d.alerts)
	d.told = slices.Clone(d.told)
	d.codes = slices.Clone(d.codes)
	d.uses = slices.Clone(d.uses)
	d.asked = slices.Clone(d.asked)
	d.recordings = slices.Clone(d.recordings)
	d.consents = slices.Clone(d.consents)
	return d
}

// New makes an empty storage for a business.
func New(b *business.Business) *Storage { return &Storage{business: b} }

// InTx runs f; what it did is undone where it fails.
func (m *Storage) InTx(ctx context.Context, f func(context.Context, receptionist.Tx) error) error {
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
func (m *Storage) AddJob(j scheduling.Job) scheduling.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data.ids++
	j.ID, j.BusinessID = fmt.Sprintf("job_%d", m.data.ids), m.business.ID
	m.data.jobs = append(m.data.jobs, j)
	return j
}

// Jobs are all jobs.
func (m *Storage) Jobs() []scheduling.Job {
	return read(m, func(d *data) []scheduling.Job { return d.jobs })
}

// Holds are all holds that were not released.
func (m *Storage) Holds() []scheduling.Hold {
	return read(m, func(d *data) []scheduling.Hold { return d.holds })
}

// Changes are the texts owed about jobs, Alerts those to the people on call.
func (m *Storage) Changes() []Change { return read(m, func(d *data) []Change { return d.changes }) }

// Alerts are the alerts to the people on call.
func (m *Storage) Alerts() []Alert { return read(m, func(d *data) []Alert { return d.alerts }) }

// Told is what the owner is to be told at once.
func (m *Storage) Told() []Alert { return read(m, func(d *data) []Alert { return d.told }) }

// Asked are the numbers that are asked by text for an address.
func (m *Storage) Asked() []string { return read(m, func(d *data) []string { return d.asked }) }

// Codes are the codes to be texted.
func (m *Storage) Codes() []Code { return read(m, func(d *data) []Code { return d.codes }) }

// RecordingNotes are what callers said about the recording of their calls, in order.
func (m *Storage) RecordingNotes() []receptionist.RecordingNote {
	return read(m, func(d *data) []receptionist.RecordingNote { return d.recordings })
}

// Consents are the entries of the ledger of consents, in order.
func (m *Storage) Consents() []consent.Entry {
	return read(m, func(d *data) []consent.Entry { return d.consents })
}

// Conversations are all conversations.
func (m *Storage) Conversations() []receptionist.Conversation {
	return read(m, func(d *data) []receptionist.Conversation { return d.conversations })
}

// AllTurns are the turns of all conversations.
func (m *Storage) AllTurns() []receptionist.Turn {
	return read(m, func(d *data) []receptionist.Turn { return d.turns })
}

// ModelUses is what models were asked.
func (m *Storage) ModelUses() []model.Use {
	return read(m, func(d *data) []model.Use { return d.uses })
}

// ModelSpent adds up what models cost, in a conversation and since an instant.
func (m *Storage) ModelSpent(_ context.Context, _, conversationID string, since time.Time) (conversation, day model.Micros, err error) {
	for _, u := range m.ModelUses() {
		if u.ConversationID == conversationID {
			conversation += u.Cost
		}
		if !u.At.Before(since) {
			day += u.Cost
		}
	}
	return conversation, day, nil
}

// Reader reads what is committed, see receptionist.Reader.
func (m *Storage) Reader() receptionist.Reader { return reader{m} }

type reader struct{ m *Storage }

func (r reader) Business(context.Context, string) (*business.Business, error) {
	return r.m.business, nil
}

func (r reader) Conversation(_ context.Context, id string) (*receptionist.Conversation, error) {
	for _, c := range r.m.Conversations() {
		if c.ID == id {
			return &c, nil
		}
	}
	return nil, receptionist.ErrNoConversation
}

// JobsByPhone lists the jobs of a number that begin at or after an instant.
func (r reader) JobsByPhone(_ context.Context, _, phone string, from time.Time) ([]scheduling.Job, error) {
	return slices.DeleteFunc(r.m.Jobs(), func(j scheduling.Job) bool { return j.Customer.Phone != phone || j.Slot.Start.Before(from) }), nil
}

func read[T any](m *Storage, of func(*data) []T) []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(of(&m.data))
}

// HoldsInTx are the holds as FailCommit sees them.
func (m *Storage) HoldsInTx() []scheduling.Hold { return m.data.holds }

var _ receptionist.Storage = (*Storage)(nil)
