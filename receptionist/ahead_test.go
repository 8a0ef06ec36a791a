package receptionist_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
)

// listener notes what was asked when it was made to understand something.
type listener struct{ asked []understanding.Asked }

func (l *listener) Understand(text string, c understanding.Context) understanding.Understanding {
	l.asked = append(l.asked, c.Asked)
	return meanings.Understand(text, c)
}

// committed reads conversations from a storage in memory; stale makes it show them as they once were.
type committed struct {
	mem      *memory.Storage
	business *business.Business
	stale    func(*receptionist.Conversation)
}

func (c *committed) Business(context.Context, string) (*business.Business, error) {
	return c.business, nil
}

func (c *committed) Conversation(_ context.Context, id string) (*receptionist.Conversation, error) {
	for _, found := range c.mem.Conversations() {
		if found.ID == id {
			if c.stale != nil {
				c.stale(&found)
			}
			return &found, nil
		}
	}
	return nil, receptionist.ErrNoConversation
}

func newReadingDesk(t *testing.T, u receptionist.Understander) (*desk, *committed) {
	b := demo.Business()
	b.ID = "shop"
	d := &desk{t: t, mem: memory.New(b), clock: clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))}
	reader := &committed{mem: d.mem, business: b}
	d.r = receptionist.New(receptionist.Options{
		Storage: d.mem, Reader: reader, Clock: d.clock,
		Compile: func(*business.Business) receptionist.Understander { return u },
	})
	return d, reader
}

func TestWordsAreUnderstoodOnceAheadOfTheTurn(t *testing.T) {
	l := &listener{}
	d, _ := newReadingDesk(t, l)
	d.ring("call_1")
	d.say("my sink leaks")
	d.say("the second one")
	if want := []understanding.Asked{understanding.AskedProblem, understanding.AskedChoice}; !slices.Equal(l.asked, want) {
		t.Errorf("understood on being asked %v, want %v", l.asked, want)
	}
}

func TestWordsUnderstoodOnAnotherStateAreUnderstoodAgain(t *testing.T) {
	l := &listener{}
	d, reader := newReadingDesk(t, l)
	d.ring("call_1")
	before := d.conversation().State
	d.say("my sink leaks")
	reader.stale = func(c *receptionist.Conversation) { c.State = before }
	l.asked = nil
	d.say("the second one")
	if want := []understanding.Asked{understanding.AskedProblem, understanding.AskedChoice}; !slices.Equal(l.asked, want) {
		t.Errorf("understood on being asked %v, want %v", l.asked, want)
	}
	if s := string(d.conversation().State); !strings.Contains(s, `"chosen"`) {
		t.Errorf("the second time was not chosen: %s", s)
	}
}

func TestAFaultAheadOfTheTurnIsTheTurns(t *testing.T) {
	d, _ := newReadingDesk(t, meanings) // panics over words without a meaning
	d.ring("call_1")
	if reply := d.say("gibberish"); reply.Text() == "" {
		t.Error("nothing was said")
	}
}
