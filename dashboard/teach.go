package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fixly/business"
	"fixly/receptionist/understanding"
)

// maxUtterance bounds what may be taken apart at once, in bytes.
const maxUtterance = 2000

// Understander takes words apart, as the receptionist does; understanding.Engine is one.
type Understander interface {
	Understand(text string, c understanding.Context) understanding.Understanding
}

// Difference is a conversation that would end otherwise than it does today.
type Difference struct {
	Name  string   // of the conversation
	About string   // what it is about, in a line
	Lines []string // what would be different
}

// understandingView is the page on which words are tried and phrases taught.
type understandingView struct {
	Words    string
	Asked    string
	Asks     []option
	Result   *explanation
	Meanings []optionGroup
	Taught   []taughtView
	Problem  string // why what was asked for can't be done
	Done     string // what was done
	Trial    *trialView
	CanTeach bool
	CanTry   bool // whole calls, see trial.go
}

type option struct {
	Value, Name string
	Selected    bool
}

type optionGroup struct {
	Name    string
	Options []option
}

type taughtView struct{ Say, Means string }

// trialView is a phrase that was tried against the golden conversations.
type trialView struct {
	Say, Meaning, Means string // Meaning as the form has it, Means in words
	Conversations       int
	Differences         []Difference
}

// askWords are the owner's words for what can have been asked.
var askWords = []struct {
	asked understanding.Asked
	words string
}{
	{understanding.AskedNothing, "nothing yet"},
	{understanding.AskedProblem, "what the problem is"},
	{understanding.AskedName, "their name"},
	{understanding.AskedPhone, "their number"},
	{understanding.AskedAddress, "their address"},
	{understanding.AskedWhen, "when to come"},
	{understanding.AskedChoice, "which of the times offered"},
	{understanding.AskedConfirm, "a yes or a no"},
}

// understandingPage shows what would be understood from some words, and the phrases taught so far.
func (s *server) understandingPage(q *request) error {
	v, err := s.understandingView(q, q.URL.Query())
	if err != nil {
		return err
	}
	v.Done = doneWords[q.URL.Query().Get("done")]
	return q.render(understandingPage(s.frame(q, "understanding", "What it understands"), v))
}

// doneWords are said after a change, by the word in the address.
var doneWords = map[string]string{
	"taught":    "Taught. It counts from the next sentence on.",
	"forgotten": "Forgotten.",
}

func (s *server) understandingView(q *request, form url.Values) (understandingView, error) {
	v := understandingView{Words: strings.TrimSpace(form.Get("q")), Asked: form.Get("asked"), CanTeach: s.Rehearse != nil, CanTry: s.Trials != nil}
	for _, a := range askWords {
		v.Asks = append(v.Asks, option{string(a.asked), a.words, string(a.asked) == v.Asked})
	}
	v.Meanings = meanings(q.b, form.Get("meaning"))
	for _, t := range q.b.Taught {
		v.Taught = append(v.Taught, taughtView{t.Say, meansWords(t)})
	}
	switch {
	case v.Words == "":
	case len(v.Words) > maxUtterance:
		v.Problem = fmt.Sprintf("That is more than the receptionist hears at once; try at most %d characters.", maxUtterance)
	default:
		known := slices.ContainsFunc(askWords, func(a struct {
			asked understanding.Asked
			words string
		},
		) bool {
			return string(a.asked) == v.Asked
		})
		if !known {
			v.Asked = ""
		}
		u := s.Engine(q.b).Understand(v.Words, understanding.Context{Asked: understanding.Asked(v.Asked), Now: s.now(q), Channel: "call"})
		e := explain(&u, q.b.Location())
		v.Result = &e
	}
	return v, nil
}

// meaningNames are the owner's words for the kinds of meaning.
var meaningNames = map[business.TaughtKind]string{
	business.TaughtService: "The work they need",
	business.TaughtIntent:  "What they want of us",
	business.TaughtAnswer:  "An answer",
	business.TaughtUrgency: "How pressing it is",
}

// meanings are what a phrase can be taught to mean, as a form offers it: "service:Leak repair".
func meanings(b *business.Business, selected string) []optionGroup {
	var out []optionGroup
	for _, k := range business.TaughtKinds() {
		g := optionGroup{Name: meaningNames[k]}
		for _, m := range b.TaughtMeanings(k) {
			value := string(k) + ":" + m
			g.Options = append(g.Options, option{value, meansWords(business.Taught{Kind: k, Means: m}), value == selected})
		}
		out = append(out, g)
	}
	return out
}

func meansWords(t business.Taught) string {
	if t.Kind == business.TaughtIntent {
		return intentWords(understanding.Intent(t.Means))
	}
	return t.Means
}

// phrase reads the form that teaches.
func phrase(form url.Values) business.Taught {
	kind, means, _ := strings.Cut(form.Get("meaning"), ":")
	return business.Taught{Say: strings.Join(strings.Fields(form.Get("say")), " "), Kind: business.TaughtKind(kind), Means: means}
}

// withPhrase is the business with one more phrase; the error is for the owner to read.
func withPhrase(b *business.Business, t business.Taught) (*business.Business, error) {
	next := b.Clone()
	next.Taught = append(next.Taught, t)
	err := business.Validate(next)
	var wrong business.Problems
	if !errors.As(err, &wrong) {
		return next, err
	}
	at := fmt.Sprintf("taught[%d].", len(next.Taught)-1)
	for _, p := range wrong {
		if key, ok := strings.CutPrefix(p.Key, at); ok {
			field := map[string]string{"say": "The phrase", "kind": "The meaning", "means": "The meaning"}[key]
			return nil, teachProblem(field + " " + p.Message + ".")
		}
	}
	return nil, teachProblem("The shop's settings have a mistake that must be mended first: " + err.Error())
}

// teachProblem is why a phrase can't be taught, in the owner's words.
type teachProblem string

func (p teachProblem) Error() string { return string(p) }

// tryPhrase plays the golden conversations with a phrase taught, and shows what would be different.
func (s *server) tryPhrase(q *request) error {
	if s.Rehearse == nil {
		return errNotFound
	}
	t, err := s.readPhrase(q)
	if err != nil {
		return err
	}
	v, err := s.understandingView(q, url.Values{"q": {t.Say}, "asked": {q.PostForm.Get("asked")}, "meaning": {q.PostForm.Get("meaning")}})
	if err != nil {
		return err
	}
	trial, err := s.trial(q.Context(), q.b, t)
	var problem teachProblem
	switch {
	case errors.As(err, &problem):
		v.Problem = string(problem)
	case err != nil:
		return err
	default:
		trial.Meaning, v.Trial = q.PostForm.Get("meaning"), trial
	}
	return q.render(understandingPage(s.frame(q, "understanding", "What it understands"), v))
}

func (s *server) trial(ctx context.Context, b *business.Business, t business.Taught) (*trialView, error) {
	if _, err := withPhrase(b, t); err != nil {
		return nil, err
	}
	n, differences, err := s.Rehearse(ctx, t)
	if err != nil {
		return nil, err
	}
	return &trialView{Say: t.Say, Means: meansWords(t), Conversations: n, Differences: differences}, nil
}

// teach adds a phrase to the business, once the golden conversations end as before with it. The check is made again
// here: what a form says about an earlier one proves nothing.
func (s *server) teach(q *request) error {
	if s.Rehearse == nil {
		return errNotFound
	}
	t, err := s.readPhrase(q)
	if err != nil {
		return err
	}
	trial, err := s.trial(q.Context(), q.b, t)
	if err == nil && len(trial.Differences) > 0 {
		err = teachProblem("With that phrase, conversations that end well today would not; it was not taught.")
	}
	if err == nil {
		err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
			current, err := tx.Business(ctx, q.b.ID)
			if err != nil {
				return err
			}
			next, err := withPhrase(current, t)
			if err != nil {
				return err
			}
			return tx.UpdateBusiness(ctx, next)
		})
	}
	var problem teachProblem
	if errors.As(err, &problem) {
		v, err := s.understandingView(q, url.Values{"q": {t.Say}, "asked": {q.PostForm.Get("asked")}, "meaning": {q.PostForm.Get("meaning")}})
		if err != nil {
			return err
		}
		v.Problem = string(problem)
		return q.render(understandingPage(s.frame(q, "understanding", "What it understands"), v))
	}
	if err != nil {
		return err
	}
	back := url.Values{"q": {t.Say}, "asked": {q.PostForm.Get("asked")}, "done": {"taught"}}
	http.Redirect(q.w, q.Request, "/understanding?"+back.Encode(), http.StatusSeeOther)
	return nil
}

// forget takes a phrase out of the business again; one that is gone already is no error.
func (s *server) forget(q *request) error {
	t, err := s.readPhrase(q)
	if err != nil {
		return err
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		current, err := tx.Business(ctx, q.b.ID)
		if err != nil {
			return err
		}
		next := current.Clone()
		next.Taught = slices.DeleteFunc(next.Taught, func(x business.Taught) bool { return x.Say == t.Say })
		return tx.UpdateBusiness(ctx, next)
	})
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/understanding?done=forgotten", http.StatusSeeOther)
	return nil
}

const maxPhraseForm = 8 << 10

func (s *server) readPhrase(q *request) (business.Taught, error) {
	q.Body = http.MaxBytesReader(q.w, q.Body, maxPhraseForm)
	if err := q.ParseForm(); err != nil {
		return business.Taught{}, errNotFound
	}
	return phrase(q.PostForm), nil
}
