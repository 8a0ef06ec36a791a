package followup

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fixly/clock"
	"fixly/messaging"
)

const aLine = "+13125550100"

func throttled(after time.Duration) *messaging.SendError {
	return &messaging.SendError{Class: string(messaging.Throttled), Retry: true, RetryAfter: after}
}

// enters says how long to stay away, for who may not have to wait at the door.
func enters(t *testing.T, p *pace) time.Duration {
	t.Helper()
	wait, err := p.enter(t.Context(), aLine, 1)
	if err != nil {
		t.Fatal(err)
	}
	return wait
}

func TestALineRestsAsLongAsTheCarrierAsks(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	p := newPace(now)
	for range 10 {
		if wait := enters(t, p); wait != 0 {
			t.Fatalf("wait %s", wait)
		}
	}
	for range 10 { // one burst
		p.heard(aLine, throttled(4*time.Second))
		p.leave(aLine)
	}
	if wait := enters(t, p); wait != 4*time.Second {
		t.Errorf("wait %s", wait)
	}
	if wait, err := p.enter(t.Context(), "+13125550110", 1); wait != 0 || err != nil {
		t.Errorf("another line waits %s, %v", wait, err)
	}
	now.Advance(4 * time.Second)
	for i := range mostAtOnce / 2 { // half of the room is left
		if wait := enters(t, p); wait != 0 {
			t.Fatalf("number %d waits %s", i, wait)
		}
	}
	if p.lines[aLine].inside != int(p.lines[aLine].size) {
		t.Errorf("room %+v", p.lines[aLine])
	}
}

func TestRoomGrowsWithWhatTheCarrierTakes(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	p := newPace(now)
	for range 20 {
		if enters(t, p) == 0 {
			p.heard(aLine, throttled(0))
			p.leave(aLine)
		}
		now.Advance(shortRest)
	}
	if size := p.lines[aLine].size; size != 1 {
		t.Fatalf("size %v", size)
	}
	taken := 0
	for p.lines[aLine].size < mostAtOnce {
		if taken++; taken > 2000 {
			t.Fatal("it does not grow")
		}
		if wait := enters(t, p); wait != 0 {
			t.Fatalf("wait %s", wait)
		}
		p.heard(aLine, nil)
		p.leave(aLine)
	}
	p.heard(aLine, &messaging.SendError{Class: string(messaging.Invalid)})
	if size := p.lines[aLine].size; size != mostAtOnce {
		t.Errorf("another refusal makes the room %v", size)
	}
}

// Who is promised soonest is let in first, and who gives up keeps nobody out.
func TestTheSoonestPromisedGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(clock.Real())
		p.lines[aLine] = &room{size: 1}
		enters(t, p)
		var order []int
		come := func(ctx context.Context, priority int) {
			go func() {
				if _, err := p.enter(ctx, aLine, priority); err == nil {
					order = append(order, priority)
					p.leave(aLine)
				} else if !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			}()
			synctest.Wait()
		}
		gone, goes := context.WithCancel(t.Context())
		come(t.Context(), 3)
		come(t.Context(), 2)
		come(gone, 1)
		come(t.Context(), 1)
		goes()
		synctest.Wait()
		p.leave(aLine)
		synctest.Wait()
		if len(order) != 3 || order[0] != 1 || order[1] != 2 || order[2] != 3 || p.lines[aLine].inside != 0 {
			t.Errorf("order %v, room %+v", order, p.lines[aLine])
		}
		enters(t, p)
		for range atTheDoor {
			come(t.Context(), 1)
		}
		if wait := enters(t, p); wait != crowdWait {
			t.Errorf("in a crowd: %s", wait)
		}
		p.leave(aLine)
		synctest.Wait()
	})
}
