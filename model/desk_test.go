package model_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/model"
)

// vendor answers as a test wants.
type vendor struct {
	mu     sync.Mutex
	asked  int
	answer func(ctx context.Context) (model.Answer, error)
}

func (v *vendor) Model() string { return "m" }

func (v *vendor) Ask(ctx context.Context, _ model.Request) (model.Answer, error) {
	v.mu.Lock()
	v.asked++
	v.mu.Unlock()
	return v.answer(ctx)
}

// spent is a ledger that stands.
type spent struct {
	conversation, day model.Micros
	err               error
}

func (s *spent) ModelSpent(context.Context, string, string, time.Time) (model.Micros, model.Micros, error) {
	return s.conversation, s.day, s.err
}

func newDesk(answer func(ctx context.Context) (model.Answer, error)) (*model.Desk, *vendor, *spent, *clock.Manual) {
	c := clock.NewManual(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	v, s := &vendor{answer: answer}, &spent{}
	return model.NewDesk(model.Options{
		Provider: v, Ledger: s, Price: model.Price{In: 1, Out: 5}, PerCall: 1000, PerDay: 5000, Breaker: model.NewBreaker(3, 20*time.Second, c), Clock: c,
	}), v, s, c
}

func fine(context.Context) (model.Answer, error) {
	return model.Answer{Text: "{}", Usage: model.Usage{InputTokens: 900, OutputTokens: 60}}, nil
}

func never(ctx context.Context) (model.Answer, error) {
	<-ctx.Done()
	return model.Answer{Text: "four"}, ctx.Err()
}

func down(context.Context) (model.Answer, error) {
	return model.Answer{}, &model.Error{Failure: model.Overloaded, Status: 529}
}

const soon = 20 * time.Millisecond

func ask(t *testing.T, d *model.Desk) (use model.Use, asked bool, failure model.Failure) {
	t.Helper()
	_, use, asked, err := d.Ask(t.Context(), model.About{BusinessID: "b", ConversationID: "c"}, soon, model.Request{Purpose: model.Understand, System: "s", Data: "d"})
	if err == nil {
		return use, asked, ""
	}
	var e *model.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *model.Error", err)
	}
	return use, asked, e.Failure
}

func TestAUseHasItsPrice(t *testing.T) {
	d, _, _, _ := newDesk(fine)
	use, asked, failure := ask(t, d)
	if !asked || failure != "" || use.Cost != 900+5*60 || use.Model != "m" || use.ConversationID != "c" || use.Purpose != model.Understand {
		t.Errorf("%+v, %v, %s", use, asked, failure)
	}
}

func TestNobodyWaitsLongerThanTheDeadline(t *testing.T) {
	d, _, _, _ := newDesk(never)
	began := time.Now()
	use, asked, failure := ask(t, d)
	if took := time.Since(began); took > 100*soon { // a busy machine is late by itself
		t.Errorf("it took %s", took)
	}
	if !asked || failure != model.Late || use.Failure != model.Late {
		t.Errorf("%+v, %v, %s", use, asked, failure)
	}
	// the vendor charges for what was cut off
	if !use.Usage.Estimated || use.Usage.InputTokens == 0 || use.Usage.OutputTokens != 1 || use.Cost == 0 {
		t.Errorf("it cost %+v", use)
	}
}

func TestTheBudgetHolds(t *testing.T) {
	d, v, s, _ := newDesk(fine)
	for name, c := range map[string]spent{
		"the call": {conversation: 1000}, "the day": {day: 5000}, "an unknown sum": {err: errors.New("no database")},
	} {
		*s = c
		if _, asked, failure := ask(t, d); asked || failure != model.OverBudget {
			t.Errorf("%s is used up: asked %v, %s", name, asked, failure)
		}
	}
	if v.asked != 0 {
		t.Errorf("asked %d times", v.asked)
	}
	*s = spent{conversation: 999, day: 4999}
	if _, asked, _ := ask(t, d); !asked {
		t.Error("not asked within the budget")
	}
}

func TestTheBreakerOpensProbesAndCloses(t *testing.T) {
	d, v, _, c := newDesk(down)
	for range 3 {
		if _, asked, failure := ask(t, d); !asked || failure != model.Overloaded {
			t.Fatalf("asked %v, %s", asked, failure)
		}
	}
	if _, asked, failure := ask(t, d); asked || failure != model.BreakerOff {
		t.Fatalf("after three failures: asked %v, %s", asked, failure)
	}
	c.Advance(20 * time.Second)
	if _, asked, _ := ask(t, d); !asked {
		t.Fatal("no probe after the pause")
	}
	c.Advance(20 * time.Second) // the second pause is twice the first
	if _, asked, _ := ask(t, d); asked {
		t.Fatal("a probe came too early")
	}
	c.Advance(20 * time.Second)
	v.answer = fine
	for range 5 {
		if _, asked, failure := ask(t, d); !asked || failure != "" {
			t.Fatalf("it answers again: asked %v, %s", asked, failure)
		}
	}
}

func TestOneProbeAtATime(t *testing.T) {
	c := clock.NewManual(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	b := model.NewBreaker(1, time.Second, c)
	if !b.Allow() || !b.Done(false) || !b.Open() {
		t.Fatal("it does not open")
	}
	c.Advance(time.Second)
	if !b.Allow() || b.Allow() {
		t.Error("not exactly one probe")
	}
	if !b.Done(true) || b.Open() || !b.Allow() || !b.Allow() {
		t.Error("it does not close")
	}
	for range 20 { // the pause has an end
		b.Done(false)
	}
	c.Advance(10 * time.Second)
	if !b.Allow() {
		t.Error("the pause grows for ever")
	}
}

// A caller who hangs up, and a model that would rather not, say nothing about the model's health.
func TestWhatDoesNotCountAgainstTheModel(t *testing.T) {
	d, v, _, _ := newDesk(func(context.Context) (model.Answer, error) {
		return model.Answer{}, &model.Error{Failure: model.Refused}
	})
	for range 10 {
		if _, asked, _ := ask(t, d); !asked {
			t.Fatal("refusals open the breaker")
		}
	}
	v.answer = never
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	for range 10 {
		if _, _, asked, _ := d.Ask(ctx, model.About{}, time.Minute, model.Request{}); !asked {
			t.Fatal("callers who hang up open the breaker")
		}
	}
}

func TestPrices(t *testing.T) {
	for name, want := range map[string]model.Price{
		"gpt-4o-mini": {In: 0.15, Out: 0.6}, "gpt-4o-mini-2024-07-18": {In: 0.15, Out: 0.6}, "gpt-4o": {In: 2.5, Out: 10}, "claude-haiku-4-5-20251001": {In: 1, Out: 5},
	} {
		if p, asOf, known, err := model.PriceOf(name); err != nil || !known || p != want || asOf == "" {
			t.Errorf("%s: %+v, %v, %v", name, p, known, err)
		}
	}
	if p, _, known, err := model.PriceOf("llama"); err != nil || known || p.Out < 50 {
		t.Errorf("an unknown model is taken to be cheap: %+v, %v, %v", p, known, err)
	}
	if c := (model.Price{In: 0.15, Out: 0.6}).Cost(model.Usage{InputTokens: 1, OutputTokens: 0}); c != 1 {
		t.Errorf("a sum is rounded down to %d", c)
	}
}

func TestDecodeIsStrict(t *testing.T) {
	var v struct{ A string }
	for _, s := range []string{"", "{", `{"a":1}`, `{"a":"x","b":1}`, `{"a":"x"} {"a":"y"}`, "sorry", `["a"]`, "```json\n{}\n```"} {
		if err := model.Decode(s, &v); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
	if err := model.Decode(` {"a":"x"} `, &v); err != nil || v.A != "x" {
		t.Error(err)
	}
}
