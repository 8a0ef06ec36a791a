package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"fixly/approval"
	"fixly/billing"
	"fixly/bookingpage"
	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/followup"
	"fixly/messaging"
	"fixly/notify"
	"fixly/oncall"
	"fixly/ownerdesk"
	"fixly/photos"
	"fixly/receptionist"
	"fixly/recording"
	"fixly/scheduling"
	"fixly/scheduling/calendar/mirror"
	"fixly/scheduling/travel/osrm"
	"fixly/simulate/trial"
	"fixly/store"
	"fixly/telephony/browserphone"
	telephonytelnyx "fixly/telephony/telnyx"
	telephonytwilio "fixly/telephony/twilio"
	"fixly/webpush"
)

// server is everything that runs, for stop to take down.
type server struct {
	log     *slog.Logger
	db      *store.DB
	calls   []*telephonytwilio.Handler // of each carrier
	phone   *browserphone.Handler
	trials  *trial.Room
	mirror  *mirror.Mirror
	push    *webpush.Sender
	matrix  *osrm.Matrix // nil: there is no routing server
	handler http.Handler

	// endStreams ends the requests that go on for as long as somebody looks at a page, and what the routing server is asked.
	streams    context.Context
	endStreams context.CancelFunc
}

// surroundings are what a server finds around it; the zero value is the machine and the internet.
type surroundings struct {
	http   *http.Client  // asks carriers; nil: one over the network
	byHand *store.ByHand // takes the durable jobs; nil: River works them
}

// start makes and starts the parts, each after what it needs. What has been started is closed again when a later
// part fails.
func start(ctx context.Context, cfg config.Config, clk clock.Clock, log *slog.Logger, around surroundings) (_ *server, err error) {
	out, err := newOutward(cfg, around.http)
	if err != nil {
		return nil, err
	}

	// The database first: everything stands on it.
	db, err := store.Open(ctx, cfg.Database, store.Options{Clock: clk, Log: log, SecretKey: cfg.SecretKey, Demo: cfg.Demo, ByHand: around.byHand})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = db.Close(context.WithoutCancel(ctx))
		}
	}()
	// Read once now: a secret key that doesn't open their credentials is found here, not at the first call.
	if _, err := db.Businesses(ctx); err != nil {
		return nil, err
	}
	if cfg.Demo {
		if err := loadDemo(ctx, db); err != nil {
			return nil, err
		}
	}

	// What looks into calendars outside, before whoever books.
	outside := newMirror(cfg, db, clk, log)
	scheduler := scheduling.New(clk, outside)

	// What knows how long drives take, where there is a routing server. It is asked once everything runs.
	s := &server{log: log, db: db, mirror: outside}
	s.streams, s.endStreams = context.WithCancel(context.WithoutCancel(ctx))
	defer func() {
		if err != nil {
			s.endStreams()
		}
	}()
	if cfg.RoutingURL != "" {
		s.matrix = osrm.New(cfg.RoutingURL, nil, drivenAreas(db), log)
	}

	// The receptionist, who serves every channel.
	codes := receptionist.NewCodes(cfg.SecretKey)
	desk, err := modelDesk(ctx, cfg, db, clk, log)
	if err != nil {
		return nil, err
	}
	links := bookingpage.NewLinks(cfg.SecretKey, cfg.PublicURL)
	r := receptionist.New(receptionist.Options{BookingLink: links.BookURL, Storage: db.Receptionist(), Reader: db, Clock: clk, Log: log, Codes: codes, Interpreter: interpreter(cfg, desk), Outside: outside, Roads: s.roads()})

	// The channels.
	forwarded := newForwarding(db, clk)
	board := switchboard(db, clk, forwarded)
	calls, err := telephonytwilio.New(telephonytwilio.Options{
		Storage: db.Telephony(), Directory: db, Receptionist: r, PublicURL: out.public, Clock: clk, Log: log, Calls: board, Forwarding: forwarded,
		HangUp: func(ctx context.Context, l business.Line, carrierID string) error {
			_, err := out.twilio.Account(l.AccountSID, l.AuthToken).EndCall(ctx, carrierID)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	overTelnyx, err := telephonytwilio.New(telephonytwilio.Options{
		Storage: db.Telephony(), Directory: db, Receptionist: r, PublicURL: out.public, Clock: clk, Log: log, Calls: board, Forwarding: forwarded,
		Dialect: telephonytelnyx.Dialect(clock.Real()), HangUp: telephonytelnyx.HangUp(out.telnyx),
	})
	if err != nil {
		return nil, err
	}
	inbox := &messaging.Inbox{Storage: db.Messaging(), Receptionist: texter{r, clk}, Clock: clk, Log: log, Fresh: scheduler.Fresh}
	pages := &oncall.Desk{Storage: db.OnCall(), Clock: clk, Log: log}
	inbox.Crew = crew{pages, &callbacks.Desk{Clock: clk}}
	inbox.Owner = owner{&ownerdesk.Desk{
		Threads:   messaging.Threads{Receptionist: texter{r, clk}},
		Approvals: &approval.Desk{Scheduler: scheduler, Clock: clk, Understand: understands(r)},
		Clock:     clk, Understand: understands(r), Bridge: bridge{&callbacks.Desk{Clock: clk}},
	}}

	// What is owed, last of what writes: by now all that it works with is there.
	mails, err := mailServer(cfg)
	if err != nil {
		return nil, err
	}
	workers := followup.Workers(followup.Deps{
		Storage: db.FollowUp(), Carriers: carriers(cfg, out, clk), Clock: clk, Log: log, Codes: codes, Gist: gists(desk, db, r),
		Propose:   texter{r, clk}.propose,
		Talking:   texter{r, clk}.talking,
		VisitLink: links.URL, Unsubscribe: links.UnsubscribeURL, TakeLink: links.CallURL, Mail: mails, Invite: invitation,
		GiveBack: inbox.GiveBack,
		Placers:  placers(cfg, out, clk), Calls: board,
	})
	outside.AddWorkers(workers)
	pages.AddWorkers(workers)
	forwarded.AddWorkers(workers)
	(&photos.Desk{
		Storage: db.Photos(), Clock: clk, Log: log, Carrier: carriers(cfg, out, clk), Links: photos.NewLinks(cfg.SecretKey, cfg.PublicURL),
	}).AddWorkers(workers)
	(&recording.Desk{
		Storage: db.Recording(), Clock: clk, Log: log, Carrier: telephonytwilio.Recorder{Client: out.twilio, PublicURL: out.public},
	}).AddWorkers(workers)
	callbacks.AddWorkers(workers, callbacks.Deps{Storage: db.CallingBack(), Clock: clk, Log: log})
	if s.push, err = pusher(cfg, around.http); err != nil {
		return nil, err
	}
	notify.AddWorkers(workers, notify.Deps{Storage: db.Notify(), Clock: clk, Log: log, Push: s.push, Mail: mails != nil, PublicURL: cfg.PublicURL})
	billing.AddWorkers(workers, billing.Deps{Storage: db.Billing(), Clock: clk, Log: log, Meter: meter(cfg)})
	if err := db.StartJobs(ctx, workers, slices.Concat(followup.Periodic(), outside.Periodic(), callbacks.Periodic(), forwarded.Periodic(), notify.Periodic(), recording.Periodic())...); err != nil {
		return nil, err
	}

	s.calls = []*telephonytwilio.Handler{calls, overTelnyx}
	if s.matrix != nil {
		go s.matrix.Keep(s.streams)
	}
	s.trials = trial.New(s.streams, clk, db)
	s.handler = s.routes(cfg, clk, r, inbox, out, links, codes)
	return s, nil
}

// loadDemo stores the demo business where there is no business yet.
func loadDemo(ctx context.Context, db *store.DB) error {
	return db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Businesses(ctx)
		if err != nil || len(all) > 0 {
			return err
		}
		if err := tx.SaveBusiness(ctx, demo.Business()); err != nil {
			return fmt.Errorf("load the demo business: %w", err)
		}
		return nil
	})
}
