// Package dashboard is the owner's app: what goes on now, what was said and why, who comes when, and a phone to
// try the line with. The pages are plain HTML; while one is open, the parts of it that change are fetched anew
// when the store says that something was written.
package dashboard

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"fixly/business"
	"fixly/clock"
	"fixly/scheduling"
	"fixly/simulate/trial"
)

// Deps is what the dashboard works with. All are needed unless they say otherwise.
type Deps struct {
	Reader  Reader
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger

	// Watch calls changed with the kind of each change of a business as it is committed ("call", "turn", "job",
	// "message", "callback", "business", "calendar", "block"; "resync" when some were missed), until ctx ends. Nil: pages
	// don't refresh by themselves.
	Watch func(ctx context.Context, businessID string, changed func(kind string))
	// Outside looks into the calendars outside before a job is moved. Nil: there are none.
	Outside scheduling.Outside
	// Engine gives what understands a business's callers.
	Engine func(*business.Business) Understander
	// Rehearse plays the golden conversations with one more phrase taught. It returns how many were played and those
	// that would end otherwise than they should. Nil: nothing can be taught here.
	Rehearse func(ctx context.Context, t business.Taught) (played int, differences []Difference, err error)
	// Trials lets simulated callers and earlier conversations be tried on changed settings. Nil: there is no such page.
	Trials *trial.Room
	// Threads lets people write in the threads of texts. Nil: they can only be read.
	Threads Threads
	// Feeds says where jobs can be subscribed to. Nil: nowhere.
	Feeds Feeds
	// Calendars are the calendars outside that can be connected. Nil: there is no such page.
	Calendars Calendars
	// Phone answers the WebSocket of the browser phone, once the request is authorised. Nil: there is no such page.
	Phone http.Handler

	// Sound fetches what was recorded of a call on a line, as MP3, with the line's credentials. Nil: it can't be heard here.
	Sound func(ctx context.Context, line business.Line, recordingID string) (io.ReadCloser, error)

	// PushKey is the key by which browsers subscribe to notifications, as webpush.Sender gives it. Empty: there are none.
	PushKey string

	// Demo opens the pages without signing in, to this machine only.
	Demo bool
	// Key is the administrator's API key, with which one signs in. Empty, without Demo: nobody can.
	Key string
	// Secret signs sessions and tokens; at least 32 bytes.
	Secret []byte
	// PublicURL is how browsers reach the server, such as https://fixly.example.com. With https, cookies are
	// marked secure.
	PublicURL string
}

type server struct {
	Deps
	sessions sessions
	attempts attempts
	streams  chan struct{} // a place for each open event stream

	scheduler *scheduling.Scheduler
}

// New serves the pages, from / on, with their static files under /static/.
func New(d Deps) http.Handler {
	s := &server{
		Deps: d, sessions: newSessions(d.Secret, d.Key, d.Clock), attempts: attempts{clock: d.Clock}, streams: make(chan struct{}, maxStreams),
		scheduler: scheduling.New(d.Clock, d.Outside),
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.HandlerFunc(serveAsset))
	mux.HandleFunc("GET /sign-in", s.signInForm)
	mux.HandleFunc("POST /sign-in", s.signIn)
	mux.HandleFunc("POST /sign-out", s.signOut)

	pages := map[string]func(*request) error{
		"GET /{$}":                               s.today,
		"GET /parts/figures":                     s.figuresPart,
		"GET /parts/live":                        s.livePart,
		"GET /parts/needs":                       s.needsPart,
		"GET /parts/next":                        s.nextPart,
		"GET /callbacks":                         s.owed,
		"GET /parts/owed":                        s.owedPart,
		"POST /callbacks/{id}":                   s.changeOwed,
		"POST /callbacks/done":                   s.callbackDone,
		"GET /calls":                             s.calls,
		"GET /parts/calls":                       s.callsPart,
		"GET /calls/{id}":                        s.call,
		"GET /parts/calls/{id}":                  s.callPart,
		"GET /calls/{id}/recordings/{recording}": s.recording,
		"GET /calendar":                          s.calendarPage,
		"GET /parts/calendar":                    s.calendarPart,
		"GET /calendar/block":                    s.newBlock,
		"POST /calendar/block":                   s.addBlock,
		"GET /calendar/block/{id}":               s.editBlock,
		"POST /calendar/block/{id}":              s.changeBlock,
		"GET /calendar/off":                      s.daysOff,
		"POST /calendar/off":                     s.changeDaysOff,
		"GET /oncall":                            s.onCall,
		"GET /parts/oncall":                      s.onCallPart,
		"POST /oncall/swap":                      s.swap,
		"POST /oncall/{id}/take":                 s.takePage,
		"GET /forwarding":                        s.forwardingPage,
		"GET /parts/forwarding":                  s.forwardingPart,
		"POST /forwarding":                       s.setForwarding,
		"POST /forwarding/test":                  s.testForwarding,
		"GET /parts/troubles":                    s.troublesPart,
		"POST /calendars/settled":                s.troubleSettled,
		"POST /jobs/{id}/move":                   s.moveJob,
		"POST /jobs/{id}/cancel":                 s.cancelJob,
		"GET /jobs":                              s.jobs,
		"GET /parts/jobs":                        s.weekPart,
		"GET /jobs/{id}":                         s.job,
		"GET /jobs/subscribe":                    s.feeds,
		"POST /jobs/subscribe":                   s.replaceFeed,
		"GET /parts/jobs/{id}":                   s.jobPart,
		"POST /jobs/{id}/accept":                 s.acceptJob,
		"POST /jobs/{id}/decline":                s.declineJob,
		"GET /statement":                         s.statement,
		"GET /statement.csv":                     s.statementFile,
		"GET /statement/{id}":                    s.evidence,
		"POST /statement/{id}":                   s.credit,
		"GET /texts":                             s.texts,
		"GET /texts/{phone}":                     s.texts,
		"GET /photos/{id}":                       s.photo,
		"POST /jobs/{id}/done":                   s.doneJob,
		"POST /texts/{phone}":                    s.writeText,
		"POST /texts/{phone}/release":            s.releaseThread,
		"GET /parts/threads":                     s.threadsPart,
		"GET /parts/threads/{phone}":             s.threadPart,
		"GET /understanding":                     s.understandingPage,
		"POST /understanding/try":                s.tryPhrase,
		"POST /understanding/teach":              s.teach,
		"POST /understanding/forget":             s.forget,
		"GET /texting":                           s.texting,
		"POST /texting":                          s.saveRegistration,
		"POST /texting/consent":                  s.noteConsent,
		"GET /events":                            s.events,
	}
	if d.PushKey != "" {
		mux.HandleFunc("GET /sw.js", serviceWorker)
		pages["GET /notifications"] = s.notifications
		pages["POST /notifications"] = s.addDevice
		pages["POST /notifications/{id}"] = s.changeDevice
	}
	if d.Phone != nil {
		pages["GET /phone"] = s.phonePage
		pages["GET /phone/ws"] = s.phoneSocket
		pages["GET /parts/knows/{id}"] = s.knowsPart
		pages["GET /parts/outcome/{id}"] = s.outcomePart
	}
	if d.Trials != nil {
		pages["GET /trial"] = s.trials
		pages["POST /trial"] = s.startTrial
		pages["POST /trial/stop"] = s.stopTrial
		pages["GET /parts/trial"] = s.trialPart
	}
	if d.Calendars != nil {
		pages["GET /calendars"] = s.calendars
		pages["GET /parts/calendars/{id}"] = s.accountPart
		pages["GET /calendars/{provider}/connect"] = s.connectCalendar
		pages["GET /calendars/{provider}/callback"] = s.calendarConnected
		pages["POST /calendars/{provider}"] = s.fillInCalendar
		pages["POST /calendars/choose"] = s.chooseCalendars
		pages["POST /calendars/read"] = s.readCalendars
		pages["POST /calendars/disconnect"] = s.disconnectCalendar
	}
	for pattern, page := range pages {
		mux.Handle(pattern, s.page(page))
	}
	mux.Handle("/", s.page(func(*request) error { return errNotFound }))
	return s.secure(mux)
}

// request is one request for a page, authorised, its business found.
type request struct {
	*http.Request
	w        http.ResponseWriter
	b        *business.Business
	all      []*business.Business
	signedIn bool
}

// page is the way of a request to a page: session, business, page, answer.
func (s *server) page(do func(*request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		signedIn := s.sessions.valid(r)
		if !signedIn && !s.Demo {
			s.askToSignIn(w, r)
			return
		}
		q := &request{Request: r, w: w, signedIn: signedIn}
		err := s.findBusiness(q)
		if id := r.PathValue("id"); err == nil && strings.Contains(r.Pattern, "{id}") && !isID(id) {
			err = errNotFound
		}
		if err == nil {
			err = do(q)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// render answers with a page or a part of one.
func (q *request) render(c templ.Component) error {
	return renderStatus(q.w, q.Request, http.StatusOK, c)
}

func renderStatus(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	// templ buffers, so nothing was written when it returns an error.
	var failed error
	templ.Handler(c, templ.WithStatus(status), templ.WithErrorHandler(func(_ *http.Request, err error) http.Handler {
		failed = err
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	})).ServeHTTP(w, r)
	return failed
}

// isPart says whether a request is for a part of a page that is open already.
func isPart(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }
