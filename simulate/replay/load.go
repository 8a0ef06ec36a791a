// Package replay holds conversations again that were really held, word for word as the caller spoke, with a business as
// it is now or as it would be, and tells what would come of them that did not then.
//
// A caller's words were answers to what they heard. Where the receptionist asks something else this time, the words
// need not fit any more: the first turn that differs tells where the two part, and what comes after it is to be read
// with that in mind.
package replay

import (
	"context"
	"fmt"
	"time"

	"fixly/receptionist"
	"fixly/scheduling"
)

// Source is where conversations are kept.
type Source interface {
	// ConversationsSince lists the latest conversations that began at an instant or later, the latest first, at most
	// limit of them.
	ConversationsSince(ctx context.Context, businessID string, since time.Time, limit int) ([]receptionist.Conversation, error)
	Turns(ctx context.Context, conversationID string) ([]receptionist.Turn, error)
	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
}

// Original is a conversation as it was held.
type Original struct {
	receptionist.Conversation
	Turns []receptionist.Turn
	// Calendar holds the jobs that stood when it began, as far as can still be told: a job that was moved since stands
	// where it was moved to.
	Calendar []scheduling.Job
	// Job is the job that was booked, moved or cancelled in it, as it is now; nil when there is none.
	Job *scheduling.Job
}

// Load reads the latest conversations of a business that began at an instant or later, the latest first, at most limit
// of them; those in which the caller said nothing are left out.
func Load(ctx context.Context, from Source, businessID string, since time.Time, limit int) ([]Original, error) {
	all, err := from.ConversationsSince(ctx, businessID, since, limit)
	if err != nil {
		return nil, fmt.Errorf("replay: read conversations: %w", err)
	}
	jobs, err := from.ListJobs(ctx, businessID, scheduling.JobFilter{})
	if err != nil {
		return nil, fmt.Errorf("replay: read jobs: %w", err)
	}
	var out []Original
	for _, c := range all {
		o := Original{Conversation: c}
		if o.Turns, err = from.Turns(ctx, c.ID); err != nil {
			return nil, fmt.Errorf("replay: read conversation %s: %w", c.ID, err)
		}
		if len(o.inputs()) == 0 {
			continue
		}
		for i := range jobs {
			j := &jobs[i]
			if j.ID == c.JobID {
				o.Job = j
			}
			if stoodAt(j, c.StartedAt) {
				o.Calendar = append(o.Calendar, *j)
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// stoodAt says whether a job was on at an instant.
func stoodAt(j *scheduling.Job, at time.Time) bool {
	return j.CreatedAt.Before(at) && (j.Status != scheduling.StatusCancelled || j.UpdatedAt.After(at))
}

// input is something that a caller said or did.
type input struct {
	receptionist.Input
	at time.Time
}

// pressed is how the receptionist keeps keys.
const pressed = "pressed "

// inputs are what the caller said and did, in order.
func (o *Original) inputs() []input {
	var out []input
	for i := range o.Turns {
		t := &o.Turns[i]
		switch {
		case t.Who == "carrier":
			kind := receptionist.InputKind(t.Text)
			if kind == receptionist.Silence || kind == receptionist.Reconnected || kind == receptionist.PersonGone {
				out = append(out, input{receptionist.Input{Kind: kind}, t.At})
			}
		case t.Who != "caller":
		case len(t.Text) > len(pressed) && t.Text[:len(pressed)] == pressed && len(t.Understood) == 0:
			out = append(out, input{receptionist.Input{Kind: receptionist.Digits, Text: t.Text[len(pressed):]}, t.At})
		default:
			out = append(out, input{receptionist.Input{Kind: receptionist.Words, Text: t.Text}, t.At})
		}
	}
	return out
}
