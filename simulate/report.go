package simulate

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Tally is how callers of one sort fared.
type Tally struct {
	Of     string `json:"of"`
	Calls  int    `json:"calls"`
	Right  int    `json:"right"`
	Unsafe int    `json:"unsafe"`
}

// Report is what became of all callers.
type Report struct {
	Business    string  `json:"business"`
	Seed        uint64  `json:"seed"`
	Callers     int     `json:"callers"`
	Right       int     `json:"right"`        // all ended as it should
	Bookable    int     `json:"bookable"`     // were to end with a visit booked
	BookedRight int     `json:"booked_right"` // did, with everything right
	Unsafe      int     `json:"unsafe"`       // calls in which something happened that never must
	Turns       Spread  `json:"turns"`        // to a booking
	OneThing    Spread  `json:"turns_one_thing"`
	AllAtOnce   Spread  `json:"turns_all_at_once"`
	Repeats     int     `json:"repeats"`
	Unclear     int     `json:"unclear"`
	Goals       []Tally `json:"goals"`
	Manners     []Tally `json:"manners"`
	Faults      []Tally `json:"faults"` // what went wrong, most frequent first; Calls is how often
	Calls       []Call  `json:"-"`
}

// Spread is the median and the ninetieth percentile of a number of turns; zero where there is none.
type Spread struct {
	Median int `json:"median"`
	P90    int `json:"p90"`
}

func spread(of []int) Spread {
	if len(of) == 0 {
		return Spread{}
	}
	slices.Sort(of)
	return Spread{of[(len(of)-1)/2], of[min(len(of)-1, len(of)*9/10)]}
}

func newReport(s *simulation, calls []Call) *Report {
	r := &Report{Business: s.business.Profile.Name, Seed: s.Seed, Callers: len(calls), Calls: calls}
	goals, manners, faults := map[string]*Tally{}, map[string]*Tally{}, map[string]*Tally{}
	var turns, one, all []int
	for i := range calls {
		c := &calls[i]
		count(goals, string(c.Goal), c)
		r.Repeats += c.Repeats
		r.Unclear += c.Unclear
		if c.Right {
			r.Right++
		}
		if len(c.Unsafe) > 0 {
			r.Unsafe++
		}
		for _, w := range append(slices.Clone(c.Wrong), c.Unsafe...) {
			count(faults, kindOfFault(w), c)
		}
		if !c.Bookable {
			continue
		}
		count(manners, string(c.Manner), c)
		r.Bookable++
		if !c.Right {
			continue
		}
		r.BookedRight++
		if c.Goal == Emergency {
			continue
		}
		turns = append(turns, c.Turns)
		switch c.Manner {
		case OneThing:
			one = append(one, c.Turns)
		case AllAtOnce:
			all = append(all, c.Turns)
		}
	}
	r.Turns, r.OneThing, r.AllAtOnce = spread(turns), spread(one), spread(all)
	r.Goals, r.Manners, r.Faults = tallies(goals), tallies(manners), tallies(faults)
	return r
}

func count(in map[string]*Tally, of string, c *Call) {
	t := in[of]
	if t == nil {
		t = &Tally{Of: of}
		in[of] = t
	}
	t.Calls++
	if c.Right {
		t.Right++
	}
	if len(c.Unsafe) > 0 {
		t.Unsafe++
	}
}

// kindOfFault is what went wrong without its particulars.
func kindOfFault(s string) string {
	s = particulars.ReplaceAllString(s, "…")
	for _, end := range []string{": ", " for …", ", agreed"} {
		s, _, _ = strings.Cut(s, end)
	}
	if k, _, ok := strings.Cut(s, "booked as "); ok && k == "" {
		return "booked as another service"
	}
	return s
}

var particulars = regexp.MustCompile(`"[^"]*"|\w{3} \w{3} \d+ \d\d:\d\d|\d+`)

func tallies(m map[string]*Tally) []Tally {
	out := make([]Tally, 0, len(m))
	for _, k := range sorted(m) {
		out = append(out, *m[k])
	}
	slices.SortStableFunc(out, func(a, b Tally) int { return cmp.Compare(b.Calls, a.Calls) })
	return out
}

// Percent is the share of callers who can be booked that were booked right, in percent.
func (r *Report) Percent() float64 { return percent(r.BookedRight, r.Bookable) }

func percent(n, of int) float64 {
	if of == 0 {
		return 100
	}
	return 100 * float64(n) / float64(of)
}

// Worst are the calls that went wrong, the worst first, at most so many.
func (r *Report) Worst(most int) []*Call {
	var out []*Call
	for i := range r.Calls {
		if !r.Calls[i].Right {
			out = append(out, &r.Calls[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *Call) int {
		return cmp.Or(cmp.Compare(len(b.Unsafe), len(a.Unsafe)), cmp.Compare(len(b.Wrong), len(a.Wrong)), cmp.Compare(b.Turns, a.Turns))
	})
	return out[:min(most, len(out))]
}

// Write writes the report for people, with the worst dialogues in full.
func (r *Report) Write(w io.Writer, show int) {
	fmt.Fprintf(w, "%s: %d callers, seed %d\n\n", r.Business, r.Callers, r.Seed)
	fmt.Fprintf(w, "booked right   %d of %d who can be booked (%.1f %%)\n", r.BookedRight, r.Bookable, r.Percent())
	fmt.Fprintf(w, "ended right    %d of %d (%.1f %%)\n", r.Right, r.Callers, percent(r.Right, r.Callers))
	fmt.Fprintf(w, "unsafe         %d\n", r.Unsafe)
	fmt.Fprintf(w, "turns          median %d, p90 %d; one thing at a time %d, all at once %d\n", r.Turns.Median, r.Turns.P90, r.OneThing.Median, r.AllAtOnce.Median)
	fmt.Fprintf(w, "repeats        %d sentences said twice running\n", r.Repeats)
	fmt.Fprintf(w, "unclear        %d replies that a listener could not make out\n", r.Unclear)
	table(w, "goal", r.Goals)
	table(w, "manner (who can be booked)", r.Manners)
	if len(r.Faults) > 0 {
		fmt.Fprintf(w, "\nwhat went wrong\n")
		for _, f := range r.Faults {
			fmt.Fprintf(w, "  %5d  %s\n", f.Calls, f.Of)
		}
	}
	for _, c := range r.Worst(show) {
		c.Write(w)
	}
}

func table(w io.Writer, of string, tallies []Tally) {
	fmt.Fprintf(w, "\n%-28s %6s %6s %8s\n", of, "calls", "right", "")
	for _, t := range tallies {
		fmt.Fprintf(w, "  %-26s %6d %6d %6.1f %%", t.Of, t.Calls, t.Right, percent(t.Right, t.Calls))
		if t.Unsafe > 0 {
			fmt.Fprintf(w, "  %d unsafe", t.Unsafe)
		}
		fmt.Fprintln(w)
	}
}

// Write writes a call in full.
func (c *Call) Write(w io.Writer) {
	fmt.Fprintf(w, "\n--- caller %d: %s, %s, %s\n", c.Number, c.Goal, c.Manner, c.Wanted)
	for _, u := range c.Unsafe {
		fmt.Fprintf(w, "  UNSAFE: %s\n", u)
	}
	for _, x := range c.Wrong {
		fmt.Fprintf(w, "  wrong: %s\n", x)
	}
	for _, l := range c.Lines {
		if l.Who == "caller" {
			fmt.Fprintf(w, "    caller: %s\n", l.Text)
		} else {
			fmt.Fprintf(w, "  fixly: %s  [%s]\n", l.Text, l.Reason)
		}
	}
}
