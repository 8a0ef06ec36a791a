package e2e

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"fixly/store/storetest"
	"fixly/telephony/fakephone"
)

// People of the demo business, and people who call it. All numbers are from the ranges reserved for fiction.
const (
	line    = "+13125550100"
	owner   = "+13125550101"
	manager = "+13125550102"
	vip     = "+13125550150"
	nogood  = "+13125550199" // blocked
	karen   = "+13125550142"
	owen    = "+13125550143"
)

const (
	apiKey    = "e2e-administrator"
	secretKey = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=" // 32 bytes
)

// monday is when the days of the tests begin: the shop is open, and so are its days this week.
var monday = time.Date(2026, 11, 23, 10, 5, 0, 0, time.FixedZone("CST", -6*3600))

// patience is how long anything may take that the contract gives no time for.
const patience = 30 * time.Second

// shop is the demo business, served by the binary, with its line at a carrier that fakephone plays.
type shop struct {
	*process
	*fakephone.Phone

	t        testing.TB
	database string
	args     []string
	env      map[string]string
	settings map[string]string // beside those that every shop has
	clock    time.Time         // --now
	since    time.Time         // when it was started, on the machine's clock
	badDay   bool              // errors in the log are expected
	// carrierAPI is the setting that says where the carrier's REST API is.
	carrierAPI string
}

// option changes how a shop is opened.
type option func(*shop, *fakephone.Options)

// onABadDay says that errors in the server's log are to be expected.
func onABadDay(s *shop, _ *fakephone.Options) { s.badDay = true }

// behindAProxy has the public reach the server by another address.
func behindAProxy(public string) option {
	return func(s *shop, o *fakephone.Options) {
		s.args = append(s.args, "--public-url", public)
		o.PublicURL = public
	}
}

// open starts the demo business on a database, SQLite or PostgreSQL, and connects its line. At the end of the test
// the server must stop cleanly, and its log must hold no panic and, except on a bad day, no error.
func open(t testing.TB, database string, options ...option) *shop {
	t.Helper()
	s := &shop{t: t, database: database, clock: monday, carrierAPI: "FIXLY_TWILIO_API_URL"}
	o := fakephone.Options{Patience: patience, Persistent: true}
	for _, change := range options {
		change(s, &o)
	}
	s.Phone = fakephone.New(t, o)
	s.env = map[string]string{
		"FIXLY_API_KEY": apiKey, "FIXLY_SECRET_KEY": secretKey, s.carrierAPI: s.APIURL(),
	}
	maps.Copy(s.env, s.settings)
	s.start("127.0.0.1:0", &logged{})
	s.Connect(s.url)
	t.Cleanup(s.close)
	return s
}

func (s *shop) start(listen string, log *logged) {
	s.t.Helper()
	s.since = time.Now()
	args := append([]string{"--demo", "--database", s.database, "--listen", listen, "--now", s.clock.Format(time.RFC3339)}, s.args...)
	s.process = serve(s.t, s.env, log, args...)
}

// restart starts the server again at its old address. Its clock goes on from where it would be, and some more.
func (s *shop) restart(more time.Duration) {
	s.t.Helper()
	if s.running() {
		s.t.Fatal("the server is still running")
	}
	s.clock = s.now().Add(more)
	s.start(strings.TrimPrefix(s.url, "http://"), s.log)
}

// now is the server's time.
func (s *shop) now() time.Time { return s.clock.Add(time.Since(s.since)) }

func (s *shop) close() {
	if s.running() {
		if status := s.stop(); status != 0 {
			s.t.Errorf("the server ends with status %d", status)
		}
	}
	for line := range strings.Lines(s.log.String()) {
		// River calls it an error that its maintenance is interrupted when it stops; and at the end of a test the carrier
		// hangs up in the middle of its reports.
		bad := strings.Contains(line, "level=ERROR") && !s.badDay && !strings.Contains(line, "context canceled")
		if bad || strings.Contains(line, "panic") || strings.Contains(line, "DATA RACE") {
			s.t.Errorf("the server logs: %s", line)
		}
	}
	if s.t.Failed() {
		s.t.Logf("the server's log:\n%s", s.log.tail())
	}
}

// eachDatabase runs a test on SQLite and on PostgreSQL.
func eachDatabase(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, database string) {
		t.Parallel()
		test(t, database)
	})
}

// sqlite opens a shop on SQLite, for tests in which the database does not matter.
func sqlite(t testing.TB, options ...option) *shop {
	t.Helper()
	return open(t, storetest.SQLite(t), options...)
}

// await waits until something holds.
func (s *shop) await(what string, within time.Duration, holds func() bool) {
	s.t.Helper()
	if !until(within, holds) {
		s.t.Fatalf("not within %s: %s", within, what)
	}
}

// until waits until something holds and says whether it came to it.
func until(within time.Duration, holds func() bool) bool {
	late := time.After(within)
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for !holds() {
		select {
		case <-late:
			return holds()
		case <-poll.C:
		}
	}
	return true
}

// gotTexts checks which texts the carrier has accepted for a number, all of them, in order: each must contain the
// words in its place.
func (s *shop) gotTexts(number string, words ...string) {
	s.t.Helper()
	var bodies []string
	for _, x := range s.Texts(number) {
		bodies = append(bodies, x.Body)
	}
	fit := len(bodies) == len(words)
	for i := range min(len(bodies), len(words)) {
		fit = fit && strings.Contains(strings.ToLower(bodies[i]), strings.ToLower(words[i]))
	}
	if !fit {
		s.t.Errorf("%s has these texts:\n  %s\nwant\n  %s", number, strings.Join(bodies, "\n  "), strings.Join(words, "\n  "))
	}
}

// textsTo counts the texts accepted for each number.
func (s *shop) textsTo() map[string]int {
	n := map[string]int{}
	for _, x := range s.Texts("") {
		n[x.To]++
	}
	return n
}

// caller is the nth of many callers.
func caller(n int) string { return fmt.Sprintf("+1773555%04d", 100+n) }
