package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"fixly/store/storetest"
)

// TestTwoHundredMissedCallersAtOnce gives each of them exactly one text-back, and the owner a summary of each.
func TestTwoHundredMissedCallersAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		took := s.missedAtOnce(200)
		s.calmsDownWithin(time.Minute)
		for i := range 200 {
			if n := len(s.Texts(caller(i))); n != 1 {
				t.Errorf("%d texts to %s", n, caller(i))
			}
		}
		if n := len(s.Texts(owner)); n != 200 {
			t.Errorf("%d summaries", n)
		}
		t.Logf("hang-up to accepted: p50 %s, p99 %s", quantile(took, 0.5), quantile(took, 0.99))
	})
}

// BenchmarkTextBack is 200 missed callers at once, from the end of a call to the carrier's having accepted its
// text-back.
func BenchmarkTextBack(b *testing.B) {
	for _, kind := range []struct {
		name    string
		address func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(kind.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				s := open(b, kind.address(b))
				took = append(took, s.missedAtOnce(200)...)
				s.close()
			}
			b.ReportMetric(milliseconds(quantile(took, 0.5)), "p50-ms")
			b.ReportMetric(milliseconds(quantile(took, 0.99)), "p99-ms")
			b.ReportMetric(0, "ns/op") // mostly of starting and stopping
		})
	}
}

// missedAtOnce lets many callers hang up before the receptionist has answered, all at once, and gives how long each
// waited for the text.
func (s *shop) missedAtOnce(callers int) []time.Duration {
	s.t.Helper()
	began := make([]time.Time, callers)
	at := func(i int, path, status string) {
		form := s.Form(caller(i), status)
		form.Set("CallSid", fmt.Sprintf("CA%032d", i))
		began[i] = time.Now()
		if status, body, err := s.Webhook(path, form); err != nil || status != http.StatusOK && status != http.StatusNoContent {
			s.t.Errorf("%s is answered %d %q: %v", path, status, body, err)
		}
	}
	everyone := func(path, status string) {
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() { at(i, path, status) })
		}
		all.Wait()
	}
	everyone("/twilio/voice", "ringing")
	everyone("/twilio/status", "completed")
	s.await("everyone has a text", time.Minute, func() bool {
		n := s.textsTo()
		delete(n, owner)
		return len(n) == callers
	})
	took := make([]time.Duration, callers)
	for i := range took {
		took[i] = s.Texts(caller(i))[0].At.Sub(began[i])
	}
	return took
}

// quantile is the value below which a part of some durations lie.
func quantile(d []time.Duration, part float64) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[min(int(part*float64(len(d))), len(d)-1)]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
