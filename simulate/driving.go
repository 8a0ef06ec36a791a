package simulate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/scheduling"
	"fixly/scheduling/travel"
)

// Driving compares what a shop drives whose driving is planned with what it drives where the first comes first: each
// customer gets the soonest time of those wished, and the first technician of the team with the skill who is free then.
// Unplanned stands between them: the receptionist's offers, without a thought of driving. All have the same customers, at
// the same moments, with the same wishes.
type Driving struct {
	Seed      uint64 `json:"seed"`
	Shops     int    `json:"shops"` // four weeks of each, with homes and customers of its own
	Customers int    `json:"customers"`
	FirstCome Course `json:"first_come"`
	Unplanned Course `json:"unplanned"`
	Planned   Course `json:"planned"`
}

// Course is how it went.
type Course struct {
	Jobs          int     `json:"jobs"`
	MinutesPerJob float64 `json:"minutes_per_job"` // driven, the ways from home and back included
	AsWished      int     `json:"as_wished"`       // jobs at a time that was wished
	HoursWaited   float64 `json:"hours_waited"`    // from the call to the visit, on average
}

// Saved is the part of the driving that planning it saves, in percent.
func (d *Driving) Saved() float64 {
	if d.FirstCome.MinutesPerJob == 0 {
		return 0
	}
	return 100 * (1 - d.Planned.MinutesPerJob/d.FirstCome.MinutesPerJob)
}

const (
	// drivenShops is how often the weeks are simulated: once alone, chance has more to say than planning.
	drivenShops = 8
	drivenDays  = 28
	// fullness is the part of the working time that is asked for: a shop with empty days drives from home and back whatever
	// it does, and one that is full has no choice.
	fullness = 0.75
	// placed is the part of the customers whose ZIP is known before times are offered: who has been a customer before, or
	// says it at once. The others tell their address after they chose a time.
	placed = 0.5
)

// ErrNoPlaces says that the driving of a shop can't be simulated: fewer than two of the ZIPs it goes to are known.
var ErrNoPlaces = errors.New("simulate: where the shop goes is not on the map")

// Drive simulates four weeks of customers of a shop, several times, without conversations. Technicians without a home live somewhere in the
// service area. The same business, seed and day give the same comparison.
func Drive(ctx context.Context, b *business.Business, seed uint64, from time.Time) (*Driving, error) {
	var zips []string
	for _, z := range b.ServiceArea.ZIPs {
		if _, known := travel.Locate(z); known {
			zips = append(zips, z)
		}
	}
	if len(zips) < 2 || len(bookable(b)) == 0 {
		return nil, ErrNoPlaces
	}
	out := &Driving{Seed: seed, Shops: drivenShops}
	var first, unplanned, planned tour
	for n := range drivenShops {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		shop := b.Clone()
		shop.ID = shopID
		for i := range shop.Team {
			if shop.Team[i].HomeZIP() == "" {
				shop.Team[i].Home = pick(r, zips)
			}
		}
		customers := newCustomers(r, shop, zips, from)
		out.Customers += len(customers)
		for _, course := range []struct {
			tour *tour
			book func(context.Context, receptionist.Tx, *business.Business, customer) (*scheduling.Job, error)
			plan bool
		}{{&first, firstCome, false}, {&unplanned, asOffered, false}, {&planned, asOffered, true}} {
			shop.Scheduling.PlanDriving = course.plan
			if err := course.tour.through(ctx, shop, customers, course.book); err != nil {
				return nil, err
			}
		}
	}
	out.FirstCome, out.Unplanned, out.Planned = first.course(), unplanned.course(), planned.course()
	return out, nil
}

// customer is somebody who wants a visit.
type customer struct {
	at      time.Time // of the call
	service string
	zip     string
	placed  bool                  // the ZIP is known before times are offered
	second  bool                  // takes the second of two offers
	wish    []scheduling.Interval // empty: as soon as can be
}

// newCustomers draws those of the weeks, in the order in which they call.
func newCustomers(r *rand.Rand, b *business.Business, zips []string, from time.Time) []customer {
	var work time.Duration // that there is room for
	for d := range drivenDays {
		for _, open := range b.OpenOn(from.In(b.Location()).AddDate(0, 0, d)) {
			work += open.To.Sub(open.From) * time.Duration(len(b.Team))
		}
	}
	var out []customer
	for asked := time.Duration(0); asked < time.Duration(fullness*float64(work)); {
		s := pick(r, bookable(b))
		asked += s.Duration.Std() + b.Scheduling.TravelBuffer.Std()
		c := customer{service: s.Name, zip: pick(r, zips), placed: chance(r, placed), second: chance(r, 0.5), at: from}
		for !b.IsOpen(c.at) && !chance(r, 0.05) {
			c.at = from.Add(time.Duration(r.IntN(drivenDays*24*60)) * time.Minute)
		}
		c.wish = aWish(r, b, c.at)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b customer) int { return a.at.Compare(b.at) })
	return out
}

// aWish is none for a third of the customers, a day of the coming week for another, and half of such a day for the rest.
func aWish(r *rand.Rand, b *business.Business, now time.Time) []scheduling.Interval {
	now = now.In(b.Location())
	kind := r.IntN(3)
	for range 20 {
		day := time.Date(now.Year(), now.Month(), now.Day()+1+r.IntN(6), 0, 0, 0, 0, b.Location())
		open := b.OpenOn(day)
		if kind == 0 || len(open) == 0 {
			continue
		}
		whole := scheduling.Interval{From: day, To: day.AddDate(0, 0, 1)}
		noon := day.Add(12 * time.Hour)
		switch {
		case kind == 1:
		case chance(r, 0.5) && open[0].From.Before(noon):
			whole.To = noon
		default:
			whole.From = noon
		}
		return []scheduling.Interval{whole}
	}
	return nil
}

// tour is what was booked and driven.
type tour struct {
	jobs, asWished  int
	driven, waiting time.Duration
}

func (t *tour) course() Course {
	if t.jobs == 0 {
		return Course{}
	}
	n := float64(t.jobs)
	return Course{Jobs: t.jobs, MinutesPerJob: t.driven.Minutes() / n, AsWished: t.asWished, HoursWaited: t.waiting.Hours() / n}
}

// through books customers into an empty calendar and counts what is driven on its days.
func (t *tour) through(ctx context.Context, b *business.Business, customers []customer, book func(context.Context, receptionist.Tx, *business.Business, customer) (*scheduling.Job, error)) error {
	m := memory.New(b)
	for _, c := range customers {
		err := m.InTx(ctx, func(ctx context.Context, tx receptionist.Tx) error {
			j, err := book(ctx, tx, b, c)
			if err != nil || j == nil {
				return err
			}
			t.jobs++
			t.waiting += j.Slot.Start.Sub(c.at)
			if len(c.wish) == 0 || c.wish[0].Contains(j.Slot.Start) {
				t.asWished++
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("simulate the driving: %w", err)
		}
	}
	t.driven += drivenFor(b, m.Jobs())
	return nil
}

// asOffered books as the receptionist does: one of two offers, and who goes is decided once the address is known.
func asOffered(ctx context.Context, tx receptionist.Tx, b *business.Business, c customer) (*scheduling.Job, error) {
	s := scheduling.New(clock.NewManual(c.at), nil)
	q := scheduling.Query{Service: c.service, Wanted: c.wish, Limit: 2, Holder: "customer"}
	if c.placed {
		q.ZIP = c.zip
	}
	offered, err := s.Offers(ctx, tx, b, q)
	if err != nil || len(offered.Slots) == 0 {
		return nil, err
	}
	slot := offered.Slots[0]
	if c.second {
		slot = offered.Slots[len(offered.Slots)-1]
	}
	return s.Book(ctx, tx, b, c.request(slot.Start, "", "customer"))
}

// firstCome books the soonest time, in the wish where that is open, with the first of the team who can.
func firstCome(ctx context.Context, tx receptionist.Tx, b *business.Business, c customer) (*scheduling.Job, error) {
	s := scheduling.New(clock.NewManual(c.at), nil)
	q := scheduling.Query{Service: c.service, Wanted: c.wish, Limit: 1}
	soonest, err := s.Availability(ctx, tx, b, q)
	if err == nil && len(soonest) == 0 && len(c.wish) > 0 {
		q.Wanted, q.From = nil, c.wish[0].From
		soonest, err = s.Availability(ctx, tx, b, q)
	}
	if err != nil || len(soonest) == 0 {
		return nil, err
	}
	start := soonest[0].Start
	for _, m := range b.Skilled(b.Service(c.service)) {
		q := scheduling.Query{Service: c.service, Technician: m.Name, From: start, To: start.Add(time.Minute)}
		if free, err := s.Availability(ctx, tx, b, q); err != nil || len(free) > 0 {
			if err != nil {
				return nil, err
			}
			return s.Book(ctx, tx, b, c.request(start, m.Name, ""))
		}
	}
	return nil, nil
}

func (c customer) request(start time.Time, technician, holder string) scheduling.BookRequest {
	return scheduling.BookRequest{
		Service: c.service, Start: start, Technician: technician, Holder: holder, Customer: contact.Customer{Phone: "+13125550142"},
		Address: contact.Address{ZIP: c.zip}, Source: scheduling.FromCall, WithoutAlternatives: true,
	}
}

// drivenFor is how long the technicians drive for jobs, each day from home, from one to the next, and home again.
func drivenFor(b *business.Business, jobs []scheduling.Job) time.Duration {
	slices.SortFunc(jobs, func(x, y scheduling.Job) int { return x.Slot.Start.Compare(y.Slot.Start) })
	sum := time.Duration(0)
	for i := range b.Team {
		at, day := b.Team[i].HomeZIP(), ""
		to := func(zip string) {
			drive, _ := travel.Drive(at, zip)
			sum, at = sum+drive, zip
		}
		for _, j := range jobs {
			if j.Slot.Technician != b.Team[i].Name {
				continue
			}
			if date := j.Slot.Start.In(b.Location()).Format(time.DateOnly); date != day {
				if day != "" {
					to(b.Team[i].HomeZIP())
				}
				day = date
			}
			to(j.Address.ZIP)
		}
		if day != "" {
			to(b.Team[i].HomeZIP())
		}
	}
	return sum
}

// Write writes the comparison as text.
func (d *Driving) Write(w io.Writer) {
	fmt.Fprintf(w, "\n%-28s %6s %12s %10s %8s\n", fmt.Sprintf("driving (seed %d)", d.Seed), "jobs", "minutes each", "as wished", "waited")
	for _, c := range []struct {
		of string
		Course
	}{{"first come, first served", d.FirstCome}, {"offered, unplanned", d.Unplanned}, {"offered, planned", d.Planned}} {
		fmt.Fprintf(w, "  %-26s %6d %12.1f %8.1f %% %6.1f h\n", c.of, c.Jobs, c.MinutesPerJob, percent(c.AsWished, c.Jobs), c.HoursWaited)
	}
	fmt.Fprintf(w, "  planned: %.1f %% less driving than first come, first served\n", d.Saved())
}
