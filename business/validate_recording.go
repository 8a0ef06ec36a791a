package business

// mostKeepDays bounds how long what was recorded is kept, in days: ten years.
const mostKeepDays = 3650

func (c *checker) recording() {
	r := &c.b.Recording
	if r.Calls != "" {
		c.oneOf("recording.calls", r.Calls, Recordings()...)
	}
	c.count("recording.keep_days", r.KeepDays, mostKeepDays)
	if !r.On() {
		return
	}
	for i := range c.b.Lines {
		if c.b.Lines[i].Carrier == CarrierTwilio {
			return
		}
	}
	c.badFor("lines", "recording.calls", "needs a line of carrier %s: calls on others can't be recorded", CarrierTwilio)
}
