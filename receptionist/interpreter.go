package receptionist

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/contact"
	"fixly/model"
	"fixly/receptionist/flow"
	"fixly/receptionist/guard"
	"fixly/receptionist/understanding"
	"fixly/receptionist/understanding/llm"
	"fixly/scheduling"
)

// Interpreter asks a language model about an utterance, and returns within a deadline of its own: llm.Interpreter.
type Interpreter interface {
	Read(ctx context.Context, q llm.Question) llm.Reading
}

// DefaultAskBelow is how sure the built-in understanding must be for no model to be asked. Below it the receptionist asks
// the caller again more often than not; the figures are in docs/decisions/0013-language-models.md.
const DefaultAskBelow = 0.5

// leastWords is how many words an utterance has that is worth a model's time: there is nothing more to be found in one.
const leastWords = 2

// advice is what a model made of an utterance ahead of its turn.
type advice struct {
	understood understanding.Understanding
	composed   string     // an answer to an open question that the guard let pass
	use        *model.Use // nil: none went out
}

// consult asks the model about an utterance that the built-in understanding is unsure of, or a question that it knows no
// answer to. It waits for nothing but the model, and no longer than its deadline.
func (r *Receptionist) consult(ctx context.Context, b *business.Business, s *flow.State, c *Conversation, text string, u understanding.Understanding, now time.Time) advice {
	why := r.worthAsking(s, text, &u)
	if why == "" || !optOut(c, Input{Kind: Words, Text: text}).None() { // what ends calls and texts is read by fixed rules
		return advice{understood: u}
	}
	local := now.In(b.Location())
	reading := r.interpreter.Read(ctx, llm.Question{
		Why: why, Business: b, Grammar: r.engines.of(b).engine, Text: text, Context: r.about(b, s, c, now), Understood: u,
		HasVisit:  r.hasVisit(ctx, b, c, now),
		MayAffirm: s.MayInfer(understanding.Yes), MayDeny: s.MayInfer(understanding.No), MayAnswer: language(s, b) == "en",
		About: model.About{
			BusinessID: b.ID, ConversationID: c.ID, CallID: c.CallID,
			Day: time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location()),
		},
	})
	a := advice{understood: reading.Understood, use: reading.Use}
	if a.use != nil {
		a.use.ID = "use_" + xid.New().String()
	}
	if reading.Answer != "" {
		a.composed = r.passed(ctx, b, c, &a.understood, reading)
	}
	return a
}

// visits is a Reader that knows who expects a visit.
type visits interface {
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
}

// hasVisit says whether a visit under the caller's number lies ahead.
func (r *Receptionist) hasVisit(ctx context.Context, b *business.Business, c *Conversation, now time.Time) bool {
	reader, ok := r.reader.(visits)
	if !ok || c.Caller.Number == "" {
		return false
	}
	jobs, err := reader.JobsByPhone(ctx, b.ID, c.Caller.Number, now)
	return err == nil && slices.ContainsFunc(jobs, func(j scheduling.Job) bool { return j.Live() })
}

// worthAsking says why a model is to be asked, or not at all.
func (r *Receptionist) worthAsking(s *flow.State, text string, u *understanding.Understanding) llm.Why {
	if r.interpreter == nil || !s.MayAskModel() || u.Danger != "" || u.HoldOn || len(strings.Fields(text)) < leastWords {
		return ""
	}
	open := u.Asks && u.FAQ < 0 && u.Topic == "" && u.NotOffered == "" && u.Answer == understanding.NoAnswer && u.Choice == nil && u.When.IsZero()
	switch {
	case open && u.Has(understanding.IntentQuestion, sureOfQuestion) && !u.Has(understanding.IntentPrice, sureOfQuestion):
		return llm.OpenQuestion
	case u.Confidence < r.askBelow, nothingButWords(u):
		return llm.Unsure
	}
	return ""
}

// nothingButWords says whether what was asked for is there in the caller's words alone: a problem that none of the shop's
// services is known to be for. The flow would ask what exactly is going on. Who doesn't know leaves nothing to be read.
func nothingButWords(u *understanding.Understanding) bool {
	sure := len(u.Intents) > 0 && u.Intents[0].Score >= sureOfQuestion
	return u.Problem != "" && !u.Unsure && u.Service == "" && u.NotOffered == "" && !sure && u.When.IsZero() && u.Name == "" && u.Phone == "" &&
		u.Address == (contact.Address{}) && u.FAQ < 0 && u.Topic == "" && u.Answer == understanding.NoAnswer
}

// sureOfQuestion is how sure the built-in understanding is of an intent on which the flow acts.
const sureOfQuestion = 0.6

// passed gives the model's answer to an open question if each of its sentences passes the guard. Otherwise the shop's own
// words are said, and the reason is kept with the turn.
func (r *Receptionist) passed(ctx context.Context, b *business.Business, c *Conversation, u *understanding.Understanding, reading llm.Reading) string {
	sources := make([]guard.Source, len(reading.Facts))
	for i, f := range reading.Facts {
		sources[i] = guard.Source{Asked: f.Asked, Says: f.Says}
	}
	wrong := r.engines.of(b).guard.CheckFree(reading.Answer, sources)
	if len(wrong) == 0 {
		return reading.Answer
	}
	help := *u.Help
	for _, v := range wrong {
		help.Kept = append(help.Kept, "answer: "+v.Error())
	}
	u.Help = &help
	r.log.InfoContext(ctx, "the guard kept a model's answer back", "conversation", c.ID, "error", wrong[0])
	return ""
}
