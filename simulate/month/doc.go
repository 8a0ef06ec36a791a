// Package month plays a month of a business in virtual time: people call, are served or not, read texts, answer them or
// go elsewhere; the shop's people pick up or don't, and call back when they find time; the carrier queues texts at its
// rate and is away now and then. All of Fixly that has a part in it is the real thing, on a clock that is moved from one
// event to the next (see Server). What people do is assumed: each assumption has a name, a value and a reason
// (assumptions.go), and every one can be changed.
//
// The month is played once under each answering policy (policy.go), with the same people calling for the same things at the
// same times, so that the policies can be compared. After it, what must never happen is looked for (judge.go).
package month
