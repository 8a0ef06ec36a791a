package fakegraph

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar/calendartest"
)

// Faults are how often requests to the API fail by themselves, each from 0 to 1.
type Faults struct {
	Seed uint64 // of the chance: the same seed and the same order of requests fail alike

	Down      float64 // 503 serviceNotAvailable
	Throttled float64 // 429 ApplicationThrottled
	Lost      float64 // done, and the connection breaks before the answer
	Cut       float64 // not done, and the connection breaks
	Expired   float64 // a delta token is answered by 410
}

type faults struct {
	set    Faults
	chance *rand.Rand
	broke  calendartest.Fault
	mended chan struct{} // closed by Mend
	drop   bool
}

// Inject makes requests fail by chance from now on; the zero Faults end that.
func (g *Graph) Inject(f Faults) {
	g.locked(func() { g.faults.set, g.faults.chance = f, rand.New(rand.NewPCG(f.Seed, f.Seed)) })
}

// Break makes every request fail in a way, until Mend.
func (g *Graph) Break(f calendartest.Fault) { g.locked(func() { g.faults.broke = f }) }

// Mend ends what Break began.
func (g *Graph) Mend() {
	g.locked(func() {
		g.faults.broke = ""
		close(g.faults.mended)
		g.faults.mended = make(chan struct{})
	})
}

// DropReply breaks the connection after the next request that writes, which is done.
func (g *Graph) DropReply() { g.locked(func() { g.faults.drop = true }) }

// fate is what happens to a request.
type fate struct {
	no           *refusal
	html         bool          // it is answered by a page
	cut, lost    bool          // the connection breaks before anything is done, or after
	hung, closed chan struct{} // it waits until one of these is closed
}

// fate decides what happens to a request to the API.
func (g *Graph) fate(r *http.Request) fate {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := g.broken()
	if f.no != nil || f.html || f.hung != nil {
		return f
	}
	if g.faults.drop && r.Method != http.MethodGet {
		g.faults.drop, f.lost = false, true
		return f
	}
	if g.faults.chance == nil {
		return f
	}
	at, set := g.faults.chance.Float64(), g.faults.set
	for _, c := range []struct {
		rate float64
		do   func()
	}{
		{set.Down, func() { f.no = down() }},
		{set.Throttled, func() { f.no = throttled(0) }},
		{set.Lost, func() { f.lost = true }},
		{set.Cut, func() { f.cut = true }},
		{set.Expired, func() {
			if strings.Contains(r.URL.RawQuery, "deltatoken") {
				f.no = syncStateNotFound()
			}
		}},
	} {
		if at < c.rate {
			c.do()
			break
		}
		at -= c.rate
	}
	return f
}

// fateOfSignIn is what happens to a request to the sign-in.
func (g *Graph) fateOfSignIn() fate {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.broken()
}

// broken is what Break asked for. The lock is held.
func (g *Graph) broken() fate {
	f := fate{closed: g.stop}
	switch g.faults.broke {
	case calendartest.Down:
		f.no = down()
	case calendartest.Throttled:
		f.no = throttled(calendartest.RetryAfter)
	case calendartest.Garbled:
		f.html = true
	case calendartest.Hung:
		f.hung = g.faults.mended
	}
	return f
}

// before does what happens to a request before it is looked at, and says whether that was all.
func (f fate) before(w http.ResponseWriter, r *http.Request) bool {
	if f.hung != nil {
		select {
		case <-f.hung:
		case <-f.closed:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	}
	switch {
	case f.cut:
		panic(http.ErrAbortHandler)
	case f.html:
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body>Welcome to our Wi-Fi</body></html>"))
		return true
	case f.no != nil:
		f.no.write(w)
		return true
	}
	return false
}

func down() *refusal {
	return refuse(http.StatusServiceUnavailable, "serviceNotAvailable", "The service is temporarily unavailable.")
}

func throttled(after time.Duration) *refusal {
	no := refuse(http.StatusTooManyRequests, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
	if after > 0 {
		no.retryAfter = strconv.Itoa(int(after / time.Second))
	}
	return no
}

func syncStateNotFound() *refusal {
	return refuse(http.StatusGone, "SyncStateNotFound", "The sync state generation is not found; full sync required.")
}
