package dashboard

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fixly/clock"
)

// How many wrong keys are taken, over all visitors, in a stretch of time.
const (
	maxAttempts    = 10
	attemptsWindow = time.Minute
)

// attempts counts wrong keys.
type attempts struct {
	clock clock.Clock
	mu    sync.Mutex
	since time.Time
	n     int
}

// allowed says whether another key may be tried; wrong must be told of each that was wrong.
func (a *attempts) allowed() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now := a.clock.Now(); now.Sub(a.since) >= attemptsWindow {
		a.since, a.n = now, 0
	}
	return a.n < maxAttempts
}

func (a *attempts) wrong() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n++
}

// askToSignIn sends a visitor without a session to the form; parts of open pages make the whole page go there.
func (s *server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if isPart(r) {
		w.Header().Set("HX-Redirect", "/sign-in")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.Method != http.MethodGet || r.URL.Path == "/events" || r.URL.Path == "/phone/ws" {
		http.Error(w, "Sign in first.", http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
}

func (s *server) signInForm(w http.ResponseWriter, r *http.Request) {
	if s.Demo || s.sessions.valid(r) {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	problem := ""
	if s.Key == "" {
		problem = "This server was started without a key, so nobody can sign in. Set FIXLY_API_KEY and start it again."
	}
	s.drawSignIn(w, r, http.StatusOK, problem, r.URL.Query().Get("next"))
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if err := r.ParseForm(); err != nil {
		s.drawSignIn(w, r, http.StatusBadRequest, "The form did not arrive whole; try again.", "")
		return
	}
	next := r.PostForm.Get("next")
	if !s.attempts.allowed() {
		w.Header().Set("Retry-After", "60")
		s.drawSignIn(w, r, http.StatusTooManyRequests, "Too many wrong keys; wait a minute.", next)
		return
	}
	got, want := sha256.Sum256([]byte(r.PostForm.Get("key"))), sha256.Sum256([]byte(s.Key))
	if s.Key == "" || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
		s.attempts.wrong()
		s.Log.WarnContext(r.Context(), "dashboard: wrong key", "remote", r.RemoteAddr)
		s.drawSignIn(w, r, http.StatusUnauthorized, "That is not the key.", next)
		return
	}
	until := s.Clock.Now().Add(sessionLifetime)
	http.SetCookie(w, s.cookie(sessionCookie, s.sessions.sign("session", until), int(sessionLifetime.Seconds())))
	http.Redirect(w, r, localPath(next), http.StatusSeeOther) //nolint:gosec // G710: localPath leaves nothing but a path
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, s.cookie(sessionCookie, "", -1))
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
}

func (s *server) drawSignIn(w http.ResponseWriter, r *http.Request, status int, problem, next string) {
	if err := renderStatus(w, r, status, signInPage(problem, localPath(next))); err != nil {
		s.Log.ErrorContext(r.Context(), "dashboard: drawing the sign-in page", "error", err)
	}
}

// localPath is where to go after signing in: a path of this server, never another one.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return u.RequestURI()
}
