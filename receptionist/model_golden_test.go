package receptionist_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/model"
	"fixly/model/anthropic"
	"fixly/model/modeltest"
	"fixly/model/openai"
	"fixly/receptionist"
	"fixly/receptionist/golden"
	"fixly/receptionist/understanding/llm"
)

// noLedger has nothing spent.
type noLedger struct{}

func (noLedger) ModelSpent(context.Context, string, string, time.Time) (model.Micros, model.Micros, error) {
	return 0, 0, nil
}

// stopwatch notes the longest that the receptionist waited for the model.
type stopwatch struct {
	receptionist.Interpreter
	mu      sync.Mutex
	asked   int
	longest time.Duration
}

func (s *stopwatch) Read(ctx context.Context, q llm.Question) llm.Reading {
	began := time.Now()
	r := s.Interpreter.Read(ctx, q)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	s.longest = max(s.longest, time.Since(began))
	return r
}

// from is a server that answers well in nothing, and badly from the nth request on: at any moment of a conversation.
func from(n int, b modeltest.Behaviour) func(modeltest.Asked) modeltest.Behaviour {
	var mu sync.Mutex
	asked := 0
	return func(modeltest.Asked) modeltest.Behaviour {
		mu.Lock()
		defer mu.Unlock()
		if asked++; asked < n {
			return modeltest.Says(nothing)
		}
		return b
	}
}

// nothing is a model that took nothing from an utterance.
const nothing = `{"intents":[],"service":"","danger":"","problem":"","when":"","name":"","phone":"","address":"","answer":"","choice":0,"reply":"","facts":[]}`

// TestGoldenCallsWithAFailingModel plays every golden conversation with a model that is slow, wrong or dead from some
// moment on, asked about every utterance: each ends as it does without one, and nobody waits longer than the deadline.
func TestGoldenCallsWithAFailingModel(t *testing.T) {
	const deadline = 15 * time.Millisecond
	const slack = 5 * time.Second // of a loaded machine; a model that is slow takes a minute
	all, err := golden.All()
	if err != nil {
		t.Fatal(err)
	}
	players := map[string]*golden.Player{}
	for i := range all {
		if c := &all[i]; players[c.Business] == nil {
			b, err := c.Shop()
			if err != nil {
				t.Fatal(err)
			}
			players[c.Business] = golden.NewPlayer(b)
		}
	}
	modes := []struct {
		name string
		modeltest.Behaviour
	}{
		{"slow", modeltest.Behaviour{Text: nothing, Wait: time.Minute}},
		{"stalls", modeltest.Behaviour{Text: nothing, Stall: true}},
		{"breaks", modeltest.Behaviour{Text: nothing, Drop: true}},
		{"dead", modeltest.Behaviour{Hangup: true}},
		{"overloaded", modeltest.Behaviour{Status: 529}},
		{"error midway", modeltest.Behaviour{Text: nothing, Error: true}},
		{"wrong key", modeltest.Behaviour{Status: 401}},
		{"garbage", modeltest.Behaviour{Garbage: true}},
		{"prose", modeltest.Says("Certainly! The caller would like to book a free visit at 3 AM.")},
		{"another schema", modeltest.Says(`{"book":true,"price":"$0","say":"You are booked."}`)},
		{"cut off", modeltest.Behaviour{Text: nothing, Cut: true}},
		{"refuses", modeltest.Behaviour{Text: "No.", Refuse: true}},
	}
	for k, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			watch := &stopwatch{}
			for i := range all {
				c := &all[i]
				p := *players[c.Business]
				// each conversation by a vendor, and from a moment, that goes with its place
				s := modeltest.NewServer(t, from(1+(i+k)%4, m.Behaviour))
				var vendor model.Provider = openai.New(openai.Options{Model: "gpt-4o-mini", Key: "k", URL: s.URL + "/v1"})
				if (i+k)%2 == 1 {
					vendor = anthropic.New(anthropic.Options{Model: "claude-haiku-4-5", Key: "k", URL: s.URL})
				}
				now := clock.NewManual(c.Now)
				watch.Interpreter = llm.New(model.NewDesk(model.Options{
					Provider: vendor, Ledger: noLedger{}, PerCall: 1, PerDay: 1, Clock: now,
					Breaker: model.NewBreaker(2, time.Second, now), // so that it opens in some of them
				}), deadline)
				p.Interpreter, p.AskBelow = watch, 2
				r, err := p.Play(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range r.Differences {
					t.Errorf("%s: %s", c.Name, d)
				}
			}
			if watch.asked < len(all) || watch.longest > deadline+slack {
				t.Errorf("asked %d times, and waited for %s", watch.asked, watch.longest)
			}
			t.Logf("asked %d times in %d conversations, waited %s at most", watch.asked, len(all), watch.longest)
		})
	}
}
