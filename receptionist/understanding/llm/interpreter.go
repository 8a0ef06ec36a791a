package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/model"
	"fixly/receptionist/understanding"
)

// Desk is where the model is asked: model.Desk.
type Desk interface {
	Ask(ctx context.Context, about model.About, deadline time.Duration, r model.Request) (text string, use model.Use, asked bool, err error)
}

// Grammar reads words: understanding.Engine.
type Grammar interface {
	Understand(text string, c understanding.Context) understanding.Understanding
}

// Interpreter asks a model. It is safe for concurrent use.
type Interpreter struct {
	desk     Desk
	deadline time.Duration
}

// New makes an interpreter; deadline is what a caller may wait for the model.
func New(desk Desk, deadline time.Duration) *Interpreter { return &Interpreter{desk, deadline} }

// Why says what made the receptionist ask.
type Why string

// The reasons to ask.
const (
	Unsure       Why = "unsure"        // the built-in understanding is
	OpenQuestion Why = "open_question" // a question that none of the shop's answers was found for
)

// Question is an utterance to be read.
type Question struct {
	Why      Why
	Business *business.Business
	Grammar  Grammar
	Text     string // redacted
	Context  understanding.Context
	// Understood is what the built-in understanding took from it. What it has stays as it is.
	Understood understanding.Understanding
	About      model.About
	// MayAffirm, MayDeny: a yes or a no that only the model heard may count. It may not where the yes books, cancels or
	// costs, nor where the no ends the conversation.
	MayAffirm, MayDeny bool
	// HasVisit: a visit under the caller's number lies ahead, so that a wish about one may be meant.
	HasVisit bool
	// MayAnswer: an answer of the model's own words can be used, once the guard has read it.
	MayAnswer bool
}

// Reading is what came of it.
type Reading struct {
	// Understood is the built-in understanding with what the model added; Understood.Help says what that was.
	Understood understanding.Understanding
	// Answer is the model's own words for an open question, and Facts what it drew on. It is unchecked.
	Answer string
	Facts  []Fact
	// Use is what it cost; nil when no request went out.
	Use *model.Use
}

// maxTokens bounds the answer: the acts of one utterance, and two short sentences.
const maxTokens = 300

// Read asks the model, and returns no later than the deadline. On any failure it gives the built-in understanding, with
// the failure noted.
func (i *Interpreter) Read(ctx context.Context, q Question) Reading {
	out := Reading{Understood: q.Understood}
	help := &understanding.Help{Why: string(q.Why)}
	out.Understood.Help = help
	facts := FactsOf(q.Business)
	r, err := request(q, facts)
	if err != nil {
		help.Failure = string(model.Unusable)
		return out
	}
	text, use, asked, err := i.desk.Ask(ctx, q.About, i.deadline, r)
	if asked {
		out.Use = &use
	}
	help.Model = use.Model
	if err != nil {
		help.Failure = string(failureOf(err))
		return out
	}
	var said acts
	if err := model.Decode(text, &said); err != nil {
		help.Failure = string(model.Unusable)
		if out.Use != nil {
			out.Use.Failure = model.Unusable
		}
		return out
	}
	t := taking{q: &q, said: &said, facts: facts, out: &out, help: help}
	t.take()
	return out
}

func failureOf(err error) model.Failure {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Failure
	}
	return model.Down
}

// request writes the question down. The instructions and the shop's facts are the system's words and the same each time;
// whatever comes from the caller is JSON beside them.
func request(q Question, facts []Fact) (model.Request, error) {
	data, err := json.Marshal(struct {
		Asked  string   `json:"receptionist_had_asked_for,omitempty"`
		Offers []string `json:"times_on_offer,omitempty"`
		Said   string   `json:"caller_said"`
	}{asked(q.Context.Asked), offers(q), q.Text})
	if err != nil {
		return model.Request{}, fmt.Errorf("write an utterance for the model: %w", err)
	}
	system, err := system(q.Business, facts)
	if err != nil {
		return model.Request{}, err
	}
	return model.Request{
		Purpose: model.Understand, System: system, Data: string(data), Name: "acts", Schema: schema(q.Business, facts), MaxTokens: maxTokens,
	}, nil
}

// offers writes the times on the table as the caller heard them, numbered from one by their place.
func offers(q Question) []string {
	out := make([]string, len(q.Context.Offers))
	for i, at := range q.Context.Offers {
		out[i] = at.In(q.Business.Location()).Format("Monday January 2, 3:04 PM")
	}
	return out
}
