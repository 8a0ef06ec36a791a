package replay

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/receptionist"
)

// Difference is what came out otherwise in one respect.
type Difference struct {
	What string `json:"what"` // "outcome", "service", "urgency", "time"
	Was  string `json:"was"`
	Now  string `json:"now"`
}

// Turning is the first turn whose reply has another reason: where the two runs part.
type Turning struct {
	Turn   int    `json:"turn"`   // of the caller, from 1; 0: the greeting
	Caller string `json:"caller"` // what was said
	Was    Line   `json:"was"`
	Now    Line   `json:"now"`
}

// Result is one conversation held again.
type Result struct {
	ID        string               `json:"id"`
	CallID    string               `json:"call_id,omitempty"`
	Channel   receptionist.Channel `json:"channel"`
	StartedAt time.Time            `json:"started_at"`
	Caller    string               `json:"caller,omitempty"`  // E.164; empty: withheld
	Summary   string               `json:"summary,omitempty"` // what was wanted, as noted then
	Was       Run                  `json:"was"`
	Now       Run                  `json:"now"`
	// Differences between what came of it; none: the same.
	Differences []Difference `json:"differences,omitempty"`
	// Parts is where the two runs part; nil where each reply has the same reason.
	Parts *Turning `json:"parts,omitempty"`
}

// Same says whether the same came of it.
func (r *Result) Same() bool { return len(r.Differences) == 0 }

// compare fills in how the runs differ. Times are told in the zone of the business.
func (r *Result) compare(loc *time.Location) {
	when := func(t time.Time) string {
		if t.IsZero() {
			return "none"
		}
		return t.In(loc).Format("Mon Jan 2 2006 15:04")
	}
	differ := func(what, was, now string) {
		if was != now {
			r.Differences = append(r.Differences, Difference{what, or(was, "none"), or(now, "none")})
		}
	}
	differ("outcome", string(r.Was.Outcome), string(r.Now.Outcome))
	differ("service", r.Was.Service, r.Now.Service)
	differ("urgency", r.Was.Urgency, r.Now.Urgency)
	differ("time", when(r.Was.StartsAt), when(r.Now.StartsAt))
	turn := 0
	for i := range max(len(r.Was.Lines), len(r.Now.Lines)) {
		var was, now Line
		if i < len(r.Was.Lines) {
			was = r.Was.Lines[i]
		}
		if i < len(r.Now.Lines) {
			now = r.Now.Lines[i]
		}
		said := or(now.Caller, was.Caller)
		if said != "" {
			turn++
		}
		if was.Reason != now.Reason {
			r.Parts = &Turning{turn, said, was, now}
			return
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// Report is what became of all conversations that were held again.
type Report struct {
	Business string   `json:"business"`
	Results  []Result `json:"results"`
	Same     int      `json:"same"` // how many came to the same
}

// Options say how conversations are held again.
type Options struct {
	// Business as it is to be tried.
	Business *business.Business
	// Against is the business that a conversation is held with for comparison, so that only what differs between the
	// two shows. Nil: the conversations are compared with how they were held then.
	Against *business.Business
	// Progress, where set, is told after each conversation how many are done.
	Progress func(done int)
}

// All holds conversations again, one after the other. It ends early when ctx does, with its error.
func All(ctx context.Context, all []Original, o Options) (*Report, error) {
	now := NewPlayer(o.Business)
	var then *Player
	if o.Against != nil {
		then = NewPlayer(o.Against)
	}
	report := &Report{Business: o.Business.Profile.Name, Results: make([]Result, 0, len(all))}
	for i := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &all[i]
		r := Result{
			ID: c.ID, CallID: c.CallID, Channel: c.Channel, StartedAt: c.StartedAt, Caller: c.Caller.Number, Summary: c.Summary, Was: AsHeld(c),
		}
		var err error
		if then != nil {
			if r.Was, err = then.Play(ctx, c); err != nil {
				return nil, err
			}
		}
		if r.Now, err = now.Play(ctx, c); err != nil {
			return nil, err
		}
		r.compare(o.Business.Location())
		if r.Same() {
			report.Same++
		}
		report.Results = append(report.Results, r)
		if o.Progress != nil {
			o.Progress(i + 1)
		}
	}
	return report, nil
}

// String tells a difference in a line.
func (d Difference) String() string { return fmt.Sprintf("%s: %s, was %s", d.What, d.Now, d.Was) }
