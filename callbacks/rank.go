package callbacks

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// Rank is where a callback stands in the queue, and why: the chance that calling now ends in a job, times what the job is
// worth. What goes into it are the assumptions of business.Ranking, each a setting, and facts about the caller.
type Rank struct {
	// Score orders the queue: what calling now can be expected to earn, in thousandths of the billing currency.
	Score  int64
	Chance float64 // 0 to 1
	Worth  int     // whole units of the billing currency, urgency included
	Window Window
	Why    []Factor // in the order in which they were applied
}

// Factor is one thing that made the rank what it is.
type Factor struct {
	Name    string // from the closed list below
	Percent int    // of the chance, for the window; of what it changes, for the others
	Words   string // for the owner
}

// The factors, beside the windows, which go by their own names.
const (
	FactorAgain     = "again"
	FactorTried     = "tried"
	FactorWrote     = "wrote"
	FactorTookLeave = "took_leave"
	FactorLandline  = "landline"
	FactorPlanned   = "planned"
	FactorUrgent    = "urgent"
	FactorEmergency = "emergency"
	FactorService   = "service"
)

// mostAgain is how many further calls of a caller raise the chance: who rings ten times is not ten times as likely.
const mostAgain = 3

// RankOf says how high a callback stands at an instant.
func RankOf(b *business.Business, c *Callback, now time.Time) Rank {
	a := b.Callbacks.Ranking.Assumed()
	w := WindowOf(now.Sub(c.MissedAt))
	percent := map[Window]int{Under5m: a.Under5m, Under10m: a.Under10m, Under30m: a.Under30m, Under60m: a.Under60m, Late: a.Late}[w]
	r := Rank{Window: w, Chance: float64(percent) / 100, Worth: b.WorthOf(c.Service)}
	r.Why = append(r.Why, Factor{string(w), percent, fmt.Sprintf("missed %s ago: %d%% chance", w.Words(), percent)})
	chance := func(name string, percent, times int, words string) {
		if times <= 0 {
			return
		}
		r.Chance *= math.Pow(float64(percent)/100, float64(times))
		r.Why = append(r.Why, Factor{name, percent, words})
	}
	chance(FactorAgain, a.Again, min(c.Calls-1, mostAgain), fmt.Sprintf("tried to reach you %d times", c.Calls))
	chance(FactorTried, a.Tried, c.Attempts, fmt.Sprintf("called back %s already", times(c.Attempts)))
	switch {
	case c.TookLeave:
		chance(FactorTookLeave, a.TookLeave, 1, "wrote goodbye since")
	case !c.SaidAt.IsZero():
		chance(FactorWrote, a.Wrote, 1, "wrote since")
	}
	if c.Landline {
		chance(FactorLandline, a.Landline, 1, "a landline: texts can't reach it")
	}
	if c.NextAttemptAt.After(now) {
		chance(FactorPlanned, a.Planned, 1, "the next try is planned for later")
	}
	r.Chance = min(r.Chance, 0.95) // nothing is certain

	if c.Service != "" {
		r.Why = append(r.Why, Factor{FactorService, 100, fmt.Sprintf("%s: %d %s", c.Service, r.Worth, b.Billing.Currency)})
	}
	worth := func(name string, percent int) {
		r.Worth = r.Worth * percent / 100
		r.Why = append(r.Why, Factor{name, percent, name})
	}
	switch c.Urgency {
	case scheduling.Emergency:
		worth(FactorEmergency, a.Emergency)
	case scheduling.Urgent:
		worth(FactorUrgent, a.Urgent)
	}
	r.Score = int64(math.Round(r.Chance * float64(r.Worth) * 1000))
	return r
}

// Reason is the rank in a sentence for the owner.
func (r Rank) Reason() string {
	words := make([]string, len(r.Why))
	for i, f := range r.Why {
		words[i] = f.Words
	}
	s := strings.Join(words, "; ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// Ranked is a callback with its rank.
type Ranked struct {
	Callback
	Rank Rank
}

// Queue ranks callbacks, best first; of equals, whoever called last comes first, being nearest to the phone.
func Queue(b *business.Business, owed []Callback, now time.Time) []Ranked {
	out := make([]Ranked, len(owed))
	for i := range owed {
		out[i] = Ranked{owed[i], RankOf(b, &owed[i], now)}
	}
	slices.SortFunc(out, Compare)
	return out
}

// Compare orders two places in the queue.
func Compare(x, y Ranked) int {
	return cmp.Or(-cmp.Compare(x.Rank.Score, y.Rank.Score), -x.MissedAt.Truncate(time.Millisecond).Compare(y.MissedAt.Truncate(time.Millisecond)), -cmp.Compare(x.ID, y.ID))
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
