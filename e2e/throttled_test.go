package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fixly/contact"
	"fixly/store/storetest"
)

// crowd is many callers who are missed within a while, and a carrier that throttles as Twilio documents: so many requests
// at a time (error 20429), each answered in the time that its API takes, and so many texts a second leaving the line.
type crowd struct {
	callers int
	within  time.Duration
	atOnce  int
	answers time.Duration
	rate    float64 // of a toll-free line
	bar     bool    // the times are held to what is promised
}

// aCrowd is small enough for every run of the tests. With FIXLY_TEST_BAR=1 it is a thousand in a minute, and the times are
// held to what is promised: https://www.twilio.com/docs/errors/20429 gives no number of requests at a time, so ours is far
// below the hundred that support names.
func aCrowd() crowd {
	c := crowd{callers: 150, within: 3 * time.Second, atOnce: 10, answers: 30 * time.Millisecond, rate: 3}
	if os.Getenv("FIXLY_TEST_BAR") != "" {
		c.callers, c.within, c.answers, c.bar = 1000, time.Minute, 100*time.Millisecond, true
	}
	return c
}

// A server is killed while callers are missed, and started again. Each gets one text-back, and the owner a summary of
// each.
func TestMissedCallersWhileTheCarrierThrottlesAndTheServerIsKilled(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, onABadDay)
		s.comesThrough(aCrowd(), func() {
			s.kill()
			s.restart(0)
		})
	})
}

// Two servers share a PostgreSQL database, and one of them is killed for good.
func TestMissedCallersWhileOneOfTwoServersIsKilled(t *testing.T) {
	t.Parallel()
	b := newBalancer(t)
	s := open(t, storetest.Postgres(t), onABadDay, behindAProxy(b.URL))
	other := serve(t, s.env, s.log, append([]string{"--demo", "--database", s.database, "--listen", "127.0.0.1:0", "--now", s.now().Format(time.RFC3339)}, s.args...)...)
	t.Cleanup(func() {
		if other.running() {
			other.kill()
		}
	})
	b.servers = []string{s.url, other.url}
	s.Connect(b.URL)
	s.comesThrough(aCrowd(), other.kill)
}

// comesThrough has a crowd missed, with trouble half way, and checks that everybody has their texts, once.
func (s *shop) comesThrough(c crowd, trouble func()) {
	s.t.Helper()
	s.Throttles(c.atOnce, c.rate)
	s.Delay(c.answers)
	ended := make([]time.Time, c.callers)
	began := time.Now()
	var all sync.WaitGroup
	for i := range c.callers {
		all.Go(func() {
			at := began.Add(c.within * time.Duration(i) / time.Duration(c.callers))
			<-time.After(time.Until(at))
			form := s.Form(caller(i), "ringing")
			form.Set("CallSid", fmt.Sprintf("CA%032d", i))
			s.delivers("/twilio/voice", form)
			form.Set("CallStatus", "completed")
			ended[i] = time.Now()
			s.delivers("/twilio/status", form)
		})
	}
	all.Go(func() {
		<-time.After(time.Until(began.Add(c.within / 2)))
		trouble()
	})
	all.Wait()
	s.await("everybody has their texts", 2*time.Minute, func() bool {
		n := s.textsTo()
		return n[owner] >= c.callers && len(n) == c.callers+1
	})

	textBacks, leave, summaries := make([]time.Duration, c.callers), make([]time.Duration, c.callers), make([]time.Duration, c.callers)
	told := map[string]time.Time{}
	for _, x := range s.Texts(owner) {
		number := x.Body[strings.Index(x.Body, "("):][:len("(773) 555-0100")]
		if _, again := told[number]; again {
			s.t.Errorf("the owner is told twice of %s", number)
		}
		told[number] = x.At
	}
	for i := range c.callers {
		texts := s.Texts(caller(i))
		if len(texts) != 1 {
			s.t.Errorf("%d texts to %s", len(texts), caller(i))
		}
		textBacks[i], leave[i] = texts[0].At.Sub(ended[i]), texts[0].Leaves.Sub(ended[i])
		summaries[i] = told[contact.National(caller(i))].Sub(ended[i])
	}
	of := func(d []time.Duration) string {
		round := func(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
		return fmt.Sprintf("p50 %s, p95 %s, p99 %s, most %s", round(quantile(d, 0.5)), round(quantile(d, 0.95)), round(quantile(d, 0.99)), round(quantile(d, 1)))
	}
	s.t.Logf("%d missed within %s, %d requests refused for being too many", c.callers, c.within, s.Throttled())
	s.t.Logf("from the end of a call to its text-back's being accepted: %s", of(textBacks))
	s.t.Logf("to its leaving the carrier's queue at %v a second: %s", c.rate, of(leave))
	s.t.Logf("to the owner's summary being accepted: %s", of(summaries))
	if !c.bar {
		return
	}
	if p99, most := quantile(textBacks, 0.99), quantile(textBacks, 1); p99 > 5*time.Second || most > 30*time.Second {
		s.t.Errorf("text-backs: p99 %s, most %s", p99, most)
	}
	if p95 := quantile(summaries, 0.95); p95 > 10*time.Second {
		s.t.Errorf("summaries: p95 %s", p95)
	}
}

// delivers delivers a webhook until it is taken, as a carrier does that has been told to try again.
func (s *shop) delivers(path string, form map[string][]string) {
	s.t.Helper()
	ok := until(patience, func() bool {
		status, _, err := s.Webhook(path, form)
		return err == nil && (status == http.StatusOK || status == http.StatusNoContent)
	})
	if !ok {
		s.t.Errorf("%s is not taken", path)
	}
}

// balancer is a reverse proxy before several servers: each request goes to the next that can be reached. One that breaks
// off at its server breaks off at its client.
type balancer struct {
	*httptest.Server
	servers []string
	turn    atomic.Int64
}

func newBalancer(t testing.TB) *balancer {
	b := &balancer{}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	for range b.servers {
		server := b.servers[int(b.turn.Add(1))%len(b.servers)]
		out, err := http.NewRequestWithContext(r.Context(), r.Method, server+r.URL.RequestURI(), bytes.NewReader(body))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		out.Header = r.Header.Clone()
		resp, err := http.DefaultTransport.RoundTrip(out)
		if err != nil {
			if strings.Contains(err.Error(), "refused") {
				continue
			}
			panic(http.ErrAbortHandler)
		}
		defer func() { _ = resp.Body.Close() }()
		for k, v := range resp.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body) // the client went away, or the server did
		return
	}
	panic(http.ErrAbortHandler)
}
