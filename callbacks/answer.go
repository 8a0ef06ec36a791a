package callbacks

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"fixly/business"
)

// answerWithin is how long after a call back, or after they were told of one, a word of somebody is about it.
const answerWithin = 12 * time.Hour

// What the shop's people can text about a callback.
var (
	saysMine    = regexp.MustCompile(`^(mine|i have it|i've got it|got it|on it|i'll call|calling)$`)
	saysBooked  = regexp.MustCompile(`^(booked|got the job)$`)
	saysTalked  = regexp.MustCompile(`^(talked|spoke|called|called them)$`)
	saysNobody  = regexp.MustCompile(`^(no answer|voicemail|vm|left a message)$`)
	saysLater   = regexp.MustCompile(`^(later|call later|call again)$`)
	saysDropped = regexp.MustCompile(`^(drop|drop it|give up|not interested)$`)
)

// Answer takes a text of somebody of the shop as a word about a callback: that they have the one they were told of last, or
// what came of the last that they made. It runs in the transaction that stores the text; ok is false for what is none.
func (d *Desk) Answer(ctx context.Context, tx Tx, b *business.Business, from, body string) (reply string, ok bool, err error) {
	by := personWith(b, from)
	word := strings.Trim(strings.ToLower(strings.Join(strings.Fields(body), " ")), " .!,")
	word = strings.ReplaceAll(word, "’", "'")
	now := d.Clock.Now()
	n := Noted{By: by.Name}
	switch {
	case by.Phone == "":
		return "", false, nil
	case saysMine.MatchString(word):
		return d.takes(ctx, tx, b, by, now)
	case saysBooked.MatchString(word):
		n.Outcome = Booked
	case saysTalked.MatchString(word):
		n.Outcome = Talked
	case saysDropped.MatchString(word):
		n.Outcome = Elsewhere
	case saysNobody.MatchString(word):
		n.Result = Machine
	case saysLater.MatchString(word):
	default:
		return "", false, nil
	}
	a, err := tx.LastAttemptOf(ctx, b.ID, from, now.Add(-answerWithin))
	if err != nil || a == nil || a.CallbackID == "" {
		return "", false, err
	}
	c, err := tx.Callback(ctx, b.ID, a.CallbackID)
	if err != nil {
		return "", false, err
	}
	switch {
	case n.Outcome != "":
		if c, err = d.Note(ctx, tx, b, c.ID, n); err != nil {
			return "", true, err
		}
		return Who(c) + ": " + c.Outcome.Explain() + ".", true, nil
	case c.Status == Calling:
		return "That call is still going on.", true, nil
	case n.Result != "":
		if a.Result == Reached { // it was their voicemail
			a.Result, a.Talked = Machine, 0
			if err := tx.UpdateAttempt(ctx, a); err != nil {
				return "", true, err
			}
		}
		if c.Owed() { // the next try was planned as the call ended
			return fmt.Sprintf("%s: next try %s.", Who(c), sayWhen(b, later(c.NextAttemptAt, now), now)), true, nil
		}
	}
	at, more := NextAttempt(b, c, now)
	if !more {
		at = CallTime(b, now.Add(24*time.Hour))
	}
	c, err = d.Note(ctx, tx, b, c.ID, Noted{By: by.Name, Later: at})
	switch {
	case errors.Is(err, ErrClosed):
		return Who(c) + " is owed a newer call already.", true, nil
	case err != nil:
		return "", true, err
	}
	return fmt.Sprintf("%s: next try %s.", Who(c), sayWhen(b, c.NextAttemptAt, now)), true, nil
}

// takes gives somebody the callback that they were told of last: the one whose time ran out last, else the newest.
func (d *Desk) takes(ctx context.Context, tx Tx, b *business.Business, by Person, now time.Time) (string, bool, error) {
	owed, err := tx.Callbacks(ctx, b.ID)
	if err != nil {
		return "", false, err
	}
	var told *Callback
	at := now.Add(-answerWithin)
	for i := range owed {
		c := &owed[i]
		if heard := later(c.ToldAt, c.MissedAt); heard.After(at) && c.Status != Calling && (c.AckedAt.IsZero() || !c.ToldAt.IsZero()) {
			told, at = c, heard
		}
	}
	if told == nil {
		return "", false, nil
	}
	c, err := d.Acknowledge(ctx, tx, b, told.ID, by)
	if err != nil {
		return "", true, err
	}
	return fmt.Sprintf("You have %s. Please call them by %s.", About(c), sayWhen(b, c.DueAt, now)), true, nil
}

// personWith is who of the shop has a phone; nobody where none has.
func personWith(b *business.Business, phone string) Person {
	for _, p := range b.Answering.Chain {
		if p.Phone == phone {
			return Person{p.Name, p.Phone}
		}
	}
	if o := b.Profile.Owner; o.Phone == phone {
		return Person{o.Name, o.Phone}
	}
	return Person{}
}
