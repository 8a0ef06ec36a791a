package fakegoogle

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"fixly/scheduling/calendar/calendartest"
)

// Faults are how often requests to the API fail by themselves, each from 0 to 1.
type Faults struct {
	Seed uint64 // of the chance: the same seed and the same order of requests fail alike

	Down      float64 // 503 backendError
	Throttled float64 // 429 rateLimitExceeded
	Quota     float64 // 403 userRateLimitExceeded or quotaExceeded
	Lost      float64 // done, and the connection breaks before the answer
	Cut       float64 // not done, and the connection breaks
	Slow      float64 // answered after SlowBy
	SlowBy    time.Duration
	Expired   float64 // a sync token is answered by 410
}

type faults struct {
	set    Faults
	chance *rand.Rand
	broke  calendartest.Fault
	mended chan struct{} // closed by Mend
	drop   bool
}

// Inject makes requests fail by chance from now on; the zero Faults end that.
func (g *Google) Inject(f Faults) {
	g.locked(func() {
		g.faults.set = f
		g.faults.chance = rand.New(rand.NewPCG(f.Seed, f.Seed))
	})
}

// Break makes every request fail in a way, until Mend.
func (g *Google) Break(f calendartest.Fault) { g.locked(func() { g.faults.broke = f }) }

// Mend ends what Break began.
func (g *Google) Mend() {
	g.locked(func() {
		g.faults.broke = ""
		close(g.faults.mended)
		g.faults.mended = make(chan struct{})
	})
}

// DropReply breaks the connection after the next request that writes, which is done.
func (g *Google) DropReply() { g.locked(func() { g.faults.drop = true }) }

// fate is what happens to a request.
type fate struct {
	no     *refusal
	html   bool          // it is answered by a page
	cut    bool          // the connection breaks before anything is done
	lost   bool          // the connection breaks after it was done
	slow   time.Duration // it waits before it is done
	hung   chan struct{} // it waits until this is closed
	closed chan struct{}
}

// fate decides what happens to a request to the API.
func (g *Google) fate(r *http.Request) fate {
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
	set := g.faults.set
	if g.faults.chance.Float64() < set.Slow {
		f.slow = set.SlowBy
	}
	at := g.faults.chance.Float64()
	for _, c := range []struct {
		rate float64
		do   func()
	}{
		{set.Down, func() { f.no = backendError() }},
		{set.Throttled, func() { f.no = tooMany(0) }},
		{set.Quota, func() {
			reason := []string{"userRateLimitExceeded", "rateLimitExceeded", "quotaExceeded"}[g.faults.chance.IntN(3)]
			f.no = refuse(http.StatusForbidden, "usageLimits", reason, "Rate Limit Exceeded")
		}},
		{set.Lost, func() { f.lost = true }},
		{set.Cut, func() { f.cut = true }},
	} {
		if at < c.rate {
			c.do()
			return f
		}
		at -= c.rate
	}
	if r.URL.Query().Get("syncToken") != "" && g.faults.chance.Float64() < set.Expired {
		f.no = fullSync()
	}
	return f
}

// fateOfSignIn is what happens to a request to the sign-in.
func (g *Google) fateOfSignIn() fate {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.broken()
}

// broken is what Break asked for. The lock is held.
func (g *Google) broken() fate {
	f := fate{closed: g.stop}
	switch g.faults.broke {
	case calendartest.Down:
		f.no = backendError()
	case calendartest.Throttled:
		f.no = tooMany(calendartest.RetryAfter)
	case calendartest.Garbled:
		f.html = true
	case calendartest.Hung:
		f.hung = g.faults.mended
	}
	return f
}

// before does what happens to a request before it is looked at, and says whether that was all.
func (f fate) before(w http.ResponseWriter, r *http.Request) bool {
	if f.hung != nil || f.slow > 0 {
		var pause <-chan time.Time
		if f.slow > 0 {
			t := time.NewTimer(f.slow)
			defer t.Stop()
			pause = t.C
		}
		select {
		case <-f.hung:
		case <-pause:
		case <-f.closed:
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	switch {
	case f.hung != nil, f.cut:
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

func backendError() *refusal {
	return refuse(http.StatusServiceUnavailable, "global", "backendError", "Backend Error")
}

func tooMany(after time.Duration) *refusal {
	no := refuse(http.StatusTooManyRequests, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded")
	if after > 0 {
		no.retryAfter = strconv.Itoa(int(after / time.Second))
	}
	return no
}

func fullSync() *refusal {
	return refuse(http.StatusGone, "calendar", "fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
}
