package twilio

import (
	"cmp"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"fixly/contact"
	"fixly/receptionist"
	"fixly/telephony"
)

// about is what a person who is rung hears of a call besides the number.
type about struct {
	name   string // as the caller gave it, or on file; empty: nobody knows
	urgent bool   // an emergency, or a danger
	kind   string // the service, or "complaint", "billing"; empty: not known yet
	// recorded: the call is, or may be; who takes it is recorded too.
	recorded bool
	wanted   string // in the caller's words; empty: nothing was said
}

// aboutCall finds what is known of a call at this moment.
func aboutCall(ctx context.Context, tx telephony.Tx, c *telephony.Call) (a about, err error) {
	if c.From != "" {
		known, err := tx.CustomerByPhone(ctx, c.BusinessID, c.From)
		if err != nil {
			return a, err
		}
		if known != nil {
			a.name = known.Name
		}
	}
	if a.recorded, err = isRecorded(ctx, tx, c); err != nil || c.ConversationID == "" {
		return a, err
	}
	conv, err := tx.Conversation(ctx, c.ConversationID)
	if err != nil {
		return a, err
	}
	k, err := receptionist.KnownOf(conv)
	if err != nil {
		return a, err
	}
	a.name = cmp.Or(k.Name, a.name)
	a.urgent = k.Urgent()
	a.kind, a.wanted = cmp.Or(strings.ReplaceAll(k.About, "_", " "), k.Service), cmp.Or(k.Danger, k.Message, k.Problem)
	return a, nil
}

// mostWhispered is how many words of what a caller wants are said to who picks up: they have seconds to decide.
const mostWhispered = 16

// whisper is what a person who picked up hears: "Emergency call for Mike's Plumbing. Jane Doe, 3 1 2, 5 5 5, 0 1 4 2. Leak
// repair. The pipe burst. Press 1 to take it."
func (p phrases) whisper(shop, from string, a about) string {
	said := []string{p.callFor + " " + shop + "."}
	if a.urgent {
		said[0] = p.urgentFor + " " + shop + "."
	}
	who := callerSpoken(from)
	switch {
	case a.name != "" && who != "":
		who = a.name + ", " + who
	case a.name != "":
		who = a.name
	}
	for _, s := range []string{who, a.kind, clipped(a.wanted)} {
		if s = strings.TrimRight(s, ". "); s != "" {
			first, n := utf8.DecodeRuneInString(s)
			said = append(said, string(unicode.ToUpper(first))+s[n:]+".")
		}
	}
	if a.recorded {
		said = append(said, p.recorded)
	}
	return strings.Join(append(said, p.pressOne), " ")
}

// clipped is the beginning of a line, as far as it can be listened to.
func clipped(line string) string {
	words := strings.Fields(line)
	if len(words) <= mostWhispered {
		return strings.Join(words, " ")
	}
	return strings.TrimRight(strings.Join(words[:mostWhispered], " "), ",;:")
}

// callerSpoken reads a caller's number out, digit by digit; nothing for a withheld one.
func callerSpoken(from string) string {
	number := contact.CallerID(from)
	if number == "" {
		return ""
	}
	var s strings.Builder
	for _, c := range contact.National(number) {
		switch {
		case c >= '0' && c <= '9':
			s.WriteRune(c)
			s.WriteByte(' ')
		case s.Len() > 0 && c != ')':
			s.WriteString(", ")
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(s.String(), " , ", ", "))
}
