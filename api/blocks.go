package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
)

const blockList = "blocks"

// block is a time at which somebody is not to be had.
type block struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Technician string `json:"technician"` // empty: everybody
	StartsAt   string `json:"starts_at"`
	EndsAt     string `json:"ends_at"`
	AllDay     bool   `json:"all_day"`
	Series     string `json:"series"` // what those have in common that repeat each other; empty: a single one
}

// blockInput is a new block.
type blockInput struct {
	Title      string     `json:"title"`
	Technician string     `json:"technician"`
	StartsAt   *time.Time `json:"starts_at"`
	EndsAt     *time.Time `json:"ends_at"`
	AllDay     bool       `json:"all_day"`
	Weeks      *int       `json:"weeks"` // absent: once
}

func showBlock(b *business.Business) func(*builtin.Block) block {
	return func(x *builtin.Block) block {
		return block{x.ID, x.Title, x.Technician, when(x.Start, b.Location()), when(x.End, b.Location()), x.AllDay, x.Series}
	}
}

func (s *server) listBlocks(ctx context.Context, r *request) (reply, error) {
	p, err := parsePage(r.URL.Query(), blockList)
	if err != nil {
		return reply{}, err
	}
	from, to, err := parseRange(r.URL.Query(), r.b.Location())
	if err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.Blocks(ctx, r.b.ID, from, to)
	if err != nil {
		return reply{}, err
	}
	// A business has a few hundred blocks at most, so the list is cut into pages here.
	if p.after.ID != "" {
		first := slices.IndexFunc(rows, func(b builtin.Block) bool { return keyOrder(b.Start, b.ID, p.after.time(), p.after.ID) > 0 })
		if first < 0 {
			first = len(rows)
		}
		rows = rows[first:]
	}
	key := func(b *builtin.Block) (time.Time, string) { return b.Start, b.ID }
	return ok(pageOf(p, blockList, rows, key, showBlock(r.b))), nil
}

func (s *server) oneBlock(ctx context.Context, r *request) (reply, error) {
	b, err := s.Reader.Block(ctx, r.b.ID, r.PathValue("id"))
	if err != nil {
		return reply{}, blockProblem(err)
	}
	return ok(showBlock(r.b)(b)), nil
}

func (s *server) addBlock(ctx context.Context, r *request) (reply, error) {
	var in blockInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	var errs fieldErrors
	if in.StartsAt == nil {
		errs.add("starts_at", "is needed")
	}
	if in.EndsAt == nil {
		errs.add("ends_at", "is needed")
	}
	if err := errs.err(); err != nil {
		return reply{}, err
	}
	want := builtin.Block{Technician: teamName(r.b, in.Technician), Event: calendar.Event{
		Title: in.Title, Start: *in.StartsAt, End: *in.EndsAt, AllDay: in.AllDay,
	}}
	weeks := 1
	if in.Weeks != nil {
		weeks = *in.Weeks
	}
	var added *builtin.Block
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		added, err = builtin.Add(ctx, tx, r.b, want, weeks)
		return err
	})
	if err != nil {
		return reply{}, blockProblem(err)
	}
	return reply{status: http.StatusCreated, body: showBlock(r.b)(added)}, nil
}

// removeBlock removes a block and, asked with rest=true, the later ones of its series.
func (s *server) removeBlock(ctx context.Context, r *request) (reply, error) {
	rest, err := parseOneOf(r.URL.Query(), "rest", "true", "false")
	if err != nil {
		return reply{}, err
	}
	var b *builtin.Block
	err = s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if b, err = tx.Block(ctx, r.b.ID, r.PathValue("id")); err != nil {
			return err
		}
		return builtin.Remove(ctx, tx, r.b, b.ID, rest == "true")
	})
	if err != nil {
		return reply{}, blockProblem(err)
	}
	return ok(showBlock(r.b)(b)), nil
}

// teamName is a name as the team has it, in whatever case it was written; one of nobody's stays.
func teamName(b *business.Business, name string) string {
	for _, m := range b.Team {
		if strings.EqualFold(m.Name, name) {
			return m.Name
		}
	}
	return name
}

// blockProblem tells what is wrong with a block.
func blockProblem(err error) error {
	var wrong *builtin.Wrong
	switch {
	case errors.As(err, &wrong):
		return invalid(FieldError{wrong.Field, wrong.Detail})
	case errors.Is(err, builtin.ErrNoBlock):
		return notFound("block")
	}
	return err
}
