package receptionist

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// TextInput is a text from a customer.
type TextInput struct {
	BusinessID string
	From       string // E.164
	Body       string
	Key        string // the carrier's id of the message: one answer each
	Pictures   int    // how many came with it
	Lost       int    // how often it was answered in vain, because a rival took a time meanwhile
}

// Text answers a text, inside the caller's transaction: in the thread that is open with the number, or in a new
// one. A reply without sentences wants nothing sent: a thank-you after the goodbye needs no answer. An error that is
// scheduling.ErrTaken means that the transaction is spent and must be run anew; a *scheduling.StaleError is the caller's
// to deal with, too (scheduling.Fresh).
func (r *Receptionist) Text(ctx context.Context, tx Tx, in TextInput) (Reply, error) {
	said := Input{Kind: Words, Text: in.Body, Key: in.Key}.redacted()
	in.Body = said.Text
	if strings.TrimSpace(in.Body) == "" && in.Pictures > 0 {
		said.Kind = pictured
	}
	c, err := tx.OpenThread(ctx, in.BusinessID, in.From)
	if err != nil {
		return Reply{}, fmt.Errorf("find the thread with %s: %w", in.From, err)
	}
	if c == nil {
		if c, err = r.openThread(ctx, tx, in); err != nil || c == nil {
			return Reply{}, err
		}
	} else if c, err = tx.Conversation(ctx, c.ID); err != nil {
		return Reply{}, fmt.Errorf("read the thread with %s: %w", in.From, err)
	}
	return r.turn(ctx, tx, c, said, nth(in.Lost+1))
}

// openThread opens a thread, unless what was written wants no answer.
func (r *Receptionist) openThread(ctx context.Context, tx Tx, in TextInput) (*Conversation, error) {
	b, err := tx.Business(ctx, in.BusinessID)
	if err != nil {
		return nil, fmt.Errorf("read business %s: %w", in.BusinessID, err)
	}
	now := r.clock.Now()
	spoken, err := lastLanguage(ctx, tx, b, in.From, "")
	if err != nil {
		return nil, err
	}
	u := r.engines.of(b).engine.Understand(in.Body, understanding.Context{Now: now, CallerID: in.From, Channel: string(ByText), Language: spoken})
	closing, err := isClosing(ctx, tx, in, &u, now)
	if closing || err != nil {
		return nil, err
	}
	s, err := r.takenUp(ctx, tx, in, now)
	if err != nil {
		return nil, err
	}
	s.Language = spoken
	state, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state of a new thread: %w", err)
	}
	c := &Conversation{
		ID: xid.New().String(), BusinessID: in.BusinessID, Channel: ByText, Caller: Caller{Number: in.From},
		Language: language(s, b), State: state, StartedAt: now, UpdatedAt: now,
	}
	if err := tx.InsertConversation(ctx, c); err != nil {
		return nil, fmt.Errorf("open a thread with %s: %w", in.From, err)
	}
	return c, nil
}

// lastLanguage is the language of the last conversation with a number, or of the one that a job came of (empty: none);
// the first of the business where there was none.
func lastLanguage(ctx context.Context, tx Tx, b *business.Business, number, jobID string) (string, error) {
	last, err := tx.LanguageWith(ctx, b.ID, number, jobID)
	if err != nil {
		return "", fmt.Errorf("find the language spoken with %s: %w", number, err)
	}
	if own := languages(b); !slices.Contains(own, last) {
		last = own[0]
	}
	return last, nil
}

// isClosing says whether a text that comes while no thread is open is a last word on one that has closed: thanks
// and goodbyes always, and a bare "okay" or "yes" from who has a visit booked. A greeting begins something new.
func isClosing(ctx context.Context, tx Tx, in TextInput, u *understanding.Understanding, now time.Time) (bool, error) {
	if u.Service != "" || u.Problem != "" || u.Topic != "" || u.FAQ >= 0 || strings.Contains(in.Body, "?") {
		return false, nil
	}
	if len(u.Intents) > 0 && u.Intents[0].Score >= 0.5 {
		return u.Intents[0].Name == understanding.IntentGoodbye, nil
	}
	said := strings.ToLower(strings.TrimSpace(in.Body))
	if u.Answer == understanding.NoAnswer && !u.Backchannel || strings.HasPrefix(said, "hel") || !u.When.IsZero() {
		return false, nil
	}
	jobs, err := tx.JobsByPhone(ctx, in.BusinessID, in.From, now)
	if err != nil {
		return false, fmt.Errorf("read the jobs of %s: %w", in.From, err)
	}
	return slices.ContainsFunc(jobs, func(j scheduling.Job) bool { return j.Live() }), nil
}

// stillOfUse is how long what was said in a call that broke off is taken up in a thread of texts.
const stillOfUse = 24 * time.Hour

// takenUp is the state that a thread begins in: with what its writer said in a call that came to nothing a while ago,
// or new.
func (r *Receptionist) takenUp(ctx context.Context, tx Tx, in TextInput, now time.Time) (*flow.State, error) {
	call, err := tx.LatestByPhone(ctx, in.BusinessID, in.From)
	if err != nil {
		return nil, fmt.Errorf("find the last call from %s: %w", in.From, err)
	}
	if call == nil || now.Sub(call.UpdatedAt) > stillOfUse {
		return flow.New(), nil
	}
	said, err := readState(call)
	if err != nil {
		return nil, err
	}
	if call.Outcome != "" && !said.ByText {
		return flow.New(), nil
	}
	return flow.TakeUp(said), nil
}
