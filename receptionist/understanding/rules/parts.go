package rules

import m "fixly/receptionist/understanding/meaning"

// Early is what people mean by the early part of a part of the day.
func Early(h m.Hours) m.Hours {
	switch {
	case h.From < 8*60: // morning
		h.To = h.From + 3*60
	case h.To-h.From > 2*60:
		h.To = h.From + (h.To-h.From)/2
	}
	return h
}

// Late is what people mean by the late part of a part of the day.
func Late(h m.Hours) m.Hours {
	switch {
	case h.From < 8*60:
		h.From = h.To - 2*60
	case h.From > 16*60 && h.To <= 22*60: // evening
		h.From += 2 * 60
	case h.To-h.From > 2*60:
		h.From += (h.To - h.From) / 2
	}
	return h
}
