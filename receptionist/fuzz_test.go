package receptionist_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/flow"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
)

// FuzzTurn says, presses and omits anything in any order, line by line: "#5" presses 5, an empty line is silence,
// "!" is a lost connection. Nothing may panic, nothing is booked without a confirmed read-back, every state
// survives storage, and danger is never booked.
func FuzzTurn(f *testing.F) {
	f.Add("my sink leaks\nthe first one\nkaren whitfield\nyes\n1842 north damen avenue 60647\nyes\nno thanks")
	f.Add("#1\n\n!\n#0\nyes\nno\nhow much")
	f.Add("i smell gas\nbook me tomorrow\nyes\n#1\nyes")
	f.Add("this is dave at 2236 west roscoe 60618 sink backed up wednesday\nyes\nyes\nyes\nyes")
	f.Add("cancel my appointment\nyes\nmove it to friday\nthe second\nthursday\nno not that one")
	b := demo.Business()
	b.ID = "shop"
	engine := understanding.NewEngine(b)
	f.Fuzz(func(t *testing.T, script string) {
		mem := memory.New(b)
		now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
		var faults strings.Builder
		r := receptionist.New(receptionist.Options{
			Storage: mem, Clock: now, Log: slog.New(slog.NewTextHandler(&faults, &slog.HandlerOptions{Level: slog.LevelError})),
			Compile: func(*business.Business) receptionist.Understander { return engine },
		})
		ctx := context.Background()
		reply, err := r.Start(ctx, receptionist.StartInput{BusinessID: "shop", CallID: "call_1", Caller: receptionist.Caller{Number: callerNumber}})
		if err != nil {
			t.Fatal(err)
		}
		readBack, danger := false, false
		for i, line := range strings.Split(script, "\n") {
			if i > 40 || reply.End {
				break
			}
			now.Advance(7 * time.Second)
			in := receptionist.Input{Kind: receptionist.Words, Text: line}
			switch {
			case line == "":
				in.Kind = receptionist.Silence
			case line == "!":
				in.Kind = receptionist.Reconnected
			case line[0] == '#':
				in = receptionist.Input{Kind: receptionist.Digits, Text: line[1:]}
			}
			jobs := len(mem.Jobs())
			if reply, err = r.Turn(ctx, reply.ConversationID, in); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if n := len(mem.Jobs()); n > jobs {
				if !readBack || danger || n > jobs+1 {
					t.Fatalf("%q booked: read back %v, danger %v, %d jobs", line, readBack, danger, n-jobs)
				}
			}
			readBack = readBack || reply.Reason == string(flow.WhyReadBack) || reply.Asked == "confirm"
			danger = danger || reply.Reason == string(flow.WhyDanger)
			var s flow.State
			c := mem.Conversations()[0]
			if err := json.Unmarshal(c.State, &s); err != nil {
				t.Fatalf("%q: the state does not survive: %v", line, err)
			}
			if strings.Contains(reply.Text(), "{") {
				t.Errorf("%q: %q", line, reply.Text())
			}
		}
		if faults.Len() > 0 {
			t.Errorf("faults: %s", faults.String())
		}
	})
}
