package month

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/simulate"
)

// Options say what is played.
type Options struct {
	Business *business.Business
	Seed     uint64
	From     time.Time // the month begins with this day
	Days     int       // how many; less than one: thirty
	Assume   []Assumption
	Policies []Policy
	// NewServer makes a server for a shop on an empty database, whose clock the month moves and whose carrier it plays.
	NewServer func(ctx context.Context, shop *business.Business, c clock.Clock, carrier http.RoundTripper) (Server, error)
	// Progress, where set, is told which policy is being played.
	Progress func(policy string)
}

const usualDays = 30

// month is a month under one policy, while it is played.
type month struct {
	Options
	ctx    context.Context
	policy Policy
	shop   *business.Business
	line   business.Line
	values map[string]float64

	server   Server
	clock    *clock.Manual
	from     time.Time
	end      time.Time
	r        *rand.Rand
	callers  *simulate.Callers
	carrier  *carrier
	coming   events
	arranged int
	sids     int

	customers []*customer
	phones    map[string]*customer
	people    map[string]*person

	byPeople, attempts int
	rung               []rung
	spentTime          time.Duration
	complaints         map[string]int // errors of durable jobs
}

// Run plays the month under each policy. The same options give the same report. It ends early when ctx does, with its
// error.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Business == nil || o.NewServer == nil {
		return nil, errors.New("month: a business and a server are needed")
	}
	if o.Days < 1 {
		o.Days = usualDays
	}
	if len(o.Assume) == 0 {
		o.Assume = Defaults()
	}
	if len(o.Policies) == 0 {
		o.Policies = Policies()
	}
	r := &Report{Business: o.Business.Profile.Name, Seed: o.Seed, Days: o.Days, Assumed: o.Assume}
	for _, p := range o.Policies {
		if o.Progress != nil {
			o.Progress(p.Name)
		}
		result, err := play(ctx, o, p)
		if err != nil {
			return nil, fmt.Errorf("month: %s: %w", p.Name, err)
		}
		r.Results = append(r.Results, *result)
	}
	return r, nil
}

// play plays the month under a policy.
func play(ctx context.Context, o Options, p Policy) (_ *Result, err error) {
	m := &month{
		Options: o, ctx: ctx, policy: p, shop: p.shop(o.Business), values: map[string]float64{},
		r: rand.New(rand.NewPCG(o.Seed, 1)), phones: map[string]*customer{}, people: map[string]*person{}, complaints: map[string]int{},
	}
	m.line = m.shop.Lines[0]
	for _, a := range o.Assume {
		m.values[a.Name] = a.Value
	}
	day := o.From.In(m.shop.Location())
	m.from = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
	m.end = m.from.AddDate(0, 0, o.Days)
	m.clock = clock.NewManual(m.from)
	if m.callers, err = simulate.NewCallers(m.shop); err != nil {
		return nil, err
	}
	m.carrier = &carrier{m: m, free: map[string]time.Time{}}
	m.outages()
	if m.server, err = o.NewServer(ctx, m.shop, m.clock, m.carrier); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.server.Close(context.WithoutCancel(ctx))) }()
	m.arrivals()
	m.after(5*time.Minute, m.lookAtQueue)
	if err := m.play(); err != nil {
		return nil, err
	}
	return m.judge()
}

// play goes from one event, or durable job, to the next until the month is over.
func (m *month) play() error {
	for m.ctx.Err() == nil {
		due, ok := m.server.Next()
		if !ok || due.After(m.end) {
			due = m.end
		}
		if e, ok := m.next(due.Add(time.Nanosecond)); ok {
			m.moveTo(e.at)
			if err := e.do(); err != nil {
				return err
			}
			continue
		}
		if !due.Before(m.end) {
			break
		}
		m.moveTo(due)
		if _, err := m.server.Work(m.ctx); err != nil {
			m.complains(err)
		}
	}
	return m.ctx.Err()
}

// moveTo moves the clock to an instant, never back.
func (m *month) moveTo(t time.Time) {
	if d := t.Sub(m.clock.Now()); d > 0 {
		m.clock.Advance(d)
	}
}

// complains counts an error of a durable job by what it says, without what changes from one to the next.
func (m *month) complains(err error) {
	what, _, _ := strings.Cut(err.Error(), "{")
	if i := strings.LastIndex(err.Error(), "}: "); i >= 0 {
		what += "…: " + err.Error()[i+len("}: "):]
	}
	m.complaints[what]++
}

// arrivals draws who calls when. They are the same under every policy.
func (m *month) arrivals() {
	r := rand.New(rand.NewPCG(m.Seed, 2))
	perDay, closed := m.assumed(callsPerDay), m.assumed(closedShare)
	for d := range m.Days {
		day := m.from.AddDate(0, 0, d)
		minutes := map[bool][]time.Time{}
		for q := range 24 * 12 {
			at := time.Date(day.Year(), day.Month(), day.Day(), 0, 5*q, 0, 0, day.Location())
			if hour := at.Hour(); hour >= 6 && hour < 23 || m.shop.IsOpen(at) || q%12 == 0 {
				minutes[m.shop.IsOpen(at)] = append(minutes[m.shop.IsOpen(at)], at)
			}
		}
		for _, open := range []bool{true, false} {
			share := closed
			if open {
				share = 1 - closed
			}
			if len(minutes[open]) == 0 {
				continue
			}
			for range poisson(r, perDay*share) {
				at := minutes[open][r.IntN(len(minutes[open]))].Add(time.Duration(r.IntN(300)) * time.Second)
				seed := r.Uint64()
				m.at(at, func() error { return m.arrives(seed) })
			}
		}
	}
}

// arrives is somebody calling for the first time.
func (m *month) arrives(seed uint64) error {
	c := &customer{who: m.callers.Draw(rand.New(rand.NewPCG(seed, 3)), m.clock.Now())}
	if earlier := m.phones[c.reach()]; c.reach() != "" && earlier != nil {
		return nil // the number is somebody else's
	}
	m.customers = append(m.customers, c)
	if c.reach() != "" {
		m.phones[c.reach()] = c
	}
	return m.calls(c)
}

// outages draws when the carrier is away.
func (m *month) outages() {
	r := rand.New(rand.NewPCG(m.Seed, 4))
	for range int(m.assumed(outages)) {
		at := m.from.Add(time.Duration(r.Float64() * float64(m.end.Sub(m.from))))
		m.carrier.away = append(m.carrier.away, span{at, at.Add(m.minutes(outageMinutes))})
	}
}

func (m *month) newSID() string {
	m.sids++
	return fmt.Sprintf("CA%032x", m.sids)
}

// poisson draws how many of something there are where so many are expected.
func poisson(r *rand.Rand, expected float64) int {
	n := 0
	for p := r.Float64(); p > math.Exp(-expected); n++ {
		p *= r.Float64()
	}
	return n
}
