package app

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/store"
	"fixly/telephony"
)

// BenchmarkTurn is one turn of a conversation by phone: the caller's words understood, decided about, answered and
// saved in SQLite, with 64 conversations at once.
func BenchmarkTurn(b *testing.B) {
	ctx := b.Context()
	clk := clock.StartingAt(time.Date(2026, 11, 23, 10, 0, 0, 0, demo.Business().Location()))
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"), store.Options{Clock: clk, Log: log})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close(context.Background()) })
	shop := demo.Business()
	if err := db.SaveBusiness(ctx, shop); err != nil {
		b.Fatal(err)
	}
	r := receptionist.New(receptionist.Options{Storage: db.Receptionist(), Reader: db, Clock: clk, Log: log})
	says := []string{
		"hi my kitchen sink is leaking under the cabinet can someone come out today", "do you have anything tomorrow afternoon maybe around three",
		"it's twelve forty two north damen avenue six oh six four seven", "how much is the call out fee", "great book that please",
	}
	var next atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		id, n := "", 0
		for pb.Next() {
			if n%10 == 0 {
				k := next.Add(1)
				c := telephony.Call{BusinessID: shop.ID, CarrierID: fmt.Sprint("CA", k), Line: shop.Lines[0].Number, From: fmt.Sprintf("+1312555%04d", k%10000), Direction: "inbound", StartedAt: clk.Now()}
				err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
					_, err := tx.InsertCall(ctx, &c)
					return err
				})
				if err != nil {
					b.Error(err)
					return
				}
				reply, err := r.Start(ctx, receptionist.StartInput{BusinessID: shop.ID, CallID: c.ID, Caller: receptionist.Caller{Number: c.From}})
				if err != nil {
					b.Error(err)
					return
				}
				id = reply.ConversationID
			}
			if _, err := r.Turn(ctx, id, receptionist.Input{Kind: receptionist.Words, Text: says[n%len(says)]}); err != nil {
				b.Error(err)
				return
			}
			n++
		}
	})
}
