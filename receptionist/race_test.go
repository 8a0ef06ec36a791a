package receptionist_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
)

// TestFiftyCallersForTheSameTimes lets fifty people book at once: each gets a job of their own, and no technician is
// in two places.
func TestFiftyCallersForTheSameTimes(t *testing.T) {
	b := demo.Business()
	b.ID = "shop"
	mem := memory.New(b)
	now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
	r := receptionist.New(receptionist.Options{
		Storage: mem, Clock: now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Compile: func(*business.Business) receptionist.Understander { return meanings },
	})
	ctx := context.Background()
	const callers = 50
	booked := make([]bool, callers)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			reply, err := r.Start(ctx, receptionist.StartInput{
				BusinessID: "shop", CallID: fmt.Sprintf("call_%d", i), Caller: receptionist.Caller{Number: fmt.Sprintf("+131255501%02d", i)},
			})
			if err != nil {
				t.Error(err)
				return
			}
			say := "my sink leaks"
			for range 12 {
				if reply, err = r.Turn(ctx, reply.ConversationID, receptionist.Input{Kind: receptionist.Words, Text: say}); err != nil {
					t.Error(err)
					return
				}
				if reply.Reason == "booked" {
					booked[i] = true
					return
				}
				switch reply.Asked {
				case "choice":
					say = "the first one"
				case "name":
					say = "karen whitfield"
				case "address":
					say = "1842 n damen, 60647"
				default:
					say = "yes"
				}
			}
		})
	}
	wg.Wait()
	jobs := mem.Jobs()
	if len(jobs) != callers {
		t.Errorf("%d jobs", len(jobs))
	}
	for i, ok := range booked {
		if !ok {
			t.Errorf("caller %d was not booked", i)
		}
	}
	for i, a := range jobs {
		for _, o := range jobs[i+1:] {
			if a.Slot.Technician == o.Slot.Technician && a.Slot.Start.Before(o.BusyUntil) && o.Slot.Start.Before(a.BusyUntil) {
				t.Errorf("%s is at two places at %s", a.Slot.Technician, a.Slot.Start)
			}
		}
	}
}
