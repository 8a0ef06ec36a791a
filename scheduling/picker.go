package scheduling

import (
	"slices"
	"time"
)

// picker chooses a few slots to offer out of many.
type picker struct {
	*search
	limit  int
	chosen []Slot
}

// apartToSpread is how far two offers of one day lie apart where the day allows it: one in its first half, one in
// its second.
const apartToSpread = 4 * time.Hour

// spread takes from each group in turn until it has enough.
func (p *picker) spread(groups [][]Slot) []Slot {
	byGroup := make([][]Slot, len(groups))
	for more := true; more && len(p.chosen) < p.limit; {
		more = false
		for i, g := range groups {
			if len(p.chosen) == p.limit {
				break
			}
			if slot, ok := p.nextOf(g, byGroup[i]); ok {
				p.chosen = append(p.chosen, slot)
				byGroup[i] = append(byGroup[i], slot)
				more = true
			}
		}
	}
	var out []Slot
	for _, g := range byGroup {
		slices.SortFunc(g, bySoonest)
		out = append(out, g...)
	}
	return out
}

// nextOf picks the next slot of a group: the soonest, then the soonest well after the one before, then the one
// farthest from all that are chosen.
func (p *picker) nextOf(group, before []Slot) (Slot, bool) {
	var after time.Time
	if n := len(before); n > 0 {
		after = before[n-1].Start
		if !p.emergency {
			after = after.Add(apartToSpread)
		}
	}
	for i, slot := range group {
		if !slot.Start.Before(after) && p.distinct(slot) {
			return p.nearer(p.rounded(group[i:]), group), true
		}
	}
	var best Slot
	var farthest time.Duration
	for _, slot := range group {
		if !p.distinct(slot) {
			continue
		}
		d := p.distance(slot)
		if onTheHour(slot) {
			d += grid * time.Minute
		}
		if d > farthest {
			best, farthest = slot, d
		}
	}
	return best, farthest > 0
}

// rounded prefers the full hour that follows within the hour to the first of slots.
func (p *picker) rounded(slots []Slot) Slot {
	if p.emergency {
		return slots[0]
	}
	for _, slot := range slots {
		if slot.Start.Sub(slots[0].Start) >= time.Hour {
			break
		}
		if onTheHour(slot) && p.distinct(slot) {
			return slot
		}
	}
	return slots[0]
}

func onTheHour(s Slot) bool { return s.Start.Minute() == 0 }

// distinct says whether a slot can be offered besides those chosen: the arrival windows don't overlap, and everyone
// could be held for both. Fixed windows are apart by themselves.
func (p *picker) distinct(slot Slot) bool {
	for _, c := range p.chosen {
		d := slot.Start.Sub(c.Start).Abs()
		if d == 0 || d < p.b.Scheduling.ArrivalWindow.Std() && !p.fixed() || p.collide(slot, c, d) {
			return false
		}
	}
	return true
}

// collide says whether somebody would be in both of two slots, which begin d apart.
func (p *picker) collide(a, b Slot, d time.Duration) bool {
	if p.crew == 1 && p.days == 1 {
		return a.Technician == b.Technician && d < p.block()
	}
	return overlap(wouldTake(p.b, a), wouldTake(p.b, b))
}

// distance is how far a slot lies from the nearest chosen.
func (p *picker) distance(slot Slot) time.Duration {
	least := time.Duration(1<<63 - 1)
	for _, c := range p.chosen {
		least = min(least, slot.Start.Sub(c.Start).Abs())
	}
	return least
}

// What it costs an alternative to differ from what was wanted. A day's difference outweighs most of a day's hours:
// who is off on Thursday would rather come on Thursday at another time; but another day counts as little enough that
// three times on one day aren't all that is offered.
const (
	costOfDay     = 6 * time.Hour
	costOfEarlier = 2 * time.Hour // the day before suits fewer people than the day after
	costOfHalf    = 20 * time.Minute
	costOfSameDay = 4 * time.Hour
)

// nearest chooses alternatives to wanted intervals of which nothing is open, soonest first.
func (p *picker) nearest(slots []Slot, wanted []Interval) []Slot {
	if p.emergency || len(wanted) == 0 {
		return p.spread([][]Slot{slots})
	}
	costs := make([]time.Duration, len(slots))
	for i, slot := range slots {
		costs[i] = p.cost(slot, wanted)
	}
	for len(p.chosen) < p.limit {
		best := -1
		var least time.Duration
		for i, slot := range slots {
			if !p.distinct(slot) {
				continue
			}
			c := costs[i]
			for _, o := range p.chosen {
				if sameDate(o.Start, slot.Start) {
					c += costOfSameDay + max(0, apartToSpread-p.distance(slot))
					break
				}
			}
			if best < 0 || c < least || c == least && p.addedBy(slot) < p.addedBy(slots[best]) {
				best, least = i, c
			}
		}
		if best < 0 {
			break
		}
		p.chosen = append(p.chosen, slots[best])
	}
	slices.SortFunc(p.chosen, bySoonest)
	return p.chosen
}

// cost is how little a slot suits someone who wanted one of the intervals.
func (p *picker) cost(slot Slot, wanted []Interval) time.Duration {
	least := time.Duration(1<<63 - 1)
	for _, w := range wanted {
		least = min(least, costAgainst(slot.Start, w))
	}
	if !onTheHour(slot) {
		least += costOfHalf
	}
	return least
}

func costAgainst(start time.Time, w Interval) time.Duration {
	var cost time.Duration
	loc := start.Location()
	if from := w.From.In(loc); !w.From.IsZero() && start.Before(from) && !sameDate(start, from) {
		cost = costOfEarlier + costOfDay*time.Duration(datesBetween(start, from))
	}
	if last := w.To.In(loc).Add(-1); !w.To.IsZero() && start.After(last) && !sameDate(start, last) {
		cost = costOfDay * time.Duration(datesBetween(last, start))
	}
	if w.From.IsZero() || w.To.IsZero() || w.To.Sub(w.From) > 20*time.Hour {
		return cost // the time of day is all the same
	}
	from, to := w.From.In(loc), w.To.In(loc)
	first := clockTime(from)
	last := first + to.Sub(from) // may go on past midnight
	at := clockTime(start)
	if at < first && at+24*time.Hour <= last {
		at += 24 * time.Hour
	}
	switch {
	case at < first:
		cost += first - at
	case at >= last:
		cost += at - last + time.Minute
	}
	return cost
}

// clockTime is the time of day that the clock shows.
func clockTime(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

func sameDate(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// datesBetween counts the dates from a's to b's, which is the same or later.
func datesBetween(a, b time.Time) int {
	return int((noon(b).Sub(noon(a)) + 12*time.Hour) / (24 * time.Hour)) // a day with a change of clocks has 23 or 25
}

func bySoonest(a, b Slot) int { return a.Start.Compare(b.Start) }
