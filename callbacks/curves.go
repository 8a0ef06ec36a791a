package callbacks

import "time"

// Conversation is from how long on two people who were connected count as having talked.
const Conversation = 30 * time.Second

// Enough is from how many attempts on a rate tells anything.
const Enough = 10

// Curves are what became of attempts, by how long the caller had waited and by which attempt it was: the shop's own, in
// place of anybody else's statistics.
type Curves struct {
	ByWindow  []Point // for each of Windows
	ByAttempt []Point // for the first, second, third attempt, and the later ones together
	All       Point

	Came    int           // callbacks that came up
	InTime  int           // of them, those that were called or served by the time that they were due at first
	Booked  int           // of them, those that became jobs, by a call back or otherwise
	Called  int           // of Booked, those that a call back led to
	Spent   time.Duration // the shop's people's time on bridged calls, from pressing 1 on
	Unknown int           // attempts by hand, whose time isn't known
}

// Point is one point of a curve.
type Point struct {
	Window                  Window // of ByWindow
	Number                  int    // of ByAttempt: from 1; the last stands for all later ones
	Rang                    int    // attempts in which the customer's phone was rung
	Reached, Talked, Booked int
}

// laterAttempts is the number of the point that stands for all later attempts.
const laterAttempts = 4

// Rate is a share of the attempts in percent, and whether there are enough of them for it to tell anything.
func (p Point) Rate(n int) (percent int, enough bool) {
	if p.Rang == 0 {
		return 0, false
	}
	return (n*100 + p.Rang/2) / p.Rang, p.Rang >= Enough
}

// PerJob is the time that the shop's people spent for each job that a call back led to; zero while there is none.
func (c *Curves) PerJob() time.Duration {
	if c.Called == 0 {
		return 0
	}
	return c.Spent / time.Duration(c.Called)
}

// CurvesOf counts attempts, and the callbacks of the same time.
func CurvesOf(attempts []Attempt, came []Callback) Curves {
	out := Curves{Came: len(came)}
	for _, w := range Windows() {
		out.ByWindow = append(out.ByWindow, Point{Window: w})
	}
	for n := 1; n <= laterAttempts; n++ {
		out.ByAttempt = append(out.ByAttempt, Point{Number: n})
	}
	first := map[string]time.Time{} // by callback: when it was first tried
	for i := range attempts {
		a := &attempts[i]
		if t, ok := first[a.CallbackID]; a.CallbackID != "" && a.Result.Rang() && (!ok || a.StartedAt.Before(t)) {
			first[a.CallbackID] = a.StartedAt
		}
		switch {
		case a.Means == ByHand:
			out.Unknown++
		case !a.TakenAt.IsZero() && a.EndedAt.After(a.TakenAt):
			out.Spent += a.EndedAt.Sub(a.TakenAt)
		}
		if !a.Result.Rang() || a.CallbackID == "" {
			continue
		}
		out.All.count(a)
		for j := range out.ByWindow {
			if out.ByWindow[j].Window == a.Window {
				out.ByWindow[j].count(a)
			}
		}
		out.ByAttempt[min(max(a.Number, 1), laterAttempts)-1].count(a)
	}
	out.Called = out.All.Booked
	for i := range came {
		c := &came[i]
		if c.Outcome == Booked {
			out.Booked++
		}
		if t, ok := first[c.ID]; ok && !t.After(c.FirstDueAt) || !ok && !c.Owed() && !c.ClosedAt.After(c.FirstDueAt) {
			out.InTime++
		}
	}
	return out
}

func (p *Point) count(a *Attempt) {
	p.Rang++
	if a.Result == Reached {
		p.Reached++
	}
	// Whoever rang by hand and says that they reached somebody has talked with them.
	if a.Talked >= Conversation || a.Means == ByHand && a.Result == Reached {
		p.Talked++
	}
	if a.Booked {
		p.Booked++
	}
}
