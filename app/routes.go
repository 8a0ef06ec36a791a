package app

import (
	"context"
	"net/http"

	"fixly/api"
	"fixly/bookingpage"
	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/dashboard"
	"fixly/messaging"
	"fixly/messaging/httpgateway"
	messagingtelnyx "fixly/messaging/telnyx"
	messagingtwilio "fixly/messaging/twilio"
	"fixly/photos"
	"fixly/receptionist"
	"fixly/receptionist/golden"
	"fixly/scheduling/calendar/feed"
	"fixly/store"
	"fixly/telephony/browserphone"
)

// routes is every address of the server. Carriers' webhooks are signed, the API is keyed, the pages are signed in to;
// each handler sees to that itself.
func (s *server) routes(cfg config.Config, clk clock.Clock, r *receptionist.Receptionist, inbox *messaging.Inbox, out outward, links bookingpage.Links, codes receptionist.Codes) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", healthz)
	mux.HandleFunc("GET /readyz", readyz(s.db))

	for _, calls := range s.calls {
		calls.Register(mux)
	}
	texts := messagingtwilio.NewHandler(inbox, s.db, out.public, s.log)
	mux.Handle(messagingtwilio.IncomingPath, texts)
	mux.Handle(messagingtwilio.StatusPath, texts)
	mux.Handle(messagingtelnyx.Path, messagingtelnyx.NewHandler(inbox, s.db, clock.Real(), s.log))
	mux.Handle(httpgateway.Prefix, httpgateway.NewHandler(inbox, s.db, clock.Real(), s.log))

	notices(mux, s.mirror)

	mux.Handle("/api/v1/", api.New(api.Deps{
		Reader: s.db, Storage: apiStorage(s.db), Clock: clk, Log: s.log, Key: string(cfg.APIKey),
		Engine:  func(b *business.Business) api.Engine { return r.Engine(b) },
		Harmful: golden.Harmful, Outside: s.mirror, Roads: s.roads(),
	}))
	s.phone = browserphone.New(browserphone.Deps{
		Storage: s.db.Telephony(), Receptionist: r, Clock: clk, Log: s.log, Why: dashboard.Why, PublicURL: cfg.PublicURL,
	})
	feeds := feed.NewKeys(cfg.SecretKey)
	mux.Handle("GET "+feed.Prefix+"{business}/{file}", &feed.Handler{Reader: s.db, Keys: feeds, Clock: clk, Log: s.log})
	s.customersPages(mux, cfg, clk, r, links, codes)
	pages := s.untilStop(dashboard.New(dashboard.Deps{
		Reader: s.db, Storage: dashboardStorage(s.db), Clock: clk, Log: s.log,
		Watch: watch(s.db), Outside: s.mirror,
		Engine:   func(b *business.Business) dashboard.Understander { return r.Engine(b) },
		Rehearse: rehearse,
		Trials:   s.trials,
		Threads:  messaging.Threads{Receptionist: texter{r, clk}},
		Feeds:    feeds, Calendars: connectable(s.mirror, s.db),
		Phone: s.phone, PushKey: s.push.PublicKey(), Sound: sound(out.twilio),
		Demo: cfg.Demo, Key: string(cfg.APIKey), Secret: cfg.SecretKey, PublicURL: cfg.PublicURL,
	}))
	mux.Handle(photos.Prefix, &photos.Handler{Reader: s.db, Links: photos.NewLinks(cfg.SecretKey, cfg.PublicURL), Clock: clk, Log: s.log})
	mux.Handle("/", pages)
	// These two look like the addresses of feeds, and are the pages'.
	mux.Handle("GET /calendars/{provider}/connect", pages)
	mux.Handle("GET /calendars/{provider}/callback", pages)
	return mux
}

// untilStop ends what is being read from the pages when the server stops: event streams have no other end.
func (s *server) untilStop(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			ctx, cancel := context.WithCancel(r.Context())
			defer cancel()
			defer context.AfterFunc(s.streams, cancel)()
			r = r.WithContext(ctx)
		}
		pages.ServeHTTP(w, r)
	})
}

// watch lends the store's feed of changes to the pages.
func watch(db *store.DB) func(ctx context.Context, businessID string, changed func(kind string)) {
	return func(ctx context.Context, businessID string, changed func(kind string)) {
		sub := db.Changes().Subscribe(businessID)
		defer sub.Close()
		lost := int64(0)
		for {
			select {
			case <-ctx.Done():
				return
			case c, ok := <-sub.C:
				if !ok {
					return
				}
				if n := sub.Dropped(); n > lost {
					lost = n
					changed("resync")
				}
				changed(string(c.Kind))
			}
		}
	}
}
