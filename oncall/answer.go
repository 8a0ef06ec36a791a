package oncall

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"fixly/business"
)

// answerWithin is how long after somebody was paged a short text from them is an answer to it.
const answerWithin = 12 * time.Hour

var (
	// takes are the ways to say that one has it, in the languages that crews write.
	takes = regexp.MustCompile(`^(1|ack|got it|i got it|i have it|i've got it|on it|i'm on it|im on it|taking it|i'll take it|on my way|omw|la tomo|yo voy|voy)$`)
	// agrees are those that the owner says to other questions, too: from him they don't count.
	agrees = regexp.MustCompile(`^(ok|okay|k|y|yes|yep|yeah|sure|si|sí)$`)
	passes = regexp.MustCompile(`^(2|pass|can't|cant|i can't|i cant|can't do it|no puedo)$`)
	denies = regexp.MustCompile(`^(n|no|nope)$`)
)

// Answer takes a text from somebody who was paged as an answer to it, inside the transaction that stores the text; ok is
// false for what is none.
func (d *Desk) Answer(ctx context.Context, tx Tx, b *business.Business, from, body string) (reply string, ok bool, err error) {
	word := strings.Trim(strings.ToLower(strings.Join(strings.Fields(body), " ")), " .!,")
	word = strings.ReplaceAll(word, "’", "'")
	others := from != b.Profile.Owner.Phone
	taking := takes.MatchString(word) || others && agrees.MatchString(word)
	passing := passes.MatchString(word) || others && denies.MatchString(word)
	if !taking && !passing {
		return "", false, nil
	}
	now := d.Clock.Now()
	x, err := tx.LastPaged(ctx, b.ID, from, now.Add(-answerWithin))
	if err != nil || x == nil {
		return "", false, err
	}
	p, err := tx.Page(ctx, b.ID, x.PageID)
	if err != nil {
		return "", false, fmt.Errorf("oncall: read the page that %s answers: %w", from, err)
	}
	switch {
	case p.State == Acknowledged && p.TakenPhone == from:
		if now.Sub(p.TakenAt) > answerAgain { // they speak of something else by now
			return "", false, nil
		}
		return words{}.Yours(p), true, nil
	case p.State == Acknowledged:
		if now.Sub(p.TakenAt) > answerAgain {
			return "", false, nil
		}
		return words{}.Taken(b, p), true, nil
	case passing && p.State == Nobody:
		return words{}.Passed(p), true, nil
	case passing:
		reply, err = words{}.Passed(p), pass(ctx, tx, p, x, now)
	default:
		reply, err = words{}.Yours(p), take(ctx, tx, p, x.Someone, ByText, "", now)
	}
	if err != nil {
		return "", false, err
	}
	also, err := d.waiting(ctx, tx, p, from, now)
	return reply + also, true, err
}

// waiting tells who has answered a page of another that is open, which their next answer is about; empty: there is none.
func (d *Desk) waiting(ctx context.Context, tx Tx, answered *Page, from string, now time.Time) (string, error) {
	x, err := tx.LastPaged(ctx, answered.BusinessID, from, now.Add(-answerWithin))
	if err != nil || x == nil || x.PageID == answered.ID || !x.PassedAt.IsZero() {
		return "", err
	}
	p, err := tx.PageNow(ctx, x.BusinessID, x.PageID)
	if err != nil || p.State != Open {
		return "", err
	}
	return words{}.Also(p), nil
}

// answerAgain is how long after a page was taken a text is still about it.
const answerAgain = time.Hour

// Note notes on behalf of the office that somebody has a page; an empty name where nobody says who.
func (d *Desk) Note(ctx context.Context, tx Tx, businessID, pageID, name string) error {
	p, err := tx.Page(ctx, businessID, pageID)
	if err != nil {
		return err
	}
	b, err := tx.Business(ctx, businessID)
	if err != nil {
		return err
	}
	who := Someone{Name: name}
	if person := b.PersonNamed(name); person != nil { // of the chain, paged or not
		who.Phone = person.Phone
	}
	for _, wave := range p.Waves {
		for _, s := range wave {
			if s.Name == name {
				who = s
			}
		}
	}
	return take(ctx, tx, p, who, ByOffice, "", d.Clock.Now())
}
