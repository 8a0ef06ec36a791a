package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/contact"
	"fixly/receptionist/understanding"
)

// maxUtterance bounds what may be taken apart at once, in bytes; a minute of quick talk has about 1,200.
const maxUtterance = 4000

// asks are what the API lets a client say was asked.
var asks = []understanding.Asked{
	understanding.AskedNothing, understanding.AskedProblem, understanding.AskedName, understanding.AskedPhone,
	understanding.AskedAddress, understanding.AskedWhen, understanding.AskedChoice, understanding.AskedConfirm,
}

type understandInput struct {
	Text  string              `json:"text"`
	Asked understanding.Asked `json:"asked"`
	Now   *time.Time          `json:"now"` // null: the server's
}

// understood is what the receptionist takes from some words; what was not said is null.
type understood struct {
	Intents []intent         `json:"intents"` // best first
	Service *string          `json:"service"`
	Urgency *string          `json:"urgency"`
	When    []openSpan       `json:"when"`
	Name    *string          `json:"name"`
	Phone   *string          `json:"phone"`
	Address *contact.Address `json:"address"`
	Answer  *string          `json:"answer"`
	// Problem and Spans go beyond the least: the words taken as the problem, and which words gave which reading.
	Problem    *string   `json:"problem"`
	Confidence float64   `json:"confidence"`
	Spans      []reading `json:"spans"`
}

type intent struct {
	Name  understanding.Intent `json:"name"`
	Score float64              `json:"score"`
}

// openSpan is half-open; either end may be null.
type openSpan struct {
	From *string `json:"from"`
	To   *string `json:"to"`
}

// reading says which words gave which reading, by byte offsets into the text.
type reading struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Rule  string `json:"rule"`
}

func (s *server) understand(_ context.Context, r *request) (reply, error) {
	var in understandInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	if len(in.Text) > maxUtterance {
		return reply{}, invalid(FieldError{"text", fmt.Sprintf("is longer than %d bytes", maxUtterance)})
	}
	if !slices.Contains(asks, in.Asked) {
		return reply{}, invalid(FieldError{"asked", fmt.Sprintf("is %q; expected nothing, or %s", in.Asked, oneOf(asks[1:]))})
	}
	now := s.Clock.Now()
	if in.Now != nil {
		now = *in.Now
	}
	loc := r.b.Location()
	u := s.Engine(r.b).Understand(in.Text, understanding.Context{Asked: in.Asked, Now: now.In(loc), Channel: "call"})
	return ok(showUnderstood(u, loc)), nil
}

func showUnderstood(u understanding.Understanding, loc *time.Location) understood {
	out := understood{
		Intents: make([]intent, len(u.Intents)), When: make([]openSpan, len(u.When.Wanted)), Spans: make([]reading, len(u.Spans)),
		Service: orNull(u.Service), Urgency: orNull(u.Urgency), Name: orNull(u.Name), Phone: orNull(u.Phone),
		Answer: orNull(u.Answer), Problem: orNull(u.Problem), Confidence: u.Confidence,
	}
	for i, x := range u.Intents {
		out.Intents[i] = intent{x.Name, x.Score}
	}
	for i, x := range u.When.Wanted {
		out.When[i] = openSpan{whenOrNull(x.From, loc), whenOrNull(x.To, loc)}
	}
	for i, x := range u.Spans {
		out.Spans[i] = reading{x.From, x.To, x.Kind, x.Value, x.Rule}
	}
	if a := u.Address; !a.IsZero() {
		out.Address = &a
	}
	return out
}
