package app

import (
	"net/http"

	"fixly/bookingpage"
	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/receptionist"
)

// customersPages are the addresses that need no sign-in: where customers book, and see, move or cancel a visit.
func (s *server) customersPages(mux *http.ServeMux, cfg config.Config, clk clock.Clock, r *receptionist.Receptionist, links bookingpage.Links, codes receptionist.Codes) {
	pages := bookingpage.New(bookingpage.Deps{
		Reader: s.db, Storage: bookingStorage(s.db), Clock: clk, Log: s.log, Links: links, Codes: codes, Outside: s.mirror, Roads: s.roads(),
		Engine: func(b *business.Business) bookingpage.Understander { return r.Engine(b) },
		Secret: cfg.SecretKey, PublicURL: cfg.PublicURL,
	})
	for _, path := range []string{bookingpage.BookPrefix, bookingpage.VisitPrefix, bookingpage.TakePrefix, bookingpage.LeavePrefix, bookingpage.StylePath} {
		mux.Handle(path, pages)
	}
}
