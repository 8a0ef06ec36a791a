package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"runtime"
	"time"

	"fixly/business"
	"fixly/config"
	"fixly/simulate"
	"fixly/simulate/month"
)

const simulateUsage = "simulate --business FILE (--random N | --calls DIR | --replay DATABASE | --month) [FLAGS]"

const simulateHelp = `Lets simulated callers talk with the receptionist of a business file, in virtual time, and reports what became of
them: booked when they should be, wrong details, unsafe events, turns, repeats, and the worst dialogues in full; at the
end, what the shop's technicians would drive with and without planning the driving.
Nothing leaves the machine and nothing is stored. The same flags give the same report.

  --business FILE
        the business file (- reads standard input)
  --random N
        so many callers, drawn by chance
  --seed S
        which callers are drawn (default 1)
  --calls DIR
        plays the conversations in a folder instead: golden conversations (*.yaml)
  --replay DATABASE
        holds the conversations stored in a database again (sqlite:PATH or postgres://...), with the business as it is
        stored and as the file has it, and tells which of them would end otherwise
  --month
        plays a month of the business in virtual time, with people who call, text, wait or go elsewhere, a carrier that
        queues texts and fails at times, and the shop's people, once under each way of answering calls; prints what each
        brings and costs, and fails where something happened that never must (a text at night or after STOP, anything
        twice, somebody forgotten)
  --days D
        how many days the month has (default 30)
  --assume NAME=VALUE
        changes one of the month's assumptions, which its report lists; can be given several times
  --since DATE
        replays conversations from this day on (default: all)
  --last K
        replays at most so many, the latest (default 200)
  --channel call|text
        how the drawn callers reach the shop (default call)
  --show K
        how many of the worst dialogues are shown in full (default 5)
  --parallel P
        how many calls are held at a time (default: one for each processor)
  --require PERCENT
        exit status 1 where fewer callers who can be booked were booked right (of --calls: fewer ended as they
        should), or where anything unsafe happened; of --replay: where fewer came to the same
  --json
        the report as JSON, with every call that went wrong`

// simulateFlags are the flags of the command.
type simulateFlags struct {
	file, calls, channel   string
	random, show, parallel int
	seed                   uint64
	require                float64
	asJSON                 bool
	from                   time.Time
	replay                 string
	last                   int
	since                  time.Time
	config                 config.Config
	month                  bool
	days                   int
	assume                 []month.Assumption
}

// firstDay is when the simulated weeks begin unless --now says otherwise: fixed, so that the same flags give the same
// report on any day.
var firstDay = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// simulateCalls runs simulated callers against a business file.
func simulateCalls(ctx context.Context, w world, args []string) error {
	f, help, err := readSimulateFlags(w, args)
	if help {
		return helpFor(w.stdout, simulateUsage, simulateHelp, "now")
	}
	if err != nil {
		return usageError{err}
	}
	b, err := readBusiness(w.stdin, f.file)
	if err != nil {
		return err
	}
	switch {
	case f.calls != "":
		return simulateWritten(ctx, w, f, b)
	case f.replay != "":
		return simulateReplay(ctx, w, f, b)
	case f.month:
		return simulateMonth(ctx, w, f, b)
	}
	return simulateRandom(ctx, w, f, b)
}

func readSimulateFlags(w world, args []string) (f simulateFlags, help bool, err error) {
	fs := flag.NewFlagSet("simulate", flag.ContinueOnError)
	fs.StringVar(&f.file, "business", "", "")
	fs.StringVar(&f.calls, "calls", "", "")
	fs.StringVar(&f.channel, "channel", "call", "")
	fs.IntVar(&f.random, "random", 0, "")
	fs.IntVar(&f.show, "show", 5, "")
	fs.IntVar(&f.parallel, "parallel", runtime.GOMAXPROCS(0), "")
	fs.Uint64Var(&f.seed, "seed", 1, "")
	fs.StringVar(&f.replay, "replay", "", "")
	fs.IntVar(&f.last, "last", 200, "")
	fs.BoolVar(&f.month, "month", false, "")
	fs.IntVar(&f.days, "days", 30, "")
	f.assume = month.Defaults()
	fs.Func("assume", "", func(v string) error { return month.Set(f.assume, v) })
	fs.Func("since", "", func(v string) (err error) {
		if f.since, err = time.Parse(time.DateOnly, v); err != nil {
			err = errors.New("it is a day such as 2026-11-01")
		}
		return err
	})
	fs.Float64Var(&f.require, "require", 0, "")
	fs.BoolVar(&f.asJSON, "json", false, "")
	cfg, rest, err := config.Read(fs, args, w.getenv, "now")
	switch {
	case config.IsHelp(err):
		return f, true, nil
	case err != nil:
		return f, false, err
	case len(rest) > 0:
		return f, false, fmt.Errorf("simulate takes no argument such as %q; name a file with --business", rest[0])
	case f.file == "":
		return f, false, errors.New("simulate wants a business file: " + simulateUsage)
	case count(f.random != 0, f.calls != "", f.replay != "", f.month) != 1:
		return f, false, errors.New("simulate wants one of --random N, --calls DIR, --replay DATABASE and --month")
	case f.days < 1 || f.days > 366:
		return f, false, fmt.Errorf("--days is a number of days from 1 to 366, not %d", f.days)
	case f.last < 1:
		return f, false, fmt.Errorf("--last is a number of conversations, not %d", f.last)
	case f.channel != "call" && f.channel != "text":
		return f, false, fmt.Errorf("--channel is call or text, not %q", f.channel)
	case f.require < 0 || f.require > 100:
		return f, false, fmt.Errorf("--require is a percentage from 0 to 100, not %g", f.require)
	}
	if f.from = cfg.Now; f.from.IsZero() {
		f.from = firstDay
	}
	if f.config = cfg; f.replay != "" {
		f.config.Database = f.replay
	}
	return f, false, nil
}

// count says how many are true.
func count(of ...bool) int {
	n := 0
	for _, b := range of {
		if b {
			n++
		}
	}
	return n
}

func simulateRandom(ctx context.Context, w world, f simulateFlags, b *business.Business) error {
	r, err := simulate.Run(ctx, simulate.Options{
		Business: b, Callers: f.random, Seed: f.seed, From: f.from, ByText: f.channel == "text", Parallel: f.parallel,
	})
	if err != nil {
		return err
	}
	driving, err := simulate.Drive(ctx, b, f.seed, f.from)
	if err != nil && !errors.Is(err, simulate.ErrNoPlaces) {
		return err
	}
	if f.asJSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(struct {
			*simulate.Report
			Driving *simulate.Driving `json:"driving,omitempty"`
			Wrong   []*simulate.Call  `json:"wrong"`
		}{r, driving, r.Worst(r.Callers)}); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	} else {
		r.Write(w.stdout, f.show)
		if driving != nil {
			driving.Write(w.stdout)
		}
	}
	if f.require > 0 && (r.Percent() < f.require || r.Unsafe > 0) {
		fmt.Fprintf(w.stderr, "fixly: %.1f %% of the callers who can be booked were booked right and %d calls were unsafe; required are %g %% and none\n", r.Percent(), r.Unsafe, f.require)
		return errReported
	}
	return nil
}
