package simulate

import (
	"math/rand/v2"
	"slices"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/receptionist/memory"
	"fixly/scheduling"
)

// shopID is the id of the business while it is simulated.
const shopID = "shop"

// moment draws when a call comes in, within four weeks of from: mostly while the shop is open, now and then in the
// evening, at night and on closed days.
func moment(r *rand.Rand, b *business.Business, from time.Time) time.Time {
	from = from.In(b.Location())
	for range 200 {
		day := time.Date(from.Year(), from.Month(), from.Day()+r.IntN(28), 0, 0, 0, 0, b.Location())
		at := day.Add(time.Duration(r.IntN(24*60)) * time.Minute)
		if at.Before(from) {
			continue
		}
		if b.IsOpen(at) || chance(r, 0.12) {
			return at
		}
	}
	return from
}

// fill books others into the calendar: a part of the open times of the coming weeks, more of the near ones.
func fill(r *rand.Rand, p *people, b *business.Business, m *memory.Storage, now time.Time) []scheduling.Job {
	var out []scheduling.Job
	full := 0.1 + 0.6*r.Float64()
	for d := range 21 {
		day := now.AddDate(0, 0, d)
		share := full * (1 - float64(d)/28)
		for _, open := range b.OpenOn(day) {
			for _, t := range b.Team {
				for at := open.From; at.Before(open.To); {
					s := serviceFor(r, b, t.Name)
					if s == nil {
						break
					}
					end := at.Add(s.Duration.Std())
					if end.After(open.To) {
						break
					}
					if at.After(now) && chance(r, share) {
						f := newFacts(r, p, b)
						out = append(out, m.AddJob(jobAt(b, s, t.Name, at, f)))
					}
					at = end.Add(b.Scheduling.TravelBuffer.Std()).Truncate(30 * time.Minute).Add(30 * time.Minute)
				}
			}
		}
	}
	return out
}

func serviceFor(r *rand.Rand, b *business.Business, technician string) *business.Service {
	var can []*business.Service
	for _, s := range bookable(b) {
		if slices.ContainsFunc(b.Skilled(s), func(m business.Member) bool { return m.Name == technician }) {
			can = append(can, s)
		}
	}
	if len(can) == 0 {
		return nil
	}
	return pick(r, can)
}

func jobAt(b *business.Business, s *business.Service, technician string, at time.Time, f facts) scheduling.Job {
	slot := scheduling.Slot{Technician: technician, Start: at, End: at.Add(s.Duration.Std())}
	return scheduling.Job{
		Status: scheduling.StatusBooked, Service: s.Name, Urgency: scheduling.Routine, Slot: slot,
		BusyUntil: slot.End.Add(b.Scheduling.TravelBuffer.Std()), WindowEnd: scheduling.Window(b, slot).To,
		Customer: contact.Customer{Name: f.name(), Phone: f.Phone}, Address: f.address(b), Source: scheduling.FromCall,
	}
}

// bookOwn books a visit for the caller before the call, at the first time that is free a day or more ahead; nil where
// there is none.
func bookOwn(r *rand.Rand, b *business.Business, m *memory.Storage, now time.Time, f facts) *scheduling.Job {
	service := pick(r, bookable(b))
	var busy []scheduling.Busy
	for _, j := range m.Jobs() {
		busy = append(busy, scheduling.Busy{Technician: j.Slot.Technician, From: j.Slot.Start, To: j.BusyUntil})
	}
	from := now.AddDate(0, 0, 1+r.IntN(4))
	o := scheduling.Offers(b, busy, now, scheduling.Query{Service: service.Name, From: from})
	if len(o.Slots) == 0 {
		return nil
	}
	slot := o.Slots[0]
	j := m.AddJob(jobAt(b, service, slot.Technician, slot.Start, f))
	return &j
}

// wishOpen says whether a wish could have been met when the call came in.
func (c *caller) wishOpen(before []scheduling.Job, service string) bool {
	if len(c.wish.accept) == 0 {
		return true
	}
	var busy []scheduling.Busy
	for _, j := range before {
		busy = append(busy, scheduling.Busy{Technician: j.Slot.Technician, From: j.Slot.Start, To: j.BusyUntil})
	}
	o := scheduling.Offers(c.b, busy, c.now, scheduling.Query{Service: service, Wanted: c.wish.accept})
	return o.Refusal == nil
}
