package twilio

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/telephony"
	"fixly/twilioapi"
)

// How long a webhook waits for the database: to look up the line, which is remembered from the last time, and to do
// what it is there for. Twilio gives up after 15 seconds, callers sooner; five seconds after a call came in, it must be
// on its way to a person.
const (
	lookupTimeout  = time.Second
	storageTimeout = 3500 * time.Millisecond
	// endTimeout is the same where nobody is on the line any more: what is not stored then is owed late.
	endTimeout = 10 * time.Second
)

// Options are what New needs; all but Log, Dialect and HangUp are required.
type Options struct {
	Storage      telephony.Storage
	Directory    Directory
	Receptionist Receptionist
	PublicURL    twilioapi.PublicURL
	Clock        clock.Clock
	Log          *slog.Logger // nil: nothing is logged
	// Calls runs the calls that we place; nil: none are.
	Calls *telephony.Switchboard
	// Dialect is the carrier's; the zero value is Twilio's own.
	Dialect Dialect
	// HangUp ends a leg at Twilio, by the line's credentials and the carrier's id; nil: legs end by themselves.
	HangUp func(ctx context.Context, line business.Line, carrierID string) error
	// Forwarding knows calls that test the forwarding of the number customers know; nil: there are none.
	Forwarding Forwarding
}

// Forwarding knows our own calls that come in by the forwarding that they test.
type Forwarding interface {
	// Came says whether a call is one, and notes that it came in; as often as it is asked.
	Came(ctx context.Context, b *business.Business, in telephony.Incoming) (ours bool, err error)
}

// Handler serves everything of one carrier that has to do with calls: under /twilio/, or where its dialect has it.
type Handler struct {
	storage      telephony.Storage
	directory    Directory
	receptionist Receptionist
	dialect      *Dialect
	public       addresses
	clock        clock.Clock
	log          *slog.Logger
	calls        *telephony.Switchboard
	forwarding   Forwarding
	hangUp       func(ctx context.Context, line business.Line, carrierID string) error
	lines        lines
	mux          *http.ServeMux

	// live sessions, see session.go
	sessions sync.WaitGroup
	stopping chan struct{}
	stop     func()
	mu       sync.Mutex // guards stopped and sessions.Add against sessions.Wait
	stopped  bool
	cut      cutCalls
}

// New makes the handler.
func New(o Options) (*Handler, error) {
	if o.Storage == nil || o.Directory == nil || o.Receptionist == nil || o.Clock == nil || o.PublicURL.String() == "" {
		return nil, errors.New("telephony/twilio: storage, directory, receptionist, clock and public URL are required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Dialect.Carrier == "" {
		o.Dialect = Own()
	}
	stopping := make(chan struct{})
	h := &Handler{
		storage: o.Storage, directory: o.Directory, receptionist: o.Receptionist, dialect: &o.Dialect, public: addresses{o.PublicURL, &o.Dialect},
		clock: o.Clock, log: o.Log, calls: o.Calls, forwarding: o.Forwarding, hangUp: o.HangUp,
		lines:    lines{hintsOf: o.Receptionist.Hints, keyOf: o.Dialect.Key, byNumber: map[string]*line{}},
		mux:      http.NewServeMux(),
		stopping: stopping, stop: sync.OnceFunc(func() { close(stopping) }),
	}
	h.Register(h.mux)
	return h, nil
}

// The paths as Twilio has them (a dialect puts its own name first), fixed by what is set up at Twilio and by what earlier TwiML of a call in progress says.
const (
	voicePath     = "/twilio/voice"
	dialPath      = "/twilio/dial"
	acceptPath    = "/twilio/dial/accept"
	machinePath   = "/twilio/dial/machine"
	voicemailPath = "/twilio/voicemail"
	relayPath     = "/twilio/relay"
	relayDonePath = "/twilio/relay/done"
	gatherPath    = "/twilio/gather"
	statusPath    = "/twilio/status"

	voicemailStoredPath = "/twilio/voicemail/stored"
	voicemailWordsPath  = "/twilio/voicemail/words"

	recordedPath = "/twilio/recorded"

	outboundAnswerPath  = "/twilio/outbound/answer"
	outboundKeysPath    = "/twilio/outbound/keys"
	outboundDialledPath = "/twilio/outbound/dialled"
	outboundStatusPath  = "/twilio/outbound/status"
)

// Register adds the handler's paths to a mux.
func (h *Handler) Register(mux *http.ServeMux) {
	mux.Handle(h.dialect.at(voicePath), h.webhook(h.voice))
	mux.Handle(h.dialect.at(dialPath), h.webhook(h.dial))
	mux.Handle(h.dialect.at(acceptPath), h.webhook(h.accept))
	mux.Handle(h.dialect.at(machinePath), h.webhook(h.machine))
	mux.Handle(h.dialect.at(voicemailPath), h.webhook(h.voicemail))
	mux.Handle(h.dialect.at(voicemailStoredPath), h.webhook(h.voicemailStored))
	mux.Handle(h.dialect.at(voicemailWordsPath), h.webhook(h.voicemailWords))
	mux.Handle(h.dialect.at(recordedPath), h.webhook(h.recorded))
	mux.Handle(h.dialect.at(relayDonePath), h.webhook(h.relayDone))
	mux.Handle(h.dialect.at(gatherPath), h.webhook(h.gather))
	mux.Handle(h.dialect.at(statusPath), h.webhook(h.status))
	mux.HandleFunc(h.dialect.at(relayPath), h.relay)
	if h.calls != nil {
		mux.Handle(h.dialect.at(outboundAnswerPath), h.outboundWebhook(h.outboundAnswer))
		mux.Handle(h.dialect.at(outboundKeysPath), h.outboundWebhook(h.outboundKeys))
		mux.Handle(h.dialect.at(outboundDialledPath), h.outboundWebhook(h.outboundDialled))
		mux.Handle(h.dialect.at(outboundStatusPath), h.outboundWebhook(h.outboundStatus))
	}
}

// ServeHTTP serves the handler's paths.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// Stop takes no new sessions, lets each live one finish the turn it is at, and then cuts it, so that Twilio asks
// how to go on, which another process or the next one answers. It returns when all are gone or ctx is done.
func (h *Handler) Stop(ctx context.Context) error {
	h.mu.Lock()
	h.stopped = true
	h.mu.Unlock()
	h.stop()
	gone := make(chan struct{})
	go func() { h.sessions.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-ctx.Done():
		return ctx.Err()
	}
	h.cut.await(ctx)
	return nil
}

// beginSession counts a session in, unless the handler is stopping.
func (h *Handler) beginSession() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return false
	}
	h.sessions.Add(1)
	return true
}
