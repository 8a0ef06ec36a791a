package mirror_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/mirror"
	"fixly/store"
	"fixly/store/storetest"
)

// monday is ten o'clock in Chicago.
var monday = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

// desk is the demo's shop with one calendar: Luis's own, which is read and written.
type desk struct {
	t         testing.TB
	db        *store.DB
	clock     *clock.Manual // nil where the time runs on
	b         *business.Business
	mirror    *mirror.Mirror
	scheduler *scheduling.Scheduler
	memory    *calendartest.Memory
	hand      *calendartest.MemoryHand
	cal       calendar.Connected
	said      *spy
	wrapped   func(calendar.Calendars) calendar.Calendars
}

// in is the provider of a calendar in memory, which a test may wrap.
type in struct {
	m    *calendartest.Memory
	wrap *func(calendar.Calendars) calendar.Calendars
}

func (in) Name() string  { return "memory" }
func (in) Title() string { return "Memory Calendar" }
func (p in) Open(calendar.Account, func(context.Context, []byte) error) (calendar.Calendars, error) {
	if *p.wrap != nil {
		return (*p.wrap)(p.m), nil
	}
	return p.m, nil
}

// spy notes what a committed transaction would have people told.
type spy struct {
	mirror.Storage
	mu      sync.Mutex
	offered []string // "why job"
	told    []string // texts to the owner
}

type spyTx struct {
	mirror.Tx
	offered, told []string
}

func (s *spy) InTx(ctx context.Context, f func(context.Context, mirror.Tx) error) error {
	var last *spyTx
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx mirror.Tx) error {
		last = &spyTx{Tx: tx}
		return f(ctx, last)
	})
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.offered, s.told = append(s.offered, last.offered...), append(s.told, last.told...)
	}
	return err
}

func (tx *spyTx) OfferChange(_ context.Context, j *scheduling.Job, why string, _ ...time.Time) error {
	tx.offered = append(tx.offered, why+" "+j.ID)
	return nil
}

func (tx *spyTx) NoticeOwner(_ context.Context, _, _, text string) error {
	tx.told = append(tx.told, text)
	return nil
}

// take gives what was offered and told since the last time.
func (s *spy) take() (offered, told []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	offered, told = s.offered, s.told
	s.offered, s.told = nil, nil
	return offered, told
}

func run(t *testing.T, test func(d *desk)) {
	t.Helper()
	c := clock.NewManual(monday)
	storetest.Each(t, func(t *testing.T, address string) {
		c.Advance(monday.Sub(c.Now()))
		test(open(t, storetest.Open(t, address, c), c))
	})
}

func open(t testing.TB, db *store.DB, c *clock.Manual) *desk {
	t.Helper()
	d := openAt(t, db, c)
	d.clock = c
	return d
}

func openAt(t testing.TB, db *store.DB, c clock.Clock) *desk {
	t.Helper()
	if err := db.SaveBusiness(t.Context(), demo.Business()); err != nil {
		t.Fatal(err)
	}
	b, err := db.BusinessBySlug(t.Context(), demo.Slug)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, b: b, memory: calendartest.NewMemory(b.Location())}
	d.hand = d.memory.Hand()
	d.said = &spy{Storage: db.Mirror()}
	d.mirror = mirror.New(mirror.Options{
		Storage: d.said, Reader: db, Providers: []calendar.Provider{in{d.memory, &d.wrapped}}, Clock: c, Log: slog.New(slog.DiscardHandler),
		PublicURL: "http://127.0.0.1:8080",
	})
	d.scheduler = scheduling.New(c, d.mirror)
	account := calendar.Account{BusinessID: b.ID, Technician: "Luis Ortega", Provider: "memory", Name: "luis@example.com", State: calendar.Good}
	d.inTx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertCalendarAccount(ctx, &account); err != nil {
			return err
		}
		d.cal = calendar.Connected{
			AccountID: account.ID, BusinessID: b.ID, Technician: account.Technician, Provider: "memory", Remote: calendartest.MemoryID,
			Name: "Luis", Reads: true, Writes: true,
		}
		return tx.InsertCalendar(ctx, &d.cal)
	})
	return d
}

func (d *desk) inTx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(context.Background(), f); err != nil {
		d.t.Fatal(err)
	}
}

// at is a time of the shop, such as "tue 9:30" of the week of monday.
func (d *desk) at(s string) time.Time {
	d.t.Helper()
	day, hour, _ := strings.Cut(s, " ")
	days := []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	t, err := time.ParseInLocation("15:04", hour, d.b.Location())
	i := slices.Index(days, day)
	if err != nil || i < 0 {
		d.t.Fatalf("no time: %q", s)
	}
	return time.Date(2026, 11, 23+i, t.Hour(), t.Minute(), 0, 0, d.b.Location())
}

// book books Luis, who then has the job until it is written out.
func (d *desk) book(at string) *scheduling.Job {
	d.t.Helper()
	j, err := d.tryToBook(at)
	if err != nil {
		d.t.Fatalf("book %s: %v", at, err)
	}
	return j
}

func (d *desk) tryToBook(at string) (j *scheduling.Job, err error) {
	err = d.scheduler.Fresh(context.Background(), func(ctx context.Context) error {
		return d.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			var err error
			j, err = d.scheduler.Book(ctx, tx, d.b, scheduling.BookRequest{
				Service: "Drain cleaning", Start: d.at(at), Technician: "Luis Ortega",
				Customer: contact.Customer{Name: "Karen Whitfield", Phone: "+13125550142"}, Source: scheduling.FromCall,
			})
			return err
		})
	})
	return j, err
}

// wrap puts something between the mirror and the calendar.
func (d *desk) wrap(with func(calendar.Calendars) calendar.Calendars) {
	d.wrapped = with
	d.mirror = mirror.New(d.mirror.Options) // which opens it anew
	d.scheduler = scheduling.New(d.clock, d.mirror)
}

// move moves a job as a customer does.
func (d *desk) move(j *scheduling.Job, at string) {
	d.t.Helper()
	d.inTx(func(ctx context.Context, tx *store.Tx) error {
		_, err := scheduling.New(d.clock, nil).Move(ctx, tx, d.b, scheduling.MoveRequest{Job: j.ID, Start: d.at(at)})
		return err
	})
}

func (d *desk) write(j *scheduling.Job) {
	d.t.Helper()
	if err := d.mirror.Write(context.Background(), d.b.ID, j.ID); err != nil {
		d.t.Fatalf("write job %s: %v", j.ID, err)
	}
}

func (d *desk) connected() *calendar.Connected {
	d.t.Helper()
	c, err := d.db.Calendar(context.Background(), d.cal.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *desk) read() {
	d.t.Helper()
	if err := d.mirror.Read(context.Background(), d.cal.ID); err != nil {
		d.t.Fatalf("read: %v", err)
	}
}

func (d *desk) job(id string) *scheduling.Job {
	d.t.Helper()
	j, err := d.db.Job(context.Background(), d.b.ID, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return j
}

// events are those of a job in the outside calendar.
func (d *desk) events(job string) []calendar.Event {
	d.t.Helper()
	copied := calendartest.NewCopy(d.memory, calendartest.MemoryID, calendar.Window{From: monday.AddDate(0, -1, 0), To: monday.AddDate(1, 0, 0)})
	copied.Pull(d.t)
	return copied.Of(job)
}

func (d *desk) event(job string) calendar.Event {
	d.t.Helper()
	all := d.events(job)
	if len(all) != 1 {
		d.t.Fatalf("job %s has %d events: %v", job, len(all), all)
	}
	return all[0]
}

// open says whether Luis can be booked at a time.
func (d *desk) open(at string) bool {
	d.t.Helper()
	slots, err := d.scheduler.Availability(context.Background(), d.db, d.b, scheduling.Query{
		Service: "Drain cleaning", Technician: "Luis Ortega", From: d.at(at), To: d.at(at).Add(time.Minute),
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return len(slots) > 0
}

func (d *desk) troubles() []string {
	d.t.Helper()
	all, err := d.db.Troubles(context.Background(), d.b.ID, "")
	if err != nil {
		d.t.Fatal(err)
	}
	out := []string{}
	for _, t := range all {
		out = append(out, fmt.Sprintf("%s %s", t.Kind, t.Title))
	}
	return out
}

// said wants exactly these offers, and each of these words in one text to the owner.
func (d *desk) wantSaid(offered []string, told ...string) {
	d.t.Helper()
	gotOffered, gotTold := d.said.take()
	if !slices.Equal(gotOffered, offered) {
		d.t.Errorf("offered %q, want %q", gotOffered, offered)
	}
	if len(told) == 0 && len(gotTold) > 0 || len(told) > 0 && len(gotTold) != 1 {
		d.t.Errorf("the owner was told %q", gotTold)
		return
	}
	for _, w := range told {
		if !strings.Contains(gotTold[0], w) {
			d.t.Errorf("the owner was told %q, which lacks %q", gotTold[0], w)
		}
	}
}

func (d *desk) appointment(title, at string, lasting time.Duration) calendartest.Appointment {
	return calendartest.Appointment{Title: title, Start: d.at(at), End: d.at(at).Add(lasting)}
}

func wantTaken(t testing.TB, what string, err error) {
	t.Helper()
	var refused *scheduling.Refusal
	if !errors.As(err, &refused) || refused.Reason != scheduling.Full || len(refused.Alternatives) == 0 {
		t.Fatalf("%s: %v, want a refusal because everyone is busy, with alternatives", what, err)
	}
}
