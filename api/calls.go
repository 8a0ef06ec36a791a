package api

import (
	"context"
	"errors"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/model"
	"fixly/receptionist"
	"fixly/telephony"
)

const callList = "calls"

// call is a call as the API shows it. What is not known yet, or never came to be, is null.
type call struct {
	ID         string  `json:"id"`
	CarrierID  string  `json:"carrier_id"`
	From       *string `json:"from"` // null: withheld
	To         string  `json:"to"`
	Direction  string  `json:"direction"`
	StartedAt  string  `json:"started_at"`
	AnsweredAt *string `json:"answered_at"`
	EndedAt    *string `json:"ended_at"`
	HandledBy  *string `json:"handled_by"`
	Outcome    *string `json:"outcome"`
	Summary    string  `json:"summary"`
	JobID      *string `json:"job_id"`
}

// callWithTranscript is a single call.
type callWithTranscript struct {
	call
	Transcript []utterance `json:"transcript"`
	Model      modelUse    `json:"model"`
}

// modelUse is what a language model was asked in a call, and what it cost.
type modelUse struct {
	Requests     int            `json:"requests"`
	InputTokens  int            `json:"input_tokens"`
	OutputTokens int            `json:"output_tokens"`
	Cost         float64        `json:"cost_usd"`
	Uses         []modelRequest `json:"uses"`
}

// modelRequest is one request to a language model.
type modelRequest struct {
	At           string  `json:"at"`
	Purpose      string  `json:"purpose"`
	Model        string  `json:"model"`
	Failure      *string `json:"failure"` // why there was no answer
	InputTokens  int     `json:"input_tokens"`
	OutputTokens int     `json:"output_tokens"`
	Estimated    bool    `json:"estimated"`
	Cost         float64 `json:"cost_usd"`
	Millis       int64   `json:"took_ms"`
}

func showModelUse(b *business.Business, uses []model.Use) modelUse {
	out := modelUse{Requests: len(uses), Uses: make([]modelRequest, 0, len(uses))}
	sum := model.Micros(0)
	for _, u := range uses {
		sum += u.Cost
		out.InputTokens += u.Usage.InputTokens
		out.OutputTokens += u.Usage.OutputTokens
		out.Uses = append(out.Uses, modelRequest{
			At: when(u.At, b.Location()), Purpose: string(u.Purpose), Model: u.Model, Failure: orNull(string(u.Failure)),
			InputTokens: u.Usage.InputTokens, OutputTokens: u.Usage.OutputTokens, Estimated: u.Usage.Estimated,
			Cost: u.Cost.Dollars(), Millis: u.Took.Milliseconds(),
		})
	}
	out.Cost = sum.Dollars()
	return out
}

// utterance is one thing said in a call.
type utterance struct {
	At     string  `json:"at"`
	Who    string  `json:"who"`
	Text   string  `json:"text"`
	Heard  *string `json:"heard"`  // what the caller heard of it, when they talked over it
	Reason *string `json:"reason"` // why the receptionist said it
}

func showCall(b *business.Business) func(*telephony.Call) call {
	loc := b.Location()
	return func(c *telephony.Call) call {
		return call{
			ID: c.ID, CarrierID: c.CarrierID, From: orNull(c.From), To: c.Line, Direction: c.Direction,
			StartedAt: when(c.StartedAt, loc), AnsweredAt: whenOrNull(c.AnsweredAt, loc), EndedAt: whenOrNull(c.EndedAt, loc),
			HandledBy: orNull(c.HandledBy), Outcome: orNull(c.Outcome), Summary: c.Summary, JobID: orNull(c.JobID),
		}
	}
}

func callKey(c *telephony.Call) (time.Time, string) { return c.StartedAt, c.ID }

func (s *server) listCalls(ctx context.Context, r *request) (reply, error) {
	q := r.URL.Query()
	p, err := parsePage(q, callList)
	if err != nil {
		return reply{}, err
	}
	f := telephony.CallFilter{BeforeStart: p.after.time(), BeforeID: p.after.ID, Limit: p.limit + 1}
	if f.Outcome, err = parseOneOf(q, "outcome", ledger.Booked, ledger.Rescheduled, ledger.Cancelled, ledger.Message,
		ledger.Transferred, ledger.Answered, ledger.Abandoned, ledger.Spam, ledger.Missed); err != nil {
		return reply{}, err
	}
	if f.Phone, err = parsePhoneParam(q, "phone"); err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.ListCalls(ctx, r.b.ID, f)
	if err != nil {
		return reply{}, err
	}
	return ok(pageOf(p, callList, rows, callKey, showCall(r.b))), nil
}

func (s *server) oneCall(ctx context.Context, r *request) (reply, error) {
	c, err := s.Reader.Call(ctx, r.PathValue("id"))
	if errors.Is(err, telephony.ErrNoCall) || err == nil && c.BusinessID != r.b.ID {
		return reply{}, notFound("call")
	}
	if err != nil {
		return reply{}, err
	}
	turns, err := s.transcript(ctx, c)
	if err != nil {
		return reply{}, err
	}
	uses, err := s.Reader.ModelUses(ctx, r.b.ID, c.ID)
	if err != nil {
		return reply{}, err
	}
	out := callWithTranscript{call: showCall(r.b)(c), Transcript: make([]utterance, 0, len(turns)), Model: showModelUse(r.b, uses)}
	for _, t := range turns {
		u := utterance{At: when(t.At, r.b.Location()), Who: t.Who, Text: t.Text, Reason: orNull(t.Reason)}
		if t.Interrupted {
			u.Heard = &t.Heard
		}
		out.Transcript = append(out.Transcript, u)
	}
	return ok(out), nil
}

// transcript reads what was said in a call; nothing when the receptionist never spoke.
func (s *server) transcript(ctx context.Context, c *telephony.Call) ([]receptionist.Turn, error) {
	conv, err := s.Reader.ConversationByCall(ctx, c.BusinessID, c.ID)
	if err != nil || conv == nil {
		return nil, err
	}
	return s.Reader.Turns(ctx, conv.ID)
}
