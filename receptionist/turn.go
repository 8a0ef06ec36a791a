package receptionist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/receptionist/guard"
	"fixly/receptionist/understanding"
	"fixly/receptionist/wording"
	"fixly/scheduling"
)

// attempt says how a turn is to be decided that failed before.
type attempt struct {
	inLine  bool        // others who want a time wait until this one has chosen
	noHolds bool        // offers are not held; the booking itself stays guarded
	lost    []time.Time // starts that could not be booked
	ahead   *foresight  // the words, understood already; nil when they are not
}

// thought is a turn that is decided and worded, and not yet done.
type thought struct {
	input    Input // without what must not be kept
	state    *flow.State
	event    flow.Event
	decision flow.Decision
	reply    Reply
	language string // ISO 639-1
}

// turn answers one event, inside a transaction that holds the conversation's lock: understand, decide, word, do,
// save. Nothing is said before all of it is committed.
func (r *Receptionist) turn(ctx context.Context, tx Tx, c *Conversation, in Input, try attempt) (Reply, error) {
	if in.Key != "" {
		before, err := tx.TurnByKey(ctx, c.ID, in.Key)
		if err != nil {
			return Reply{}, fmt.Errorf("look for an answered turn of conversation %s: %w", c.ID, err)
		}
		if before != nil {
			return repeated(c, before)
		}
	}
	b, err := tx.Business(ctx, c.BusinessID)
	if err != nil {
		return Reply{}, fmt.Errorf("read business %s: %w", c.BusinessID, err)
	}
	if try.inLine {
		if err := tx.LockCalendar(ctx, b.ID); err != nil {
			return Reply{}, err
		}
	}
	w := &world{bookingLink: r.bookingLink(b), ctx: ctx, tx: tx, scheduler: r.scheduler, business: b, now: r.clock.Now(), holder: c.ID, codes: r.codes, lost: try.lost}
	t, err := r.think(c, in, w, try.ahead)
	if err != nil {
		return Reply{}, fmt.Errorf("decide a turn of conversation %s: %w", c.ID, err)
	}
	for i, e := range t.decision.Effects {
		if e.Do == flow.DoHold && try.noHolds {
			continue
		}
		err := r.perform(ctx, tx, c, b, e)
		var refused *scheduling.Refusal
		if errors.As(err, &refused) && i == 0 && len(try.lost) < maxTaken {
			// the rules or the calendar say no to what was chosen; nothing was done yet, so decide without it
			try.lost = append(try.lost, e.Job.Slot.Start)
			return r.turn(ctx, tx, c, in, try)
		}
		if err != nil {
			return Reply{}, fmt.Errorf("%s in conversation %s: %w", e.Do, c.ID, err)
		}
	}
	return t.reply, r.save(ctx, tx, c, t.input, t, w.now)
}

// think understands, decides and words. Where that panics the caller hears an apology and leaves a message: a
// fault of ours never drops a call.
func (r *Receptionist) think(c *Conversation, in Input, w *world, ahead *foresight) (t *thought, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.ErrorContext(w.ctx, "a turn panicked, apologising", "conversation", c.ID, "panic", p, "stack", string(debug.Stack()))
			t, err = r.apologise(c, in, w)
		}
	}()
	s, err := readState(c)
	if err != nil {
		return nil, err
	}
	in = in.inState(s)
	in.noteCard(s)
	event := flow.Event{Kind: flow.EventKind(in.Kind), Proposal: in.proposal}
	switch in.Kind {
	case Digits:
		event.Kind, event.Keys = flow.Keys, in.Text
	case byPeople:
		event.Kind = flow.PeopleSaid
	case pictured:
		event.Kind = flow.Pictured
	case overheard:
		event.Kind = flow.Overheard
		event.Understood = r.understand(w.business, s, c, in.Text, w.now)
	case Words:
		if strings.TrimSpace(in.Text) == "" {
			event.Kind = flow.Silence // the recogniser heard something, and no words
			break
		}
		if u, composed, ok := ahead.of(c, w.business); ok {
			event.Understood, event.Composed = u, composed
			break
		}
		event.Understood = r.understand(w.business, s, c, in.Text, w.now)
	case Silence, Reconnected, PersonGone, proposed:
	}
	return r.decide(c, s, in, event, w)
}

// apologise is the turn in place of one that panicked. A second fault is an error, and the carrier's to answer.
func (r *Receptionist) apologise(c *Conversation, in Input, w *world) (t *thought, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic while apologising: %v", p)
		}
	}()
	s, err := readState(c)
	if err != nil {
		return nil, err
	}
	return r.decide(c, s, in, flow.Event{Kind: flow.Broken}, w)
}

func (r *Receptionist) decide(c *Conversation, s *flow.State, in Input, e flow.Event, w *world) (*thought, error) {
	e.CallerID, e.Text, e.Languages = c.Caller.Number, c.Channel == ByText, languages(w.business)
	e.Doubted, e.ForwardedFrom = c.Caller.doubted(), c.Caller.ForwardedFrom
	before := facts(s, c, w.now)
	var err error
	if e.Recording, err = r.aboutRecording(c, s, in, w); err != nil {
		return nil, err
	}
	e.OptOut = optOut(c, in)
	d, err := flow.Decide(s, e, w)
	if err != nil {
		return nil, err
	}
	stopByAddress(s, &d)
	reply := Reply{ConversationID: c.ID, End: d.End, Language: tag(s, w.business), Asked: string(s.Asked()), Reason: string(d.Reason)}
	for _, p := range d.Transfer {
		reply.Transfer = append(reply.Transfer, TransferTo{Name: p.Name, Phone: p.Phone})
	}
	for _, o := range s.Offers {
		reply.Offered = append(reply.Offered, scheduling.Interval{From: o.Slot.Start, To: o.WindowEnd})
	}
	if reply.ForPeople = d.ForPeople; !d.Quiet {
		reply.Sentences, reply.KeptBack = r.word(w, d, before.with(facts(s, c, w.now)), c, s)
	}
	return &thought{in, s, e, d, reply, language(s, w.business)}, nil
}

func readState(c *Conversation) (*flow.State, error) {
	s := flow.New()
	if err := json.Unmarshal(c.State, s); err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	return s, nil
}

// save writes both sides of the turn and what has become of the conversation.
func (r *Receptionist) save(ctx context.Context, tx Tx, c *Conversation, in Input, t *thought, now time.Time) error {
	state, err := json.Marshal(t.state)
	if err != nil {
		return fmt.Errorf("write the state of conversation %s: %w", c.ID, err)
	}
	c.State, c.Outcome, c.Summary, c.UpdatedAt = state, t.decision.Outcome, t.decision.Summary, now
	c.Language = t.language
	if t.decision.End {
		c.EndedAt = now
	}
	if err := appendEvent(ctx, tx, c, in, t.event, now); err != nil {
		return err
	}
	if in.Kind != overheard && in.Kind != byPeople {
		if err := appendReply(ctx, tx, c, t.reply, now, in.Key); err != nil {
			return err
		}
	}
	if err := tx.UpdateConversation(ctx, c); err != nil {
		return fmt.Errorf("save conversation %s: %w", c.ID, err)
	}
	return nil
}

// about is what understanding may know besides the words.
func (r *Receptionist) about(b *business.Business, s *flow.State, c *Conversation, now time.Time) understanding.Context {
	return understanding.Context{
		Asked: s.Asked(), Now: now, Offers: s.OfferTimes(), CallerID: c.Caller.Number, Channel: string(c.Channel), Language: language(s, b),
		NeedZIP: s.NeedsZIP(), Problem: s.ProblemSoFar(), Next: s.OpenNext(), Before: s.Before,
	}
}

// understand reads an utterance, together with the words that broke off before it where that makes more of it.
func (r *Receptionist) understand(b *business.Business, s *flow.State, c *Conversation, text string, now time.Time) understanding.Understanding {
	engine, about := r.engines.of(b).engine, r.about(b, s, c, now)
	u := engine.Understand(text, about)
	if s.Pending != "" {
		whole := engine.Understand(s.Pending+" "+text, about)
		if whole.Phone != "" || whole.Address.Line1 != "" || whole.Address.ZIP != "" || whole.Digits != "" && u.Digits != "" {
			return whole
		}
	}
	return u
}

// word turns the decision into sentences and lets the guard read them.
func (r *Receptionist) word(w *world, d flow.Decision, f guard.Facts, c *Conversation, s *flow.State) (sentences, kept []string) {
	x := wording.Context{Business: w.business, Clock: wording.Clock{Now: w.now.In(w.business.Location())}}
	if c.Channel == ByText {
		x.Channel = wording.Written
	}
	x.Said = &s.Spoken
	catalogue := wording.For(language(s, w.business))
	sentences, wrong := r.engines.of(w.business).guard.Clean(catalogue.Say(d.Convey, x), catalogue.Safe(x), f)
	if len(wrong) > 0 {
		s.KeptBack()
	}
	for _, v := range wrong {
		kept = append(kept, v.Error())
		r.log.ErrorContext(w.ctx, "the guard kept a sentence back", "conversation", c.ID, "reason", d.Reason, "error", v)
	}
	s.Spoken.Note(sentences, slices.ContainsFunc(sentences, catalogue.IsSorry))
	return sentences, kept
}

// saidFacts are the facts before and after a turn: a time that was just lost may be named as well as one just
// offered.
type saidFacts struct{ guard.Facts }

func (f saidFacts) with(after saidFacts) guard.Facts {
	f.Times = append(f.Times, after.Times...)
	f.Phones = append(f.Phones, after.Phones...)
	f.Names = append(f.Names, after.Names...)
	return f.Facts
}

func facts(s *flow.State, c *Conversation, now time.Time) saidFacts {
	f := guard.Facts{Now: now, Phones: []string{c.Caller.Number, s.Details.Phone}}
	offers := s.Offers
	for _, o := range []*flow.Offer{s.Chosen, s.Booked} {
		if o != nil {
			offers = append(offers[:len(offers):len(offers)], *o)
		}
	}
	for _, o := range offers {
		f.Times = append(f.Times, o.Slot.Start, o.WindowEnd)
	}
	for _, o := range s.Named {
		f.Times = append(f.Times, o.Slot.Start, o.WindowEnd)
	}
	for _, j := range s.Jobs {
		f.Times = append(f.Times, j.Slot.Start, j.WindowEnd)
		f.Names = append(f.Names, j.Address.Line1, j.Address.Unit)
		f.Phones = append(f.Phones, j.Customer.Phone)
	}
	if s.Past != nil {
		f.Times = append(f.Times, s.Past.Slot.Start, s.Past.WindowEnd)
	}
	d := &s.Details
	f.Names = append(f.Names, d.Address.Line1, d.Address.Unit, s.OnFile.Line1, d.Name)
	return saidFacts{f}
}

// repeated gives the reply of a turn that was answered before.
func repeated(c *Conversation, t *Turn) (Reply, error) {
	var reply Reply
	if err := json.Unmarshal(t.Reply, &reply); err != nil {
		return Reply{}, fmt.Errorf("read the reply of turn %d of conversation %s: %w", t.Seq, c.ID, err)
	}
	return reply, nil
}

// appendEvent stores the caller's side of a turn, with what was understood of it.
func appendEvent(ctx context.Context, tx Tx, c *Conversation, in Input, e flow.Event, now time.Time) error {
	t := &Turn{ConversationID: c.ID, At: now, Who: "caller", Text: in.Text}
	switch in.Kind {
	case proposed:
		return nil // nobody has said anything
	case byPeople:
		t.Who = "person"
	case pictured:
		t.Text = "(sent a picture)"
	case Words, overheard:
		u, err := json.Marshal(e.Understood)
		if err != nil {
			return fmt.Errorf("write what was understood in conversation %s: %w", c.ID, err)
		}
		t.Understood = u
	case Digits:
		t.Text = "pressed " + in.Text
	case Silence, Reconnected, PersonGone:
		t.Who, t.Text = "carrier", string(in.Kind)
	}
	if err := tx.AppendTurn(ctx, t); err != nil {
		return fmt.Errorf("store the caller's turn of conversation %s: %w", c.ID, err)
	}
	return nil
}

// appendReply stores the receptionist's side of a turn.
func appendReply(ctx context.Context, tx Tx, c *Conversation, reply Reply, now time.Time, key string) error {
	j, err := json.Marshal(reply)
	if err != nil {
		return fmt.Errorf("write the reply of conversation %s: %w", c.ID, err)
	}
	t := &Turn{ConversationID: c.ID, At: now, Who: "receptionist", Text: reply.Text(), Reason: reply.Reason, Key: key, Reply: j}
	if err := tx.AppendTurn(ctx, t); err != nil {
		return fmt.Errorf("store the reply of conversation %s: %w", c.ID, err)
	}
	return nil
}
