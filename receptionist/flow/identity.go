package flow

import (
	"slices"
	"strings"
	"time"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// Before anything of a booking is told or changed it must be the caller's. What proves that is the number of the call
// or of the thread, or a code that is texted to the number of the booking. Whatever is named, and whether or not there
// is a visit under it, the caller hears the same words; so nothing is learnt here about anybody else.

const (
	// codeDigits is how long a code is.
	codeDigits = 6
	// codeLasts is how long a code counts after it was sent.
	codeLasts = 10 * time.Minute
	// maxCodeTries is how many wrong codes are heard out.
	maxCodeTries = 3
	// maxClaims is how many numbers or names one conversation may try.
	maxClaims = 2
	// CodesPerDay is how many codes a number is sent in CodesWithin, whoever asks for them. Beyond that no code of
	// that day opens anything, so that calling again and again is no way to guess one.
	CodesPerDay = 5
	// CodesWithin is the stretch of time that CodesPerDay counts in.
	CodesWithin = 24 * time.Hour
)

// Claim is whose booking a caller says it is, while that is being proved.
type Claim struct {
	// To is where the code went, E.164; empty when there is nothing under what was named, which is never said.
	To string `json:"to,omitempty"`
	// N says which code of the conversation it is, from 1.
	N       int       `json:"n,omitempty"`
	SentAt  time.Time `json:"sent_at,omitzero"`
	Tries   int       `json:"tries,omitempty"`   // wrong codes
	Waited  bool      `json:"waited,omitempty"`  // the caller had not got it yet, and was told that it may take a moment
	Renewed bool      `json:"renewed,omitempty"` // it ran out once, and another was sent
}

// ownNumbers are the numbers whose bookings are the caller's: the one of the call, unless it is withheld or the carrier
// doubts it, and those that a code has proved.
func (t *turn) ownNumbers() []string {
	var out []string
	if t.e.CallerID != "" && !t.e.Doubted {
		out = append(out, t.e.CallerID)
	}
	for _, p := range t.s.Proven {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// prove asks for what shows that a booking is the caller's, when nothing is booked under the numbers that are.
func (t *turn) prove() error {
	s := t.s
	switch {
	case s.Claim != nil:
		t.ask(QCode, WhyNeedCode, Conveyance{Kind: AskCode})
	case s.Claims >= maxClaims || len(s.Proven) > 0:
		return t.unproven()
	case t.e.CallerID != "" && t.e.Doubted && s.Claims == 0:
		return t.textCodeTo(t.e.CallerID, TellCodeSentHere) // who really calls from there can read the code there
	default:
		if len(t.ownNumbers()) > 0 && s.Said[TellNoJob] == 0 {
			t.because(WhyNoJob)
			t.say(Conveyance{Kind: TellNoJob})
		}
		t.ask(QBookedPhone, WhyNeedBookedPhone, Conveyance{Kind: AskBookedPhone})
	}
	return nil
}

// claimed takes the number or the name under which a visit is said to be booked.
func (t *turn) claimed() (bool, error) {
	u := t.u
	no := u.Answer == understanding.No || u.Unsure
	switch {
	case u.Phone != "":
		return true, t.claimNumber(u.Phone)
	case u.SameNumber && t.e.CallerID != "":
		return true, t.claimNumber(t.e.CallerID)
	case u.Digits != "":
		return false, nil // the rest of the number is to come
	case t.wantsMessage() || u.Has(understanding.IntentPerson, sure):
		t.keepQuery()
		return true, t.startMessage(withoutYes(u.Text, true), "")
	case u.Name != "" && !no:
		return true, t.claimName(u.Name)
	case no:
		return true, t.unproven()
	}
	return false, nil
}

// claimNumber texts a code to a number that a visit is said to be booked under.
func (t *turn) claimNumber(phone string) error {
	if slices.Contains(t.ownNumbers(), phone) {
		t.s.Claims = maxClaims
		t.because(WhyNoJob)
		t.say(Conveyance{Kind: TellNoJob})
		return t.offerVisitMessage()
	}
	return t.textCodeTo(phone, TellCodeSent)
}

// textCodeTo texts a code to a number, if there is a visit under it.
func (t *turn) textCodeTo(phone string, kind Kind) error {
	jobs, err := t.w.JobsByPhone(phone, t.w.Now().Add(-history))
	if err != nil {
		return err
	}
	to := ""
	if slices.ContainsFunc(jobs, t.concerns) {
		to = phone
	}
	return t.textCode(to, kind)
}

// claimName texts a code to the number of the visit that is booked under a name, where it is one person's.
func (t *turn) claimName(name string) error {
	jobs, err := t.w.JobsByName(name, t.w.Now().Add(-lately))
	if err != nil {
		return err
	}
	to := ""
	for _, j := range jobs {
		switch {
		case !t.concerns(j) || j.Customer.Phone == to:
		case to != "":
			return t.textCode("", TellCodeSentName) // two people of that name
		default:
			to = j.Customer.Phone
		}
	}
	return t.textCode(to, TellCodeSentName)
}

// concerns says whether a job is worth speaking of: it lies ahead, or ended lately.
func (t *turn) concerns(j scheduling.Job) bool {
	return j.WindowEnd.After(t.w.Now().Add(-lately))
}

// textCode sends a code, if there is somewhere to send it, and asks for it either way.
func (t *turn) textCode(to string, kind Kind) error {
	s := t.s
	s.Claims++
	s.Codes++
	if to != "" {
		sent, err := t.w.CodesSent(to, t.w.Now().Add(-CodesWithin))
		if err != nil {
			return err
		}
		if sent >= CodesPerDay {
			to = ""
		}
	}
	s.Claim = &Claim{To: to, N: s.Codes, SentAt: t.w.Now()}
	if to != "" {
		t.do(Effect{Do: DoTextCode, Phone: to, N: s.Codes})
	}
	s.Tries = 0
	t.because(WhyCodeSent)
	t.say(Conveyance{Kind: kind})
	t.ask(QCode, WhyCodeSent, Conveyance{Kind: AskCode})
	return nil
}

// answerCode takes the code, read out or keyed in.
func (t *turn) answerCode(no bool) (bool, error) {
	u, c := t.u, t.s.Claim
	if c == nil {
		return false, nil
	}
	said := u.Digits
	if said == "" {
		said = u.Address.ZIP // five digits of six, heard as a ZIP code
	}
	switch {
	case len(said) >= codeDigits-1:
		return true, t.tryCode(said)
	case said != "" && !no:
		return false, nil // the rest of it is to come
	case t.wantsMessage() || u.Has(understanding.IntentPerson, sure):
		t.keepQuery()
		return true, t.startMessage(withoutYes(u.Text, true), "")
	case u.VisitWish == "cant_text":
		return true, t.unproven() // a land line, or a phone that somebody else has
	case no || u.Unsure || u.VisitWish == "no_text" || u.Has(understanding.IntentRepeat, sure) || u.Has(understanding.IntentStatus, sure):
		// "I didn't get anything"
		if c.Waited {
			return true, t.unproven()
		}
		c.Waited = true
		t.because(WhyNeedCode)
		t.say(Conveyance{Kind: TellCodeWait})
		t.ask(QCode, WhyNeedCode, Conveyance{Kind: AskCodeAgain})
		return true, nil
	}
	return false, nil
}

func (t *turn) tryCode(said string) error {
	s, c := t.s, t.s.Claim
	right := c.To != "" && t.w.IsCode(c.To, c.N, said)
	late := t.w.Now().Sub(c.SentAt) > codeLasts
	switch {
	case right && !late:
		s.Proven = append(s.Proven, c.To)
		s.Claim, s.LookedUp, s.Tries = nil, false, 0
		t.because(WhyProven)
		t.say(Conveyance{Kind: SayProven})
		return t.next()
	case right && !c.Renewed:
		to := c.To
		t.say(Conveyance{Kind: TellCodeExpired})
		s.Claims-- // it was theirs: asking again counts as the same claim
		err := t.textCode(to, TellCodeNew)
		s.Claim.Renewed = true
		return err
	}
	c.Tries++
	if c.Tries >= maxCodeTries || right {
		return t.unproven()
	}
	t.because(WhyCodeWrong)
	t.say(Conveyance{Kind: TellCodeWrong})
	t.ask(QCode, WhyCodeWrong, Conveyance{Kind: AskCodeAgain})
	return nil
}

// unproven leaves it at that: a person can call the number of the booking.
func (t *turn) unproven() error {
	t.s.Claim, t.s.Claims = nil, maxClaims
	t.because(WhyUnproven)
	t.say(Conveyance{Kind: TellUnproven, Person: firstName(t.recipient())})
	return t.offerVisitMessage()
}

// offerVisitMessage offers to take a message about a visit that could not be spoken of.
func (t *turn) offerVisitMessage() error {
	t.s.Answered = true
	t.keepQuery()
	return t.offerMessage()
}

// keepQuery leaves the visit alone, but for what was asked about it: a message begins with that.
func (t *turn) keepQuery() {
	if t.s.Query == "" {
		t.s.Query = t.s.VisitWords
	}
	t.s.dropVisit()
}

// visitWords keeps what was asked about a visit, for the message that may come of it.
func (t *turn) visitWords() {
	if words := strings.TrimSpace(t.u.Text); len(strings.Fields(words)) >= 5 {
		t.s.VisitWords = words
	}
}
