package demo

import (
	"context"
	"errors"
	"time"

	"fixly/telephony"
)

// Placer places none of the demo's calls: its numbers are nobody's.
type Placer struct{}

var _ telephony.Placer = Placer{}

// Place refuses.
func (Placer) Place(context.Context, telephony.Outgoing) (string, error) {
	return "", &telephony.PlaceError{Class: "invalid", Tell: "The demo calls nobody.", Err: errors.New("demo number")}
}

// Find finds nothing.
func (Placer) Find(context.Context, telephony.Outgoing, time.Time) ([]string, error) { return nil, nil }

// Look knows of no call.
func (Placer) Look(context.Context, string) (telephony.State, error) {
	return telephony.CallFailed, nil
}

// HangUp has nothing to do.
func (Placer) HangUp(context.Context, string) error { return nil }
