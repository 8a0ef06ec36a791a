package builtin_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/store"
	"fixly/store/storetest"
)

func TestWhatIsWrongWithABlock(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(monday), func(t *testing.T, db *store.DB) {
		shop := newShop(t, db, 1)
		hour := time.Hour
		for _, c := range []struct {
			name, title, technician string
			length                  time.Duration
			weeks                   int
			field                   string // empty: it is right
		}{
			{"an hour of everybody's", "", "", hour, 1, ""},
			{"of one's", "Dentist", shop.Team[0].Name, hour, 1, ""},
			{"of a stranger's", "", "Nobody", hour, 1, "technician"},
			{"no time at all", "", "", 0, 1, "ends_at"},
			{"backwards", "", "", -hour, 1, "ends_at"},
			{"more than a year", "", "", 367 * 24 * hour, 1, "ends_at"},
			{"a long title", strings.Repeat("é", 101), "", hour, 1, "title"},
			{"a title of two lines", "a\nb", "", hour, 1, "title"},
			{"whole days that begin at ten", "all day", "", 24 * hour, 1, "all_day"},
			{"never", "", "", hour, 0, "weeks"},
			{"for ever", "", "", hour, 105, "weeks"},
			{"every week for more than a week", "", "", 8 * 24 * hour, 2, "weeks"},
		} {
			b := builtin.Block{Technician: c.technician, Event: calendar.Event{Title: c.title, Start: monday, End: monday.Add(c.length), AllDay: c.title == "all day"}}
			var wrong *builtin.Wrong
			err := db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				added, err := builtin.Add(ctx, tx, shop, b, c.weeks)
				if err == nil && c.title == "" && added.Title != "Blocked" {
					t.Errorf("%s is called %q", c.name, added.Title)
				}
				return err
			})
			if c.field == "" && err != nil || c.field != "" && (!errors.As(err, &wrong) || wrong.Field != c.field) {
				t.Errorf("%s: %v, want something wrong with %q", c.name, err, c.field)
			}
		}
		err := db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return builtin.Remove(ctx, tx, shop, "blk_none", false) })
		if !errors.Is(err, builtin.ErrNoBlock) {
			t.Errorf("removing what is not there: %v", err)
		}
	})
}

// day is a shop whose jobs and blocks lie within three days, so that they are often in each other's way.
type day struct {
	t    *rapid.T
	db   *store.DB
	shop *business.Business
	jobs []*scheduling.Job
}

func (d *day) in(f func(ctx context.Context, tx *store.Tx) error) {
	if err := d.db.InTx(context.Background(), f); err != nil {
		d.t.Fatal(err)
	}
}

func (d *day) start() time.Time {
	return monday.Add(time.Duration(rapid.IntRange(0, 3*96).Draw(d.t, "start")) * 15 * time.Minute)
}

func (d *day) who() string {
	return rapid.SampledFrom([]string{"", d.shop.Team[0].Name, d.shop.Team[1].Name}).Draw(d.t, "who")
}

func (d *day) block() builtin.Block {
	start := d.start()
	return builtin.Block{Technician: d.who(), Event: calendar.Event{
		Title: "Van", Start: start, End: start.Add(time.Duration(rapid.IntRange(1, 40).Draw(d.t, "quarters")) * 15 * time.Minute),
	}}
}

// blocks are what the calendar holds.
func (d *day) blocks() []builtin.Block {
	all, err := d.db.Blocks(context.Background(), d.shop.ID, time.Time{}, time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func inTheWay(b *builtin.Block, j *scheduling.Job) bool {
	return j.Live() && (b.Technician == "" || b.Technician == j.Slot.Technician) && b.Start.Before(j.Slot.End) && j.Slot.Start.Before(b.End)
}

// check: exactly what is in the way of a job is to be settled, and exactly the blocks keep people busy.
func (d *day) check() {
	var want, got []string
	blocks := d.blocks()
	for i := range blocks {
		for _, j := range d.jobs {
			if inTheWay(&blocks[i], j) {
				want = append(want, blocks[i].ID+" "+j.ID)
			}
		}
	}
	troubles, err := d.db.Troubles(context.Background(), d.shop.ID, "")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, x := range troubles {
		if x.Kind != calendar.Overlap || x.CalendarID != builtin.Name {
			d.t.Fatalf("trouble %+v", x)
		}
		got = append(got, x.EventID+" "+x.JobID)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		d.t.Fatalf("to be settled: %v, want %v", got, want)
	}
	busy, err := d.db.Busy(context.Background(), d.shop.ID, monday.AddDate(0, 0, -1), monday.AddDate(1, 0, 0), monday, "", "")
	if err != nil {
		d.t.Fatal(err)
	}
	live := 0
	for _, j := range d.jobs {
		if j.Live() {
			live++
		}
	}
	if len(busy) != len(blocks)+live {
		d.t.Fatalf("%d busy times of %d blocks and %d jobs", len(busy), len(blocks), live)
	}
}

func TestBlocksAndJobsInEachOthersWay(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(monday), func(t *testing.T, db *store.DB) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			d := &day{t: r, db: db, shop: newShop(t, db, round)}
			for i := range 3 {
				start := monday.Add(time.Duration(24*i) * time.Hour)
				j := &scheduling.Job{
					BusinessID: d.shop.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Customer: contact.Customer{Phone: fmt.Sprintf("+1312556000%d", i)},
					Slot: scheduling.Slot{Technician: d.shop.Team[i%2].Name, Start: start, End: start.Add(3 * time.Hour)}, BusyUntil: start.Add(4 * time.Hour),
				}
				d.in(func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
				d.jobs = append(d.jobs, j)
			}
			pick := func() (builtin.Block, bool) {
				all := d.blocks()
				if len(all) == 0 {
					return builtin.Block{}, false
				}
				return all[rapid.IntRange(0, len(all)-1).Draw(r, "block")], true
			}
			r.Repeat(map[string]func(*rapid.T){
				"add": func(*rapid.T) {
					b, weeks := d.block(), rapid.IntRange(1, 3).Draw(r, "weeks")
					before := len(d.blocks())
					d.in(func(ctx context.Context, tx *store.Tx) error {
						_, err := builtin.Add(ctx, tx, d.shop, b, weeks)
						return err
					})
					if after := len(d.blocks()); after != before+weeks {
						r.Fatalf("%d blocks, then %d, after adding one for %d weeks", before, after, weeks)
					}
				},
				"change": func(*rapid.T) {
					was, ok := pick()
					if !ok {
						r.Skip()
					}
					b := d.block()
					b.ID = was.ID
					d.in(func(ctx context.Context, tx *store.Tx) error { return builtin.Change(ctx, tx, d.shop, b) })
					got, err := d.db.Block(context.Background(), d.shop.ID, b.ID)
					if err != nil || !got.Start.Equal(b.Start) || !got.End.Equal(b.End) || got.Technician != b.Technician {
						r.Fatalf("changed to %+v: %+v, %v", b, got, err)
					}
				},
				"remove": func(*rapid.T) {
					b, ok := pick()
					if !ok {
						r.Skip()
					}
					rest := rapid.Bool().Draw(r, "rest")
					d.in(func(ctx context.Context, tx *store.Tx) error { return builtin.Remove(ctx, tx, d.shop, b.ID, rest) })
					for _, left := range d.blocks() {
						if left.ID == b.ID || rest && b.Series != "" && left.Series == b.Series && !left.Start.Before(b.Start) {
							r.Fatalf("removed %+v, and %+v is left", b, left)
						}
					}
				},
				"move or cancel a job": func(*rapid.T) {
					j := *d.jobs[rapid.IntRange(0, len(d.jobs)-1).Draw(r, "job")]
					if rapid.IntRange(0, 3).Draw(r, "cancel") == 0 {
						j.Status = scheduling.StatusCancelled
					}
					start := d.start()
					j.Slot.Start, j.Slot.End, j.BusyUntil = start, start.Add(3*time.Hour), start.Add(4*time.Hour)
					for _, b := range d.blocks() { // the scheduler would not
						if inTheWay(&b, &j) {
							r.Skip()
						}
					}
					err := d.db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
						if err := tx.UpdateJob(ctx, &j); err != nil {
							return err
						}
						return builtin.JobMoved(ctx, tx, &j)
					})
					if errors.Is(err, scheduling.ErrTaken) || errors.Is(err, scheduling.ErrNotLive) {
						r.Skip()
					}
					if err != nil {
						r.Fatal(err)
					}
					for i := range d.jobs {
						if d.jobs[i].ID == j.ID {
							d.jobs[i] = &j
						}
					}
				},
				"": func(*rapid.T) { d.check() },
			})
		})
	})
}
