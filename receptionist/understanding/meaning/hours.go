package meaning

const (
	halfDay = 12 * 60
	fullDay = 24 * 60
)

// Half puts a time of the twelve-hour clock into the morning or the afternoon.
func (h Hours) Half(pm bool) Hours {
	if h.Moment && h.Twelve {
		h.From %= halfDay
		if pm {
			h.From += halfDay
		}
		h.To, h.Twelve = h.From, false
	}
	return h
}

// Moved moves a clock time by some minutes.
func (h Hours) Moved(minutes int) Hours {
	cycle := fullDay
	if h.Twelve {
		cycle = halfDay
	}
	h.From = ((h.From+minutes)%cycle + cycle) % cycle
	h.To = h.From
	return h
}

// Range makes a stretch of two clock times. Where one says morning or afternoon, the other follows it; where
// neither does, both readings stay open.
func Range(a, b Hours) (Hours, bool) {
	out := Hours{From: a.From, To: b.To, Vague: a.Vague || b.Vague}
	switch {
	case a.Twelve && b.Twelve:
		if out.To <= out.From {
			out.To += halfDay
		}
		out.Twelve = true
	case a.Twelve: // "3:30 to six pm": the latest that still comes before
		out.From = a.From%halfDay + halfDay
		if out.From >= b.To {
			out.From -= halfDay
		}
	case b.Twelve: // "8am until 6"
		out.To = b.To % halfDay
		for out.To <= out.From && out.To < fullDay {
			out.To += halfDay
		}
	case b.To == 0: // until midnight
		out.To = fullDay
	}
	return out, out.From < out.To && out.To <= fullDay
}

// End is the end of the stretch in minutes; a zero To is the end of the day.
func (h Hours) End() int {
	if h.To == 0 && !h.Moment {
		return fullDay
	}
	return h.To
}

// Settle decides between morning and afternoon for a time said on the twelve-hour clock: the reading that lies in
// the opening hours, or failing that the one in the daytime. Settled times are returned as they are.
func (h Hours) Settle(open OpenHours) Hours {
	if !h.Twelve {
		return h
	}
	h.Twelve = false
	if open.To == 0 {
		open = OpenHours{8 * 60, 18 * 60}
	}
	if h.Limit == Before {
		if h.inside(h.To, open) < h.inside(h.To+halfDay, open) || h.To == 0 {
			h.To += halfDay
		}
		return h
	}
	if h.inside(h.From, open) < h.inside(h.From+halfDay, open) {
		h.From += halfDay
		if h.Limit == Between {
			h.To += halfDay
		}
	}
	h.To = min(h.To, fullDay)
	return h
}

// inside grades a time of day: 2 within opening hours, 1 in the daytime, 0 at night.
func (h Hours) inside(t int, open OpenHours) int {
	from, to := open.From, open.To
	if h.Limit == Before { // "before five" at a shop that closes at five is five in the afternoon
		from, to = from+1, to+1
	}
	switch {
	case t >= from && t < to:
		return 2
	case t >= 7*60 && t < 21*60:
		return 1
	}
	return 0
}

// Clock reads a time of the twelve-hour clock within a part of the day: "three in the morning", "afternoon at five".
// In the morning is before noon, "twelve thirty" too, though twelve itself is noon; otherwise a time that lies in neither half of the part takes the
// part's half of the day.
func (h Hours) Clock(t Hours) Hours {
	if t.Moment && t.Twelve && t.From%halfDay != 0 && h.Part && h.From < halfDay && h.End() <= halfDay {
		return t.Half(false)
	}
	if both, ok := h.Both(t); ok && both.Moment {
		return both
	}
	return t.Half(h.From >= halfDay)
}

// Both is the stretch that satisfies both, with open questions of the one settled by the other. It fails where
// they exclude each other.
func (h Hours) Both(o Hours) (Hours, bool) {
	if h.Twelve && !o.Twelve {
		return o.with(h)
	}
	if o.Twelve && !h.Twelve {
		return h.with(o)
	}
	if h.Twelve && o.Twelve && h.Limit == Before && o.Limit == After {
		h, o = o, h
	}
	if h.Twelve && o.Twelve && h.Limit == After && o.Limit == Before { // "after three please, before five"
		return Range(h, o)
	}
	if h.Twelve { // both open: "between two and four, at three"
		if h.Moment && h.Limit == Between && !o.Moment {
			h, o = o, h
		}
		if o.Moment && !h.Moment && (o.From >= h.From && o.From < h.End() || o.From+halfDay >= h.From && o.From+halfDay < h.End()) {
			return o, true
		}
		return h, h == o
	}
	return h.intersect(o)
}

// with settles a time on the twelve-hour clock inside a known stretch.
func (h Hours) with(o Hours) (Hours, bool) {
	if o.Limit != Between { // "in the afternoon, after two": the edge that was named lies inside
		for _, shift := range [...]int{0, halfDay} {
			c := o
			c.Twelve = false
			edge := &c.From
			if c.Limit == Before {
				edge = &c.To
			}
			if *edge += shift; *edge > h.From && *edge < h.End() {
				return h.intersect(c)
			}
		}
	}
	for _, shift := range [...]int{0, halfDay} {
		c := o
		c.Twelve = false
		if c.Limit != Before {
			c.From += shift
		}
		if c.To > 0 || c.Limit != After || c.Moment {
			c.To += shift
		}
		if c.To > fullDay {
			continue
		}
		wide := h
		if h.Part { // its edges are soft: "from five to six in the afternoon"
			wide.From, wide.To = max(0, h.From-60), min(h.End()+60, fullDay)
		}
		if r, ok := wide.intersect(c); ok {
			if c.Moment || h.Part && c.Limit == Between {
				return c, true
			}
			if r, ok := h.intersect(c); ok {
				return r, true
			}
			return r, true
		}
	}
	return Hours{}, false
}

func (h Hours) intersect(o Hours) (Hours, bool) {
	if h.Moment && o.Moment {
		return o, h.From == o.From
	}
	if h.Moment {
		h, o = o, h
	}
	if o.Moment {
		// parts of the day have soft edges: "five in the evening", "noon in the afternoon"
		soft := 0
		if h.Part {
			soft = 60
		}
		return o, o.From >= h.From-soft && o.From < h.End()+soft
	}
	out := Hours{From: max(h.From, o.From), To: min(h.End(), o.End()), Vague: h.Vague || o.Vague, Part: h.Part && o.Part, Default: h.Default || o.Default}
	return out, out.From < out.To
}

// Fits says whether a visit that starts at a minute of the day is meant by the hours: at a clock time within a
// quarter of an hour, at a vague one within the hour, otherwise inside the stretch.
func (h Hours) Fits(minute int) bool {
	if !h.Twelve {
		return h.fits(minute)
	}
	a, b := h, h
	a.Twelve, b.Twelve = false, false
	if h.Limit != Before {
		b.From += halfDay
	}
	if h.Limit != After {
		b.To += halfDay
	}
	if h.Limit == Between || h.Limit == Before {
		return a.fits(minute) || b.fits(minute)
	}
	return h.Settle(OpenHours{}).fits(minute)
}

func (h Hours) fits(minute int) bool {
	switch {
	case h.Moment && h.Vague:
		return minute >= h.From-60 && minute <= h.From+60
	case h.Moment:
		return minute >= h.From-15 && minute <= h.From+15
	}
	return minute >= h.From && minute < h.End()
}
