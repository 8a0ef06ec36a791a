package callbacks_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/callbacks"
)

func TestCurves(t *testing.T) {
	at := func(m int) time.Time { return noon.Add(time.Duration(m) * time.Minute) }
	bridged := func(id string, number int, w callbacks.Window, r callbacks.Result, minutes int, booked bool) callbacks.Attempt {
		return callbacks.Attempt{
			CallbackID: id, Number: number, Window: w, Means: callbacks.ByBridge, StartedAt: at(1), TakenAt: at(1), EndedAt: at(1 + minutes), Result: r,
			Talked: time.Duration(minutes-1) * time.Minute, Booked: booked,
		}
	}
	c := callbacks.CurvesOf([]callbacks.Attempt{
		bridged("a", 1, callbacks.Under5m, callbacks.Reached, 4, true),
		bridged("b", 1, callbacks.Late, callbacks.Unanswered, 1, false),
		bridged("b", 7, callbacks.Late, callbacks.Reached, 1, false),
		{CallbackID: "c", Number: 2, Window: callbacks.Late, Means: callbacks.ByHand, StartedAt: at(90), EndedAt: at(90), Result: callbacks.Reached},
		{CallbackID: "c", Number: 1, Window: callbacks.Late, Means: callbacks.ByBridge, StartedAt: at(80), EndedAt: at(81), Result: callbacks.PersonAway},
	}, []callbacks.Callback{
		{ID: "a", FirstDueAt: at(15), ClosedAt: at(5), Outcome: callbacks.Booked},
		{ID: "b", FirstDueAt: at(15)},
		{ID: "c", FirstDueAt: at(15), DueAt: at(120)},                             // called after its time; a pause has moved the clock since
		{ID: "d", FirstDueAt: at(15), ClosedAt: at(3), Outcome: callbacks.Booked}, // by text, without a call
	})
	if p := c.ByWindow[0]; p.Rang != 1 || p.Reached != 1 || p.Talked != 1 || p.Booked != 1 {
		t.Errorf("soon: %+v", p)
	}
	if p := c.ByWindow[4]; p.Rang != 3 || p.Reached != 2 || p.Talked != 1 || p.Booked != 0 {
		t.Errorf("late: %+v", p)
	}
	if c.ByAttempt[0].Rang != 2 || c.ByAttempt[1].Rang != 1 || c.ByAttempt[3].Rang != 1 {
		t.Errorf("by attempt: %+v", c.ByAttempt)
	}
	if c.Came != 4 || c.InTime != 3 || c.Booked != 2 || c.Called != 1 || c.Unknown != 1 || c.PerJob() != 6*time.Minute {
		t.Errorf("%+v, %s a job", c, c.PerJob())
	}
	if percent, enough := c.All.Rate(c.All.Reached); percent != 75 || enough {
		t.Errorf("%d%%, enough: %v", percent, enough)
	}
}

// TestCurvesAddUp: each attempt that rang the customer is in one window and in one number.
func TestCurvesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		attempts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) callbacks.Attempt {
			return callbacks.Attempt{
				CallbackID: "cb", Number: rapid.IntRange(1, 9).Draw(t, "number"), Window: rapid.SampledFrom(callbacks.Windows()).Draw(t, "window"),
				Means: callbacks.ByBridge, Result: rapid.SampledFrom(callbacks.Results()).Draw(t, "result"), Booked: rapid.Bool().Draw(t, "booked"),
			}
		})).Draw(t, "attempts")
		c := callbacks.CurvesOf(attempts, nil)
		var windows, numbers, booked int
		for _, p := range c.ByWindow {
			windows += p.Rang
			booked += p.Booked
		}
		for _, p := range c.ByAttempt {
			numbers += p.Rang
		}
		if windows != c.All.Rang || numbers != c.All.Rang || booked != c.All.Booked {
			t.Fatalf("%+v", c)
		}
	})
}
