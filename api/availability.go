package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

const openingList = "openings"

// Opening is an open time, as availability and a refusal list it.
type Opening struct {
	StartsAt   string   `json:"starts_at"`
	EndsAt     string   `json:"ends_at"`
	Technician string   `json:"technician"`
	Crew       []string `json:"crew"`
	Days       int      `json:"days"`
}

func showOpening(b *business.Business) func(*scheduling.Slot) Opening {
	loc := b.Location()
	return func(s *scheduling.Slot) Opening {
		return Opening{when(s.Start, loc), when(s.End, loc), s.Technician, s.Crew(), max(1, s.Days)}
	}
}

func slotKey(s *scheduling.Slot) (time.Time, string) { return s.Start, s.Technician }

func (s *server) availability(ctx context.Context, r *request) (reply, error) {
	q := r.URL.Query()
	p, err := parsePage(q, openingList)
	if err != nil {
		return reply{}, err
	}
	var errs fieldErrors
	want := scheduling.Query{Service: q.Get("service"), ZIP: q.Get("zip")}
	service := r.b.Service(want.Service)
	switch {
	case want.Service == "":
		errs.add("service", "is needed")
	case service == nil:
		errs.add("service", "is %q, which the shop does not offer; expected %s", want.Service, oneOf(serviceNames(r.b)))
	default:
		want.Technician = errs.technician(r.b, service, q.Get("technician"))
	}
	if err := errs.err(); err != nil {
		return reply{}, err
	}
	if want.From, want.To, err = parseRange(q, r.b.Location()); err != nil {
		return reply{}, err
	}
	if at := p.after.time(); at.After(want.From) {
		want.From = at
	}
	open, err := s.scheduler.Availability(ctx, s.Reader, r.b, want)
	if err != nil {
		return reply{}, fmt.Errorf("api: availability: %w", err)
	}
	if p.after.ID != "" { // the page before ended with the start of the cursor; there is one opening for each
		open = slices.DeleteFunc(open, func(x scheduling.Slot) bool { return !x.Start.After(p.after.time()) })
	}
	return ok(pageOf(p, openingList, open, slotKey, showOpening(r.b))), nil
}
