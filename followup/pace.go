package followup

import (
	"context"
	"slices"
	"sync"
	"time"

	"fixly/clock"
	"fixly/messaging"
)

// pace keeps what this process asks of the carrier of each line within what that takes. Carriers bound how many requests
// they answer at a time and refuse the others (Twilio: HTTP 429, error 20429, https://www.twilio.com/docs/errors/20429);
// hammering them would only lose the turns of the texts that are promised soonest.
//
// A line has room for so many requests at once. A refusal makes the room smaller, by as much as was too many, and has the
// line rest for as long as the carrier asks; texts that it takes make the room larger again, little by little. Who finds no
// room waits at the door, the soonest promised in front, or where a crowd is there already, comes back later.
type pace struct {
	clock clock.Clock

	mu    sync.Mutex
	lines map[string]*room
}

// room is what one line has.
type room struct {
	size   float64 // requests at once
	inside int
	rests  time.Time // until then nobody goes in; on the pace's clock
	door   []waiting
}

// waiting is a job at the door of a room; turn is closed when it is let in.
type waiting struct {
	priority int
	turn     chan struct{}
}

const (
	// mostAtOnce is the room to begin with, and the most there is.
	mostAtOnce = SendingWorkers
	// shortRest is how long a line rests after a refusal that asks for nothing in particular.
	shortRest = 300 * time.Millisecond
	// atTheDoor is how many may wait for one line: workers that stand there are none for the other lines.
	atTheDoor = SendingWorkers / 4
	// crowdWait is when those come back who found too many at the door.
	crowdWait = 500 * time.Millisecond
)

func newPace(c clock.Clock) *pace { return &pace{clock: c, lines: map[string]*room{}} }

// enter takes a place in the room of a line, or says how long to stay away.
func (p *pace) enter(ctx context.Context, line string, priority int) (wait time.Duration, err error) {
	p.mu.Lock()
	r := p.lines[line]
	if r == nil {
		r = &room{size: mostAtOnce}
		p.lines[line] = r
	}
	if wait := r.rests.Sub(p.clock.Now()); wait > 0 {
		p.mu.Unlock()
		return wait, nil
	}
	if r.inside < int(r.size) {
		r.inside++
		p.mu.Unlock()
		return 0, nil
	}
	if len(r.door) >= atTheDoor {
		p.mu.Unlock()
		return crowdWait, nil
	}
	me := waiting{priority, make(chan struct{})}
	i := len(r.door)
	for i > 0 && r.door[i-1].priority > priority {
		i--
	}
	r.door = slices.Insert(r.door, i, me)
	p.mu.Unlock()
	select {
	case <-me.turn:
		return 0, nil
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(r.door, me); i >= 0 {
		r.door = slices.Delete(r.door, i, i+1)
	} else { // let in at the last moment
		r.inside--
		r.letIn()
	}
	return 0, ctx.Err()
}

// leave gives the place back.
func (p *pace) leave(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.lines[line]
	r.inside--
	r.letIn()
}

// letIn lets in who waits, as far as there is room. Those inside while the line rests find out by its refusals; there are
// few of them.
func (r *room) letIn() {
	for len(r.door) > 0 && r.inside < int(r.size) {
		close(r.door[0].turn)
		r.door = r.door[1:]
		r.inside++
	}
}

// heard takes in what the carrier said to a request; nil when it took the text.
func (p *pace) heard(line string, refusal *messaging.SendError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.lines[line]
	if refusal == nil {
		r.size = min(r.size+1/r.size, mostAtOnce)
		return
	}
	if messaging.Reason(refusal.Class) != messaging.Throttled || !refusal.Retry {
		return
	}
	now := p.clock.Now()
	if !now.Before(r.rests) { // once for the refusals of one burst
		r.size = max(r.size/2, 1)
	}
	if rests := now.Add(max(refusal.RetryAfter, shortRest)); rests.After(r.rests) {
		r.rests = rests
	}
}
