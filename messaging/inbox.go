package messaging

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/contact"
	"fixly/redact"
)

// Incoming is a text as a carrier announces it.
type Incoming struct {
	Line      string // E.164: one of the business's lines
	From      string // as the carrier writes it: E.164, a short code or a word
	Body      string
	Media     []string   // addresses of pictures
	CarrierID string     // the carrier's id of the text: the same one twice changes nothing
	OptOut    OptOutType // set when the carrier has dealt with STOP, START or HELP itself
}

// Conversing is one text of a conversation, for the receptionist.
type Conversing struct {
	BusinessID string
	From       string // E.164
	Body       string
	Key        string // the same text has the same key
	Pictures   int    // how many came with it
	Lost       int    // how often it was put to the receptionist before, and a rival took the time meanwhile
}

// Answer is what the receptionist says to a text.
type Answer struct {
	Text string // empty when there is nothing to say
	// ForPeople: it answers what people of the shop wrote, and is for them to read.
	ForPeople bool
}

// Heard is one text of a thread that people of the shop hold.
type Heard struct {
	BusinessID string
	Number     string // whose thread it is, E.164
	Body       string
	Key        string // of the customer's texts: the same text has the same key
	Person     bool   // people wrote it, and else the customer
	Relayed    bool   // people's answer to a question, given by the receptionist: the thread stays hers
}

// Receptionist answers texts; package app lends the one receptionist. All methods work inside the transaction
// that stores the text, so a text, what came of it and the answer to it are stored together or not at all.
type Receptionist interface {
	// Converse takes a text into the conversation with its sender and gives the answer.
	Converse(ctx context.Context, tx Tx, t Conversing) (Answer, error)
	// Listen takes a text into the conversation that the receptionist has no part in: what it tells is known, and nothing is
	// done.
	Listen(ctx context.Context, tx Tx, h Heard) error
	// ExpectsVisit says whether a visit to someone with this number lies ahead.
	ExpectsVisit(ctx context.Context, tx Tx, businessID, number string) (bool, error)
}

// StaffText is a text from somebody of the shop.
type StaffText struct {
	From business.Staff
	Body string
	Key  string // the same text has the same key
}

// Owner takes texts from the owner's number and the technicians', inside the transaction that stores them.
type Owner interface {
	// Concerns lists the customers in whose threads a text may write, by their numbers: these threads are locked before that of
	// its sender, because customers' texts lock them in this order too.
	Concerns(ctx context.Context, tx Tx, b *business.Business, t StaffText) ([]string, error)
	// Answer does what a text asks for and gives the reply, empty for none; ok is false for what asks for nothing of its own,
	// and is a customer's text like any other.
	Answer(ctx context.Context, tx Tx, b *business.Business, t StaffText) (reply string, ok bool, err error)
}

// Crew takes texts from people who were paged, inside the transaction that stores them.
type Crew interface {
	// Answer gives the reply to an answer to a page; ok is false for what is none.
	Answer(ctx context.Context, tx Tx, b *business.Business, from, body string) (reply string, ok bool, err error)
}

// ErrUnknownLine says that a text came in for a number that is no business's.
var ErrUnknownLine = errors.New("messaging: the number is nobody's line")

// conversingTries is how often a text is put to the receptionist: a rival who takes the same time spends the
// transaction, and the next try sees what is left.
const conversingTries = 6

// Inbox takes texts in.
type Inbox struct {
	Storage      Storage
	Receptionist Receptionist
	Clock        clock.Clock
	Log          *slog.Logger
	// Owner takes what the owner and his people say and answer, before it is taken for a customer's text; nil: they say nothing.
	Owner Owner
	// Crew takes answers to pages, before anybody else's; nil: nobody is paged.
	Crew Crew
	// Fresh runs what may book, and runs it again once what it asks to be looked at outside of transactions was; nil:
	// nothing has to be.
	Fresh func(ctx context.Context, do func(ctx context.Context) error) error
}

// Receive stores a text, does what it asks for, and writes the answer. When the receptionist fails on it, the text
// is stored all the same and the owner gets it.
//
// Card numbers, passwords and the like are cut out first, so that they are nowhere.
func (i *Inbox) Receive(ctx context.Context, in Incoming) error {
	in.Body = redact.Text(in.Body)
	var err error
	for n := range conversingTries {
		if err = i.fresh(ctx, func(ctx context.Context) error { return i.receive(ctx, in, i.converse(n)) }); err == nil || errors.Is(err, ErrUnknownLine) || ctx.Err() != nil {
			return err
		}
	}
	i.Log.ErrorContext(ctx, "text not answered", "line", in.Line, "carrier_id", in.CarrierID, "error", err)
	return i.receive(ctx, in, i.passOn(NotAnswered))
}

func (i *Inbox) fresh(ctx context.Context, do func(ctx context.Context) error) error {
	if i.Fresh == nil {
		return do(ctx)
	}
	return i.Fresh(ctx, do)
}

// handling is what is done about a text from a sender who may be answered.
type handling func(ctx context.Context, tx Tx, b *business.Business, m Message) error

func (i *Inbox) receive(ctx context.Context, in Incoming, answer handling) error {
	return i.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.BusinessByLine(ctx, in.Line)
		if err != nil {
			return fmt.Errorf("messaging: whose line %s is: %w", in.Line, err)
		}
		if b == nil {
			return fmt.Errorf("%w: %s", ErrUnknownLine, in.Line)
		}
		m := Message{
			BusinessID: b.ID, Direction: Inbound, From: in.From, To: in.Line, Body: in.Body, Media: in.Media,
			Kind: Talk, Status: Received, CarrierID: in.CarrierID, CreatedAt: i.Clock.Now(),
		}
		return i.sort(ctx, tx, b, m, in.OptOut, answer)
	})
}

// sort decides what a text is.
func (i *Inbox) sort(ctx context.Context, tx Tx, b *business.Business, m Message, handled OptOutType, answer handling) error {
	if n := contact.CallerID(m.From); n != "" {
		m.From = n
	}
	if err := i.lockOthers(ctx, tx, b, m); err != nil {
		return err
	}
	if err := tx.LockThread(ctx, b.ID, m.From); err != nil {
		return fmt.Errorf("messaging: lock the thread with %s: %w", m.From, err)
	}
	then, why, err := i.choose(ctx, tx, b, m, handled, answer)
	if err != nil {
		return err
	}
	m.Reason = string(why)
	created, err := tx.InsertMessage(ctx, &m)
	if err != nil {
		return fmt.Errorf("messaging: store the text %s from %s: %w", m.CarrierID, m.From, err)
	}
	if !created {
		return nil
	}
	if err := noteTexted(ctx, tx, b, m); err != nil || then == nil {
		return err
	}
	if err := tx.WantPhotos(ctx, &m); err != nil {
		return fmt.Errorf("messaging: have the pictures of %s fetched: %w", m.CarrierID, err)
	}
	return then(ctx, tx, b, m)
}

// choose says what to do about a text, nil for nothing, and the reason where it is not simply answered.
func (i *Inbox) choose(ctx context.Context, tx Tx, b *business.Business, m Message, handled OptOutType, answer handling) (handling, Reason, error) {
	out, err := tx.OptedOut(ctx, b.ID, m.From)
	if err != nil {
		return nil, "", fmt.Errorf("messaging: whether %s opted out: %w", m.From, err)
	}
	if handled == Start && !out && isYes(m.Body) {
		handled = NoOptOut // carriers take a bare YES for START; from who gets our texts it answers one of them
	}
	w := wish{word: handled, how: consent.SentWord}
	if handled == NoOptOut {
		visit := false
		if isVisitWord(m.Body) {
			if visit, err = i.Receptionist.ExpectsVisit(ctx, tx, b.ID, m.From); err != nil {
				return nil, "", fmt.Errorf("messaging: visits to %s: %w", m.From, err)
			}
		}
		if w, err = readWish(ctx, tx, i.Clock.Now(), b, m, visit); err != nil {
			return nil, "", err
		}
	}
	switch {
	case b.LineByNumber(m.From) != nil:
		return nil, OwnLine, nil
	case !contact.IsE164(m.From):
		return nil, NotTextable, nil
	case handled != NoOptOut:
		return i.obey(w, false), CarrierDidIt, nil
	case w.word != NoOptOut || w.calls:
		return i.obey(w, w.word != Stop || !out), OptOutWord, nil
	case b.IsBlocked(m.From):
		return nil, Blocked, nil
	case out:
		return i.passOn(OptedOut), OptedOut, nil
	case m.Body == "" && len(m.Media) == 0:
		return nil, Empty, nil
	}
	if staff := b.StaffByPhone(m.From); staff != nil && i.Owner != nil {
		return i.crewsAnswer(i.byStaff(*staff, answer)), "", nil
	}
	held, err := i.held(ctx, tx, b, m.From)
	if held || err != nil {
		return i.crewsAnswer(i.toPeople), PeopleHold, err
	}
	if m.Body == "" {
		return answer, OnlyByPicture, nil
	}
	return i.crewsAnswer(answer), "", nil
}

// crewsAnswer lets who was paged answer that, and others what it leaves.
func (i *Inbox) crewsAnswer(otherwise handling) handling {
	if i.Crew == nil {
		return otherwise
	}
	return func(ctx context.Context, tx Tx, b *business.Business, m Message) error {
		answer, ok, err := i.Crew.Answer(ctx, tx, b, m.From, m.Body)
		if err != nil {
			return fmt.Errorf("messaging: take the answer %s to a page: %w", m.CarrierID, err)
		}
		if !ok {
			return otherwise(ctx, tx, b, m)
		}
		return i.reply(ctx, tx, m, Talk, TheyWrote, answer)
	}
}

// lockOthers locks the threads with customers that a text of somebody of the shop may write in.
func (i *Inbox) lockOthers(ctx context.Context, tx Tx, b *business.Business, m Message) error {
	staff := b.StaffByPhone(m.From)
	if staff == nil || i.Owner == nil {
		return nil
	}
	numbers, err := i.Owner.Concerns(ctx, tx, b, StaffText{*staff, m.Body, m.CarrierID})
	if err != nil {
		return fmt.Errorf("messaging: which threads the text %s is about: %w", m.CarrierID, err)
	}
	for _, n := range numbers {
		if err := tx.LockThread(ctx, b.ID, n); err != nil {
			return fmt.Errorf("messaging: lock the thread with %s: %w", n, err)
		}
	}
	return nil
}

// byStaff lets the owner's desk answer, and the receptionist what it leaves.
func (i *Inbox) byStaff(from business.Staff, otherwise handling) handling {
	return func(ctx context.Context, tx Tx, b *business.Business, m Message) error {
		answer, ok, err := i.Owner.Answer(ctx, tx, b, StaffText{from, m.Body, m.CarrierID})
		if err != nil {
			return fmt.Errorf("messaging: take the text %s of %s: %w", m.CarrierID, from.Name, err)
		}
		if ok {
			return i.reply(ctx, tx, m, Talk, TheyWrote, answer)
		}
		return otherwise(ctx, tx, b, m)
	}
}

// converse lets the receptionist answer; lost is how often that failed already.
func (i *Inbox) converse(lost int) handling {
	return func(ctx context.Context, tx Tx, b *business.Business, m Message) error {
		answer, err := i.Receptionist.Converse(ctx, tx, Conversing{BusinessID: b.ID, From: m.From, Body: m.Body, Key: m.CarrierID, Pictures: len(m.Media), Lost: lost})
		if err != nil {
			return fmt.Errorf("messaging: answer the text %s: %w", m.CarrierID, err)
		}
		if answer.ForPeople {
			return i.forward(ctx, tx, b, m, b.Profile.Owner.Phone)
		}
		return i.reply(ctx, tx, m, Talk, TheyWrote, answer.Text)
	}
}

// passOn gives the text to the owner.
func (i *Inbox) passOn(why Reason) handling {
	return func(ctx context.Context, tx Tx, b *business.Business, m Message) error {
		t := OwnerText(b)
		t.Body = english{}.Unanswered(contact.National(m.From), m.Body, why)
		t.Key, t.Reason = "unanswered:"+m.ID, string(NotAnswered)
		_, _, err := Write(ctx, tx, i.Clock.Now(), t, Known{})
		return err
	}
}

// obey notes what a text says about texts and, unless the carrier has, confirms it once.
func (i *Inbox) obey(wish wish, confirm bool) handling {
	return func(ctx context.Context, tx Tx, b *business.Business, m Message) error {
		if err := wish.enter(ctx, tx, m); err != nil || !confirm {
			return err
		}
		w, err := i.confirming(ctx, tx, b, m, wish)
		if err != nil {
			return err
		}
		var body string
		switch wish.word {
		case Stop:
			body = w.Stopped(b.Profile.Name)
		case Start:
			body = w.Started(b.Profile.Name)
		case Help:
			body = w.Help(b.Profile.Name, contact.National(m.To))
		default:
			body = w.NoCalls(b.Profile.Name)
		}
		return i.reply(ctx, tx, m, OptOut, OptOutWord, body)
	}
}

// confirming are the words for confirming a wish about texts: those of the language that the wish itself is in, for it
// may be the first that is heard of its sender.
func (i *Inbox) confirming(ctx context.Context, tx Tx, b *business.Business, m Message, wish wish) (words, error) {
	if wish.language == "es" {
		return spanish{}, nil
	}
	return wordsFor(ctx, tx, b, m.From)
}

// reply writes the answer to a text, by the line it came in on.
func (i *Inbox) reply(ctx context.Context, tx Tx, to Message, kind Kind, why Reason, body string) error {
	if body == "" {
		return nil
	}
	_, _, err := Write(ctx, tx, i.Clock.Now(), Message{
		BusinessID: to.BusinessID, From: to.To, To: to.From, Body: body, Kind: kind, Reason: string(why), Key: "reply:" + to.ID,
	}, Known{Live: true})
	return err
}
