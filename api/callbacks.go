package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"fixly/business"
	"fixly/callbacks"
)

const (
	callbackList = "callbacks"
	maxNote      = 500 // characters
)

// callback is a call that is owed, or was.
type callback struct {
	ID       string           `json:"id"`
	Phone    string           `json:"phone"`
	Name     string           `json:"name"`
	Reason   string           `json:"reason"`
	MissedAt string           `json:"missed_at"`
	Window   callbacks.Window `json:"window"` // how long ago it was missed
	Attempts int              `json:"attempts"`
	Status   callbacks.Status `json:"status"`

	Cause   callbacks.CauseKind `json:"cause"`
	Calls   int                 `json:"calls"`
	FirstAt string              `json:"first_at"`
	CallID  *string             `json:"call_id"`
	Service *string             `json:"service"`
	Urgency *string             `json:"urgency"`
	Said    *string             `json:"said"`
	// Landline: texts can't reach them.
	Landline bool `json:"landline"`

	Rank           callbackRank       `json:"rank"`
	Owner          *string            `json:"owner"`
	DueAt          string             `json:"due_at"`
	AcknowledgedAt *string            `json:"acknowledged_at"`
	AcknowledgedBy *string            `json:"acknowledged_by"`
	NextAttemptAt  *string            `json:"next_attempt_at"`
	BestTimes      []string           `json:"best_times"`
	Note           *string            `json:"note"`
	Outcome        *callbacks.Outcome `json:"outcome"`
	ClosedAt       *string            `json:"closed_at"`
}

// callbackRank is why a callback stands where it stands.
type callbackRank struct {
	Score  int64   `json:"score"`
	Chance float64 `json:"chance"`
	Worth  int     `json:"worth"`
	Reason string  `json:"reason"`
}

// callbackWithAttempts is one of them, with all that was tried.
type callbackWithAttempts struct {
	callback
	Tried []callbackAttempt `json:"tried"`
}

type callbackAttempt struct {
	ID          string           `json:"id"`
	Number      int              `json:"number"`
	Person      string           `json:"person"`
	Means       callbacks.Means  `json:"means"`
	Window      callbacks.Window `json:"window"`
	StartedAt   string           `json:"started_at"`
	ConnectedAt *string          `json:"connected_at"`
	EndedAt     *string          `json:"ended_at"`
	Result      *string          `json:"result"`
	Seconds     int              `json:"seconds"`
	Booked      bool             `json:"booked"`
}

func showCallback(b *business.Business, c *callbacks.Ranked, now time.Time) callback {
	loc := b.Location()
	out := callback{
		ID: c.ID, Phone: c.Phone, Name: c.Name, Reason: c.Reason, MissedAt: when(c.MissedAt, loc), Window: c.Rank.Window,
		Attempts: c.Attempts, Status: c.Status, Cause: c.Cause, Calls: c.Calls, FirstAt: when(c.FirstAt, loc), CallID: orNull(c.CallID),
		Service: orNull(c.Service), Urgency: orNull(c.Urgency), Said: orNull(c.Said), Landline: c.Landline,
		Rank:  callbackRank{c.Rank.Score, c.Rank.Chance, c.Rank.Worth, c.Rank.Reason()},
		Owner: orNull(c.Owner.Name), DueAt: when(c.DueAt, loc), AcknowledgedAt: whenOrNull(c.AckedAt, loc), AcknowledgedBy: orNull(c.AckedBy),
		NextAttemptAt: whenOrNull(c.NextAttemptAt, loc), BestTimes: []string{}, Note: orNull(c.Note), ClosedAt: whenOrNull(c.ClosedAt, loc),
	}
	if c.Outcome != "" {
		out.Outcome = &c.Outcome
	}
	if c.Owed() {
		for _, t := range callbacks.BestTimes(b, &c.Callback, now) {
			out.BestTimes = append(out.BestTimes, when(t, loc))
		}
	}
	return out
}

// listCallbacks ranks all that is owed, best chance first, and cuts it into pages here: a business owes few calls at a time.
// The pages of one listing are ranked as of the instant of its first, so that none is told twice or left out because the
// clock went on; what came up since then is in the next listing.
func (s *server) listCallbacks(ctx context.Context, r *request) (reply, error) {
	p, err := parsePage(r.URL.Query(), callbackList)
	if err != nil {
		return reply{}, err
	}
	owed, err := s.Reader.Callbacks(ctx, r.b.ID)
	if err != nil {
		return reply{}, err
	}
	now := s.Clock.Now()
	asOf := now
	if p.after.ID != "" {
		asOf = p.after.time()
		owed = slices.DeleteFunc(owed, func(c callbacks.Callback) bool { return c.FirstAt.After(asOf) })
	}
	queue := callbacks.Queue(r.b, owed, asOf)
	if p.after.ID != "" {
		last := callbacks.Ranked{
			Callback: callbacks.Callback{ID: p.after.ID, MissedAt: time.UnixMilli(p.after.Then)}, Rank: callbacks.Rank{Score: p.after.Score},
		}
		queue = slices.DeleteFunc(queue, func(c callbacks.Ranked) bool { return callbacks.Compare(c, last) <= 0 })
	}
	out := list[callback]{Data: []callback{}}
	for i := range queue {
		if i == p.limit {
			last := &queue[i-1]
			out.Next = cursor{List: callbackList, At: asOf.UnixMilli(), ID: last.ID, Score: last.Rank.Score, Then: last.MissedAt.UnixMilli()}.String()
			break
		}
		out.Data = append(out.Data, showCallback(r.b, &queue[i], now))
	}
	return ok(out), nil
}

func (s *server) oneCallback(ctx context.Context, r *request) (reply, error) {
	c, err := s.Reader.Callback(ctx, r.b.ID, r.PathValue("id"))
	if err != nil {
		return reply{}, callbackProblem(err)
	}
	return s.showOne(ctx, r, c)
}

// showOne answers with a callback and all that was tried.
func (s *server) showOne(ctx context.Context, r *request, c *callbacks.Callback) (reply, error) {
	tried, err := s.Reader.AttemptsOf(ctx, r.b.ID, c.ID)
	if err != nil {
		return reply{}, err
	}
	now, loc := s.Clock.Now(), r.b.Location()
	ranked := callbacks.Queue(r.b, []callbacks.Callback{*c}, now)
	out := callbackWithAttempts{callback: showCallback(r.b, &ranked[0], now), Tried: []callbackAttempt{}}
	for _, a := range tried {
		out.Tried = append(out.Tried, callbackAttempt{
			ID: a.ID, Number: a.Number, Person: a.Person.Name, Means: a.Means, Window: a.Window, StartedAt: when(a.StartedAt, loc),
			ConnectedAt: whenOrNull(a.ConnectedAt, loc), EndedAt: whenOrNull(a.EndedAt, loc), Result: orNull(a.Result),
			Seconds: int(a.Talked.Seconds()), Booked: a.Booked,
		})
	}
	return ok(out), nil
}

// personInput names somebody of the shop; empty: whoever has the callback.
type personInput struct {
	Person string `json:"person"`
}

// person finds who is named: someone of the chain, or the owner of the business.
func (in personInput) person(b *business.Business, c *callbacks.Callback) (callbacks.Person, error) {
	switch p := b.PersonNamed(in.Person); {
	case in.Person == "" && c.Owner.Phone != "":
		return c.Owner, nil
	case p != nil:
		return callbacks.Person{Name: p.Name, Phone: p.Phone}, nil
	case in.Person == "" || in.Person == b.Profile.Owner.Name:
		return callbacks.Person{Name: b.Profile.Owner.Name, Phone: b.Profile.Owner.Phone}, nil
	}
	return callbacks.Person{}, invalid(FieldError{"person", "is nobody in answering.chain"})
}

// callInput asks for a call back.
type callInput struct {
	Person string `json:"person"` // whose phone rings; empty: whoever has the callback
	Anyway bool   `json:"anyway"` // though it is quiet hours where the customer is
}

// callBack rings a person's phone, then the customer's.
func (s *server) callBack(ctx context.Context, r *request) (reply, error) {
	var in callInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	return s.changeCallback(ctx, r, func(ctx context.Context, tx Tx, c *callbacks.Callback) (*callbacks.Callback, error) {
		by, err := personInput{in.Person}.person(r.b, c)
		if err != nil {
			return nil, err
		}
		return s.callbacks.Call(ctx, tx, r.b, c.ID, by, in.Anyway)
	})
}

func (s *server) acknowledgeCallback(ctx context.Context, r *request) (reply, error) {
	var in personInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	return s.changeCallback(ctx, r, func(ctx context.Context, tx Tx, c *callbacks.Callback) (*callbacks.Callback, error) {
		by, err := in.person(r.b, c)
		if err != nil {
			return nil, err
		}
		return s.callbacks.Acknowledge(ctx, tx, r.b, c.ID, by)
	})
}

// callbackNote is what is said of a callback.
type callbackNote struct {
	Person  string             `json:"person"`  // who says it
	Outcome *callbacks.Outcome `json:"outcome"` // it is closed so
	Result  *callbacks.Result  `json:"result"`  // they rang by hand, and this came of it
	Later   *time.Time         `json:"next_attempt_at"`
	Note    *string            `json:"note"`
}

// byHand are the results that somebody who rang by hand can tell of.
var byHand = []callbacks.Result{callbacks.Unanswered, callbacks.Machine, callbacks.Busy, callbacks.Failed}

func (in *callbackNote) check() (callbacks.Noted, error) {
	var errs fieldErrors
	n := callbacks.Noted{By: in.Person}
	said := 0
	if in.Outcome != nil {
		said++
		if n.Outcome = *in.Outcome; n.Outcome.Status() == "" {
			errs.add("outcome", "is %q; expected one of %v, or, to give it up, one of %v", n.Outcome, callbacks.Dones(), callbacks.Reasons())
		}
	}
	if in.Result != nil {
		said++
		if n.Result = *in.Result; !slices.Contains(byHand, n.Result) {
			errs.add("result", "is %q; expected one of %v", n.Result, byHand)
		}
	}
	if in.Later != nil {
		said++
		n.Later = *in.Later
	}
	if in.Note != nil {
		n.Words = errs.text("note", *in.Note, maxNote, false)
	}
	switch {
	case said > 1:
		errs.add("outcome", "result and next_attempt_at exclude each other; send one")
	case said == 0 && in.Note == nil:
		return n, problem(http.StatusUnprocessableEntity, "Nothing is to be changed; send outcome, result, next_attempt_at or note.")
	}
	return n, errs.err()
}

func (s *server) noteCallback(ctx context.Context, r *request) (reply, error) {
	var in callbackNote
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	n, err := in.check()
	if err != nil {
		return reply{}, err
	}
	return s.changeCallback(ctx, r, func(ctx context.Context, tx Tx, c *callbacks.Callback) (*callbacks.Callback, error) {
		return s.callbacks.Note(ctx, tx, r.b, c.ID, n)
	})
}

// changeCallback changes a callback in a transaction and answers with it.
func (s *server) changeCallback(ctx context.Context, r *request, do func(context.Context, Tx, *callbacks.Callback) (*callbacks.Callback, error)) (reply, error) {
	var c *callbacks.Callback
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if c, err = tx.Callback(ctx, r.b.ID, r.PathValue("id")); err != nil {
			return err
		}
		c, err = do(ctx, tx, c)
		return err
	})
	if err != nil {
		return reply{}, callbackProblem(err)
	}
	return s.showOne(ctx, r, c)
}

// callbackProblem tells what can't be done about a callback.
func callbackProblem(err error) error {
	switch {
	case errors.Is(err, callbacks.ErrNoCallback):
		return notFound("callback")
	case errors.Is(err, callbacks.ErrClosed):
		return problem(http.StatusConflict, "It is settled already.")
	case errors.Is(err, callbacks.ErrCalling):
		return problem(http.StatusConflict, "Somebody is on that call already.")
	case errors.Is(err, callbacks.ErrDoNotCall):
		return problem(http.StatusConflict, "They are blocked, or said that they don't want to be called.")
	case errors.Is(err, callbacks.ErrNoPhone):
		return problem(http.StatusConflict, "There is no phone to ring for that person, or no line to call by.")
	}
	var quiet *callbacks.QuietError
	if errors.As(err, &quiet) {
		return problem(http.StatusConflict, "It is quiet hours where they are until "+when(quiet.Until, time.UTC)+`; send "anyway": true to call all the same.`)
	}
	return err
}
