package e2e

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

// BenchmarkStart is from starting the process to /readyz saying so, on a database that exists.
func BenchmarkStart(b *testing.B) {
	s := open(b, storetest.SQLite(b))
	var took []time.Duration
	for b.Loop() {
		if status := s.stop(); status != 0 {
			b.Fatalf("stopped with status %d", status)
		}
		took = append(took, s.readyAgain())
	}
	b.ReportMetric(milliseconds(quantile(took, 0.5)), "ready-ms")
	b.ReportMetric(0, "ns/op") // the stop is in it
}

// BenchmarkStartAfterKill is the same after a kill -9 under load, on a database with 100,000 stored events.
func BenchmarkStartAfterKill(b *testing.B) {
	database := storetest.SQLite(b)
	fill(b, database)
	s := open(b, database, onABadDay)
	var took []time.Duration
	for round := 0; b.Loop(); round++ {
		for i := range 100 {
			form := s.Form(caller(i), "ringing")
			if status, _, err := s.Webhook("/twilio/voice", form); err != nil || status != http.StatusOK {
				b.Fatalf("a call is answered %d: %v", status, err)
			}
		}
		s.kill()
		took = append(took, s.readyAgain())
	}
	b.ReportMetric(milliseconds(quantile(took, 0.5)), "ready-ms")
	b.ReportMetric(milliseconds(quantile(took, 1)), "slowest-ms")
	b.ReportMetric(0, "ns/op")
}

// readyAgain starts the server again and gives the time until it is ready.
func (s *shop) readyAgain() time.Duration {
	s.t.Helper()
	began := time.Now()
	s.restart(0)
	if status := s.ready(); status != http.StatusOK {
		s.t.Fatalf("it listens, and is not ready: %d", status)
	}
	return time.Since(began)
}

// fill stores 100,000 events: 1,000 calls with a conversation, 96 turns and 2 texts each.
func fill(t testing.TB, database string) {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(secretKey)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	db, err := store.Open(ctx, database, store.Options{Clock: clock.NewManual(monday), SecretKey: key})
	if err != nil {
		t.Fatal(err)
	}
	shop := demo.Business()
	if err := db.SaveBusiness(ctx, shop); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		if err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return fillCall(ctx, tx, shop.ID, i) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(ctx); err != nil {
		t.Fatal(err)
	}
}

func fillCall(ctx context.Context, tx *store.Tx, shop string, i int) error {
	at := monday.Add(-time.Duration(i) * time.Hour)
	c := &telephony.Call{
		BusinessID: shop, CarrierID: fmt.Sprintf("CA%032x", i), Line: line, From: caller(i), Direction: "inbound", Mode: "relay", Route: "receptionist_first",
		StartedAt: at, AnsweredAt: at, EndedAt: at.Add(5 * time.Minute), HandledBy: ledger.ByReceptionist, Outcome: ledger.Answered,
	}
	if _, err := tx.InsertCall(ctx, c); err != nil {
		return err
	}
	talk := &receptionist.Conversation{
		BusinessID: shop, Channel: receptionist.ByCall, CallID: c.ID, State: []byte("{}"), StartedAt: at, UpdatedAt: c.EndedAt, EndedAt: c.EndedAt,
		Outcome: ledger.Answered,
	}
	if err := tx.InsertConversation(ctx, talk); err != nil {
		return err
	}
	for range 48 {
		if err := tx.AppendTurn(ctx, &receptionist.Turn{ConversationID: talk.ID, At: at, Who: "caller", Text: "do you work on saturdays"}); err != nil {
			return err
		}
		if err := tx.AppendTurn(ctx, &receptionist.Turn{
			ConversationID: talk.ID, At: at, Who: "receptionist", Text: "Saturdays nine to one, and emergencies any time.", Reason: "answered", Reply: []byte("{}"),
		}); err != nil {
			return err
		}
	}
	for _, kind := range []messaging.Kind{messaging.Summary, messaging.TextBack} {
		if _, err := tx.InsertMessage(ctx, &messaging.Message{
			BusinessID: shop, Direction: messaging.Outbound, From: line, To: caller(i), Body: "As we said on the phone.", Kind: kind, Status: messaging.Delivered,
			Key: fmt.Sprintf("%s:%d", kind, i), CallID: c.ID, CreatedAt: at, SentAt: at,
		}); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkMemory is what the process occupies when it idles, having just started and after a first call, and what
// each of 500 live conversations adds. All are proportional sets (Pss) but the one that says so.
func BenchmarkMemory(b *testing.B) {
	const conversations = 500
	for b.Loop() {
		s := open(b, storetest.SQLite(b))
		fresh := s.settledMemory("Pss")
		b.ReportMetric(float64(s.memory("Rss"))/(1<<20), "idle-rss-MB")
		s.talkOf([]*fakephone.Call{s.Call(owen)}) // all that is made once is made
		idle := s.settledMemory("Pss")
		calls := make([]*fakephone.Call, conversations)
		for i := range calls {
			calls[i] = s.Call(caller(i))
		}
		s.talkOf(calls)
		busy := s.settledMemory("Pss")
		b.ReportMetric(float64(fresh)/(1<<20), "idle-MB")
		b.ReportMetric(float64(idle)/(1<<20), "after-a-call-MB")
		b.ReportMetric(float64(busy)/(1<<20), "busy-MB")
		b.ReportMetric(float64(busy-idle)/conversations/1024, "kB/conversation")
		s.close()
	}
	b.ReportMetric(0, "ns/op")
}

// talkOf lets callers exchange a few words with the receptionist.
func (s *shop) talkOf(calls []*fakephone.Call) {
	s.t.Helper()
	for _, c := range calls {
		c.Hears("How can I help")
	}
	for _, words := range []string{"do you work on saturdays", "are you licensed"} {
		for _, c := range calls {
			c.Says(words)
		}
		for _, c := range calls {
			c.Hears("")
		}
	}
}

// settledMemory is what the process occupies once it has stopped shrinking, in bytes.
func (s *shop) settledMemory(kind string) int64 {
	s.t.Helper()
	least, since := s.memory(kind), time.Now()
	until(20*time.Second, func() bool {
		if now := s.memory(kind); now < least {
			least, since = now, time.Now()
		}
		return time.Since(since) > 3*time.Second
	})
	return least
}

// memory is one of the sums of smaps_rollup, in bytes.
func (s *shop) memory(kind string) int64 {
	s.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, kind+":"); ok {
			kB, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			if err != nil {
				s.t.Fatal(err)
			}
			return kB << 10
		}
	}
	s.t.Fatalf("smaps_rollup says nothing of %s", kind)
	return 0
}

// BenchmarkBinary is the size of the binary, built as for a release.
func BenchmarkBinary(b *testing.B) {
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_, _ = command(b, nil, "version")
	}
	b.ReportMetric(float64(info.Size())/(1<<20), "MB")
}
