package twilio

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"fixly/receptionist"
)

// Who owns what in a session:
//
//	Twilio ──WebSocket──▶ read ──events──▶ run ──▶ receptionist   (each turn saved before it is said)
//	                      (1 goroutine)    (1 goroutine, the owner)
//	Twilio ◀──WebSocket── relayLine ◀──────┘
//
// run owns every field of session; nobody else touches them. It takes one event at a time: a prompt, an interrupt,
// a key, or one of its own timers. While the receptionist works on a turn, further events wait in the channel;
// before each sentence is sent run looks whether the caller has said something newer, and then what is left of the
// reply stays unsaid and the receptionist is told so. Twilio reports no end of speech, so run estimates when its
// words have been spoken; silence is counted from there, and the session ends there after a goodbye.

// Limits of a session.
const (
	silenceAfter = 8 * time.Second // of nothing, after our speech has ended: the receptionist checks in
	maxSilences  = 3               // in a row; after the last check-in the call ends
	maxLength    = 20 * time.Minute
	// afterthought is how long a goodbye waits for the rest of what the caller has begun to say.
	afterthought = 3 * time.Second
	turnTimeout  = storageTimeout
	// retryWithin is how soon a turn must have failed to be tried a second time: the caller is waiting.
	retryWithin = time.Second
)

// over is why a session is over.
type over string

const (
	overHungUp  over = "the caller or Twilio closed it"
	overEnded   over = "we ended it"
	overStopped over = "the server stops"
)

// sender takes messages to ConversationRelay.
type sender interface{ send(message any) error }

// session is one ConversationRelay session of a call.
type session struct {
	h     *Handler
	call  sessionCall
	start setup
	out   sender

	conversation string
	asked        string // what the last reply asked for
	language     string // spoken now
	seq          int    // of turns, for their keys
	pending      []event
	closed       bool // events is closed
	keys         keypad

	speechEnds time.Time // estimated
	mayHear    bool      // it can still be interrupted
	silences   int       // in a row
	ending     *handoff  // set: the session ends when speechEnds
	timeIsUp   bool      // the call has lasted too long: nothing keeps it from ending

	timer   *time.Timer // the next of silence, keypad pause and ending
	quietAt time.Time
	keysAt  time.Time // zero: no entry under way
	endAt   time.Time // zero: not ending
	longAt  time.Time
}

func newSession(h *Handler, c sessionCall, start setup, out sender) *session {
	return &session{h: h, call: c, start: start, out: out, language: c.language, longAt: time.Now().Add(maxLength)}
}

// run owns the session until it is over.
func (s *session) run(ctx context.Context, events <-chan event, stopping <-chan struct{}) over {
	s.timer = time.NewTimer(time.Hour)
	defer s.timer.Stop()
	if why := s.begin(ctx, events); why != "" {
		return why
	}
	for {
		if len(s.pending) > 0 {
			e := s.pending[0]
			s.pending = s.pending[1:]
			if why := s.take(ctx, e, events); why != "" {
				return why
			}
			continue
		}
		if s.closed {
			return overHungUp
		}
		s.arm()
		select {
		case e, open := <-events:
			if !open {
				return overHungUp
			}
			s.pending = append(s.pending, e)
		case <-s.timer.C:
			if why := s.due(ctx, events); why != "" {
				return why
			}
		case <-stopping:
			return overStopped
		case <-ctx.Done():
			return overHungUp
		}
	}
}

// begin opens the conversation or goes on with it. What the first session's greeting says, Twilio already speaks.
func (s *session) begin(ctx context.Context, events <-chan event) over {
	var (
		r   receptionist.Reply
		err error
	)
	if s.call.resume == personGone && s.call.conversation != "" {
		s.conversation = s.call.conversation
		r, err = s.turn(ctx, receptionist.Input{Kind: receptionist.PersonGone})
	} else {
		r, err = s.open(ctx)
	}
	if err == nil {
		err = s.h.answered(ctx, s.call, cmp.Or(r.ConversationID, s.conversation))
	}
	if err != nil {
		return s.broken(ctx, err)
	}
	if s.call.resume == fresh {
		s.conversation, s.asked = r.ConversationID, r.Asked
		s.spoke(sentences(r))
		return ""
	}
	return s.reply(ctx, r, events)
}

func (s *session) open(ctx context.Context) (receptionist.Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, turnTimeout)
	defer cancel()
	return s.h.receptionist.Start(ctx, receptionist.StartInput{
		BusinessID: s.call.businessID, CallID: s.call.id, Caller: s.call.caller, Recording: s.call.told,
	})
}

// take handles one event of the caller's.
func (s *session) take(ctx context.Context, e event, events <-chan event) over {
	now := time.Now()
	switch {
	case e.final():
		if e.VoicePrompt == "" {
			return ""
		}
		s.silences = 0
		if s.ending != nil && (s.timeIsUp || s.ending.Reason != handoffGoodbye) {
			return s.finish(ctx) // "okay": no need to hear the rest before being put through
		}
		return s.answer(ctx, receptionist.Input{Kind: receptionist.Words, Text: e.VoicePrompt, Lang: e.Lang}, events)
	case e.partial():
		s.quietAt = now.Add(silenceAfter) // the caller is talking
		if s.ending != nil && !s.timeIsUp {
			s.endAt = later(s.endAt, now.Add(afterthought))
		}
	case e.Type == "interrupt":
		s.speechEnds, s.quietAt = now, now.Add(silenceAfter)
		s.heard(ctx, e.UtteranceUntilInterrupt)
	case e.Type == "dtmf" && len(e.Digit) == 1:
		s.silences = 0
		if s.keys.press(e.Digit[0], s.asked) {
			return s.entered(ctx, events)
		}
		s.keysAt, s.quietAt = now.Add(keypadPause), now.Add(silenceAfter)
	case e.Type == "error":
		s.h.log.WarnContext(ctx, "ConversationRelay reports an error", "call", s.start.CallSID, "error", e.Description)
	}
	return ""
}

// entered answers a complete entry on the keypad.
func (s *session) entered(ctx context.Context, events <-chan event) over {
	s.keysAt = time.Time{}
	if s.keys.empty() {
		return ""
	}
	return s.answer(ctx, receptionist.Input{Kind: receptionist.Digits, Text: s.keys.take()}, events)
}

// due handles the timer: the first thing whose time has come.
func (s *session) due(ctx context.Context, events <-chan event) over {
	now := time.Now()
	switch {
	case !s.endAt.IsZero() && !now.Before(s.endAt):
		return s.finish(ctx)
	case !now.Before(s.longAt):
		s.longAt, s.timeIsUp = now.Add(maxLength), true
		s.say(ctx, phrasesIn(s.language).timeUp)
		s.endWhenSpoken(handoff{Reason: handoffGoodbye})
	case !s.keysAt.IsZero() && !now.Before(s.keysAt):
		return s.entered(ctx, events)
	case s.ending == nil && !now.Before(s.quietAt):
		s.silences++
		why := s.answer(ctx, receptionist.Input{Kind: receptionist.Silence}, events)
		if why == "" && s.silences >= maxSilences && s.ending == nil {
			s.endWhenSpoken(handoff{Reason: handoffGoodbye})
		}
		return why
	}
	return ""
}

// arm sets the timer to whatever comes next.
func (s *session) arm() {
	next := s.longAt
	if s.ending == nil {
		next = earlier(next, s.quietAt)
	}
	next = earlier(earlier(next, s.keysAt), s.endAt)
	s.timer.Reset(max(time.Until(next), 0))
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// earlier is the first of two instants, of which b may be zero for never.
func earlier(a, b time.Time) time.Time {
	if b.IsZero() || !a.IsZero() && a.Before(b) {
		return a
	}
	return b
}

// answer has the receptionist answer an event, and says the answer.
func (s *session) answer(ctx context.Context, in receptionist.Input, events <-chan event) over {
	r, err := s.turn(ctx, in)
	if err != nil {
		return s.broken(ctx, err)
	}
	return s.reply(ctx, r, events)
}

// turn asks the receptionist; a second time after a quick failure, under the same key, so that a turn which was
// saved although its answer got lost is not taken twice.
func (s *session) turn(ctx context.Context, in receptionist.Input) (receptionist.Reply, error) {
	s.seq++
	in.Key = s.start.SessionID + ":" + strconv.Itoa(s.seq)
	began := time.Now()
	for try := 1; ; try++ {
		one, cancel := context.WithTimeout(ctx, turnTimeout)
		r, err := s.h.receptionist.Turn(one, s.conversation, in)
		cancel()
		if err == nil || try == 2 || ctx.Err() != nil || time.Since(began) > retryWithin {
			return r, err
		}
		s.h.log.WarnContext(ctx, "a turn failed and is tried again", "call", s.start.CallSID, "error", err)
	}
}

// reply says a reply sentence by sentence and does what it asks for afterwards.
func (s *session) reply(ctx context.Context, r receptionist.Reply, events <-chan event) over {
	if r.ConversationID != "" {
		s.conversation = r.ConversationID
	}
	s.asked, s.ending, s.endAt = r.Asked, nil, time.Time{}
	if err := s.speakIn(r.Language); err != nil {
		return overHungUp
	}
	last := r.End || len(r.Transfer) > 0
	for i, sentence := range r.Sentences {
		if !last && s.overtaken(events) {
			s.cutShort(ctx, r.Sentences[:i])
			return ""
		}
		if err := s.out.send(textMessage{"text", sentence + spaceBefore(i, len(r.Sentences)), i == len(r.Sentences)-1}); err != nil {
			return overHungUp
		}
	}
	s.spoke(sentences(r))
	switch {
	case len(r.Transfer) > 0:
		h := handoff{Reason: handoffTransfer}
		for _, p := range r.Transfer {
			h.To = append(h.To, p.Phone)
		}
		s.endWhenSpoken(h)
	case r.End:
		s.endWhenSpoken(handoff{Reason: handoffGoodbye})
	}
	return ""
}

// spaceBefore is the space between a sentence and the next: tokens are joined as they come.
func spaceBefore(i, n int) string {
	if i == n-1 {
		return ""
	}
	return " "
}

// overtaken says whether the caller has finished saying something newer.
func (s *session) overtaken(events <-chan event) bool {
	for !s.closed {
		select {
		case e, open := <-events:
			if !open {
				s.closed = true
				break
			}
			s.pending = append(s.pending, e)
			continue
		default:
		}
		break
	}
	for i := range s.pending {
		if s.pending[i].final() && s.pending[i].VoicePrompt != "" {
			return true
		}
	}
	return false
}

// cutShort leaves the rest of a reply unsaid, and lets the receptionist know what was said of it.
func (s *session) cutShort(ctx context.Context, said []string) {
	text := ""
	if len(said) > 0 {
		text = sentences(receptionist.Reply{Sentences: said})
		_ = s.out.send(textMessage{"text", "", true}) // a lost connection shows at the next read
		s.spoke(text)
	}
	s.mayHear = true
	s.heard(ctx, text)
}

// heard tells the receptionist how much of its last reply was heard; once per reply.
func (s *session) heard(ctx context.Context, text string) {
	if !s.mayHear || s.conversation == "" {
		return
	}
	s.mayHear = false
	ctx, cancel := context.WithTimeout(ctx, turnTimeout)
	defer cancel()
	if err := s.h.receptionist.Heard(ctx, s.conversation, text); err != nil {
		s.h.log.WarnContext(ctx, "what was heard can't be noted", "call", s.start.CallSID, "error", err)
	}
}

// say speaks a sentence that is not the receptionist's.
func (s *session) say(ctx context.Context, text string) {
	if err := s.out.send(textMessage{"text", text, true}); err != nil {
		s.h.log.DebugContext(ctx, "not said", "error", err)
	}
	s.spoke(text)
}

// spoke reckons with text that Twilio is now speaking, after what it may still be speaking.
func (s *session) spoke(text string) {
	now := time.Now()
	if s.speechEnds.Before(now) {
		s.speechEnds = now
	}
	s.speechEnds = s.speechEnds.Add(speakingTime(text))
	s.quietAt = s.speechEnds.Add(silenceAfter)
	s.mayHear = text != ""
}

// speakIn changes the language of voice and recognition when a reply is in another.
func (s *session) speakIn(language string) error {
	if language == "" || locale(language) == locale(s.language) {
		return nil
	}
	s.language = language
	tag := locale(language)
	return s.out.send(languageMessage{"language", tag, tag})
}

// endWhenSpoken ends the session once its last words have been spoken: an end message cuts speech off.
func (s *session) endWhenSpoken(h handoff) { s.ending, s.endAt = &h, s.speechEnds }

// finish ends the session for the reason it was to end.
func (s *session) finish(ctx context.Context) over {
	s.h.keepEnd(ctx, s.call, s.ending.encode())
	if err := s.out.send(endMessage{"end", s.ending.encode()}); err != nil {
		s.h.log.WarnContext(ctx, "the end of a session can't be sent", "call", s.start.CallSID, "error", err)
		return overHungUp
	}
	return overEnded
}

// broken hands the caller to the owner because the receptionist can't be asked.
func (s *session) broken(ctx context.Context, err error) over {
	if ctx.Err() != nil {
		return overHungUp
	}
	s.h.log.ErrorContext(ctx, "the receptionist can't answer; the call goes to the owner", "call", s.start.CallSID, "error", err)
	s.ending = &handoff{Reason: handoffBroken}
	return s.finish(ctx)
}
