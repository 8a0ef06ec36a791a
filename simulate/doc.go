// Package simulate lets simulated callers talk with the real receptionist, in virtual time, and judges what became of
// it by the calendar and the texts in the end.
//
// A caller has facts (who, where, which number), a goal, a manner of speaking, and a line that mangles words. What
// callers say is written in data/, apart from what the receptionist understands; what they are told they read from the
// sentences alone, as a listener would, so that a reply which cannot be understood costs a booking here too. Each
// caller has a calendar of their own that others have partly filled, and draws from a source of chance of their own:
// the same seed gives the same callers, in the same words, however many run beside each other.
package simulate
