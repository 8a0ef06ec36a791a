package twilio

import (
	"context"
	"sync"
	"time"
)

const (
	// askWithin is how long a stopping server waits for Twilio to ask how to go on with the calls it has cut.
	askWithin = time.Second
	// restartPause is how long such a call then waits for a server that is back, in seconds. Asking one that is not
	// there would end the call.
	restartPause = 3
)

// cutCalls are the calls whose sessions were cut because the server stops, until Twilio has asked how to go on with
// them. The zero cutCalls has none.
type cutCalls struct {
	mu    sync.Mutex
	calls map[string]bool // by CallSid
	asked chan struct{}   // holds a token after each change
}

func (c *cutCalls) init() {
	if c.calls == nil {
		c.calls, c.asked = map[string]bool{}, make(chan struct{}, 1)
	}
}

// add notes a call whose session is about to be cut.
func (c *cutCalls) add(sid string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.init()
	c.calls[sid] = true
}

// answered says whether a call was cut; Twilio is being told how to go on with it.
func (c *cutCalls) answered(sid string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.calls[sid] {
		return false
	}
	delete(c.calls, sid)
	select {
	case c.asked <- struct{}{}:
	default:
	}
	return true
}

func (c *cutCalls) left() (n int, asked <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.init()
	return len(c.calls), c.asked
}

// await waits until Twilio has asked about every call, for a moment.
func (c *cutCalls) await(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	for {
		n, asked := c.left()
		if n == 0 {
			return
		}
		select {
		case <-asked:
		case <-ctx.Done():
			return
		}
	}
}
