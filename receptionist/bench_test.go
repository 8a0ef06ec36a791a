package receptionist_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
)

// BenchmarkTurn is what a turn costs besides understanding and storage: deciding, wording, guarding, and writing
// the state. Each round is a whole booking of seven turns.
func BenchmarkTurn(b *testing.B) {
	shop := demo.Business()
	shop.ID = "shop"
	now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, shop.Location()))
	said := []string{"my sink leaks", "the second one", "karen whitfield", "yes", "1842 n damen, 60647", "yes", "no thanks"}
	ctx := context.Background()
	b.ReportAllocs()
	turns := 0
	for i := range b.N {
		mem := memory.New(shop)
		r := receptionist.New(receptionist.Options{
			Storage: mem, Clock: now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			Compile: func(*business.Business) receptionist.Understander { return meanings },
		})
		reply, err := r.Start(ctx, receptionist.StartInput{BusinessID: "shop", CallID: fmt.Sprint(i), Caller: receptionist.Caller{Number: callerNumber}})
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range said {
			if reply, err = r.Turn(ctx, reply.ConversationID, receptionist.Input{Kind: receptionist.Words, Text: s}); err != nil {
				b.Fatal(err)
			}
			turns++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(turns), "µs/turn")
}
