package month

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// Result is a month under one policy.
type Result struct {
	Policy Policy `json:"policy"`

	Calls          int `json:"calls"`
	ByPerson       int `json:"by_person"`
	ByReceptionist int `json:"by_receptionist"`
	ByNobody       int `json:"by_nobody"`

	Wanted           int     `json:"wanted"` // people who called for a visit
	Booked           int     `json:"booked"`
	BookedInCall     int     `json:"booked_in_call"`
	BookedByText     int     `json:"booked_by_text"`
	BookedByCallback int     `json:"booked_by_callback"`
	Elsewhere        int     `json:"elsewhere"` // found another shop
	Value            float64 `json:"value"`     // of the booked visits
	Attempts         int     `json:"callback_attempts"`
	Owed             int     `json:"owed"`    // calls still owed at the end
	Minutes          float64 `json:"minutes"` // that the shop's people spent on calls

	TextBack   Spread         `json:"text_back"`  // from the end of the call until the carrier had the text
	Wrong      []string       `json:"wrong"`      // what must never happen, and did
	Complaints map[string]int `json:"complaints"` // errors of durable jobs, which were tried again
}

// Spread is how long something took.
type Spread struct {
	Times int           `json:"times"`
	P50   time.Duration `json:"p50"`
	P99   time.Duration `json:"p99"`
	Most  time.Duration `json:"most"`
}

func spread(of []time.Duration) Spread {
	if len(of) == 0 {
		return Spread{}
	}
	slices.Sort(of)
	return Spread{len(of), of[(len(of)-1)/2], of[(len(of)-1)*99/100], of[len(of)-1]}
}

// Report is the month under every policy.
type Report struct {
	Business string       `json:"business"`
	Seed     uint64       `json:"seed"`
	Days     int          `json:"days"`
	Assumed  []Assumption `json:"assumed"`
	Results  []Result     `json:"results"`
}

// Wrong is how often something happened that never must.
func (r *Report) Wrong() int {
	n := 0
	for i := range r.Results {
		n += len(r.Results[i].Wrong)
	}
	return n
}

// mostShown is how many of the things that went wrong are shown of each policy.
const mostShown = 20

// Write writes the report for people.
func (r *Report) Write(w io.Writer) {
	fmt.Fprintf(w, "%s: %d days, seed %d\n\n", r.Business, r.Days, r.Seed)
	fmt.Fprintf(w, "%-26s %6s %7s %7s %7s %7s %6s %6s %6s %6s %8s %8s %9s\n", "answering", "calls", "person", "recept.", "nobody", "wanted", "booked", "call", "text", "cb", "minutes", "per job", "worth")
	for i := range r.Results {
		x := &r.Results[i]
		perJob := "-"
		if x.Booked > 0 {
			perJob = fmt.Sprintf("%.1f", x.Minutes/float64(x.Booked))
		}
		fmt.Fprintf(w, "%-26s %6d %7d %7d %7d %7d %6d %6d %6d %6d %8.0f %8s %9.0f\n", x.Policy.Name, x.Calls, x.ByPerson, x.ByReceptionist, x.ByNobody,
			x.Wanted, x.Booked, x.BookedInCall, x.BookedByText, x.BookedByCallback, x.Minutes, perJob, x.Value)
	}
	fmt.Fprintln(w, "\nwanted: who called for a visit. booked: in the call, by text, or when called back (cb). minutes: what the shop's people")
	fmt.Fprintln(w, "spent on calls, and for each visit booked. The same people call under every policy; who was served does not call again.")
	fmt.Fprintln(w)
	for i := range r.Results {
		r.Results[i].write(w)
	}
	writeAssumptions(w, r.Assumed)
}

func (x *Result) write(w io.Writer) {
	fmt.Fprintf(w, "%s: %s\n", x.Policy.Name, x.Policy.Tell)
	fmt.Fprintf(w, "  went to another shop %d; calls back tried %d, still owed %d\n", x.Elsewhere, x.Attempts, x.Owed)
	if x.TextBack.Times > 0 {
		fmt.Fprintf(w, "  text-backs %d: %s after the call at the median, %s at the 99th percentile, %s at most\n", x.TextBack.Times,
			x.TextBack.P50.Round(time.Millisecond), x.TextBack.P99.Round(time.Millisecond), x.TextBack.Most.Round(time.Millisecond))
	}
	for i, s := range x.Wrong {
		if i == mostShown {
			fmt.Fprintf(w, "  WRONG: and %d more\n", len(x.Wrong)-mostShown)
			break
		}
		fmt.Fprintf(w, "  WRONG: %s\n", s)
	}
	for _, what := range slices.Sorted(maps.Keys(x.Complaints)) {
		fmt.Fprintf(w, "  failed and was tried again, %d times: %s\n", x.Complaints[what], what)
	}
	fmt.Fprintln(w)
}
