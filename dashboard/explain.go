package dashboard

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fixly/receptionist/understanding"
)

// reading is what was understood from some words, for the owner: the words, what they were taken as, and by which
// rule.
type reading struct{ Words, Kind, Value, Rule string }

// piece is a stretch of an utterance; Kind is empty where nothing was taken from it.
type piece struct{ Text, Kind string }

// explanation is an utterance with all that was understood from it.
type explanation struct {
	Text     string
	Pieces   []piece
	Readings []reading
	Intents  []intentView
	Facts    []fact
	Sure     string // how much of what matters was understood
	Teach    string // address of the page that teaches these words
}

// intentView is an intent with how sure the receptionist is, in percent.
type intentView struct {
	Name    string
	Percent int
}

// explainStored explains a caller's turn; nil when nothing readable was stored with it.
func explainStored(stored []byte, asked string, zone *time.Location) *explanation {
	var u understanding.Understanding
	if len(stored) == 0 || json.Unmarshal(stored, &u) != nil || u.Text == "" {
		return nil
	}
	e := explain(&u, zone)
	e.Teach = "/understanding?" + url.Values{"q": {u.Text}, "asked": {asked}}.Encode()
	return &e
}

// explain lays open what was understood from an utterance.
func explain(u *understanding.Understanding, zone *time.Location) explanation {
	e := explanation{Text: u.Text, Sure: fmt.Sprintf("%d%%", percent(u.Confidence))}
	spans := readable(u)
	for _, s := range spans {
		e.Readings = append(e.Readings, reading{Words: u.Text[s.From:s.To], Kind: kindOfSpan(s.Kind), Value: spanValue(s), Rule: s.Rule})
	}
	e.Pieces = pieces(u.Text, spans)
	for _, i := range u.Intents {
		e.Intents = append(e.Intents, intentView{intentWords(i.Name), percent(i.Score)})
	}
	e.Facts = understoodFacts(u, zone)
	return e
}

func percent(score float64) int { return int(score*100 + 0.5) }

// readable gives the spans that lie within the text, in its order. A stored span may be older than the program.
func readable(u *understanding.Understanding) []understanding.Span {
	var out []understanding.Span
	for _, s := range u.Spans {
		if s.From < 0 || s.From >= s.To || s.To > len(u.Text) || !utf8.ValidString(u.Text[s.From:s.To]) {
			continue
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b understanding.Span) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	return out
}

// pieces cuts a text at the readings. Where some overlap, details are marked before wishes, since "come thursday" holds
// a time that is worth seeing, and of two of a kind the one that begins first.
func pieces(text string, spans []understanding.Span) []piece {
	var marked []understanding.Span
	mark := func(details bool) {
		for _, s := range spans {
			overlaps := slices.ContainsFunc(marked, func(o understanding.Span) bool { return s.From < o.To && o.From < s.To })
			if !overlaps && details == !isWish(s.Kind) {
				marked = append(marked, s)
			}
		}
	}
	mark(true)
	mark(false)
	slices.SortFunc(marked, func(a, b understanding.Span) int { return a.From - b.From })
	var out []piece
	at := 0
	for _, s := range marked {
		if s.From > at {
			out = append(out, piece{Text: text[at:s.From]})
		}
		out = append(out, piece{text[s.From:s.To], kindOfSpan(s.Kind)})
		at = s.To
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

func isWish(kind string) bool { return kind == "intent" || kind == "topic" || kind == "faq" }

// spanKinds are the owner's words for the kinds of reading.
var spanKinds = map[string]string{
	"when": "time", "phone": "number", "zip": "ZIP code", "street": "street", "address": "address", "unit": "unit", "name": "name", "intent": "wish",
	"service": "work", "answer": "answer", "choice": "choice", "urgency": "urgency", "danger": "danger", "not_offered": "not our work", "topic": "question",
	"faq": "question", "city": "place", "place": "place", "taught": "taught by you",
}

func kindOfSpan(kind string) string {
	if w, ok := spanKinds[kind]; ok {
		return w
	}
	return strings.ReplaceAll(kind, "_", " ")
}

func spanValue(s understanding.Span) string {
	switch s.Kind {
	case "intent":
		return intentWords(understanding.Intent(s.Value))
	case "topic", "urgency", "danger":
		return strings.ReplaceAll(s.Value, "_", " ")
	}
	return s.Value
}

// intents are the owner's words for what callers want.
var intents = map[understanding.Intent]string{
	understanding.IntentBook: "wants a visit", understanding.IntentReschedule: "wants to move a visit", understanding.IntentCancel: "wants to cancel",
	understanding.IntentStatus: "asks about their visit", understanding.IntentPrice: "asks the price", understanding.IntentQuestion: "asks a question",
	understanding.IntentPerson: "wants a person", understanding.IntentMessage: "leaves a message", understanding.IntentEmergency: "has an emergency",
	understanding.IntentDanger: "is in danger", understanding.IntentComplaint: "complains", understanding.IntentBilling: "asks about a bill",
	understanding.IntentJobSeeker: "looks for a job", understanding.IntentSolicitor: "sells something", understanding.IntentWrongNum: "has the wrong number",
	understanding.IntentLanguage: "wants another language", understanding.IntentGoodbye: "says goodbye", understanding.IntentRepeat: "wants it said again",
	understanding.IntentStop: "wants no more texts",
}

func intentWords(i understanding.Intent) string {
	if w, ok := intents[i]; ok {
		return w
	}
	return strings.ReplaceAll(string(i), "_", " ")
}

// understoodFacts are the details that were taken, one to a line.
func understoodFacts(u *understanding.Understanding, zone *time.Location) []fact {
	var out []fact
	add := func(name, value string) {
		if value != "" {
			out = append(out, fact{name, value})
		}
	}
	if u.Service != "" {
		add("Work", fmt.Sprintf("%s, %d%% sure", u.Service, percent(u.ServiceScore)))
	}
	add("Problem", u.Problem)
	add("Not our work", u.NotOffered)
	add("Urgency", u.Urgency)
	add("Danger", u.Danger)
	add("Name", u.Name)
	if u.Phone != "" {
		add("Number", u.Phone)
	}
	if !u.Address.IsZero() {
		add("Address", address(u.Address))
	}
	add("Wished for", intervals(u.When.Wanted, zone))
	add("Ruled out", intervals(u.When.Excluded, zone))
	add("No such time", u.When.Impossible)
	add("Answer", string(u.Answer))
	if c := u.Choice; c != nil {
		switch {
		case c.Refused:
			add("Choice", "none of the times")
		case c.Either:
			add("Choice", "any of the times")
		case c.Index >= 0:
			add("Choice", fmt.Sprintf("number %d of the times offered", c.Index+1))
		}
	}
	if u.Language == "es" {
		add("Language", "Spanish")
	}
	return out
}

// maxIntervals bounds how many stretches of time are written out; "mornings" can be a month of them.
const maxIntervals = 4

func intervals(list []understanding.TimeInterval, zone *time.Location) string {
	var out []string
	for i, t := range list {
		if i == maxIntervals {
			out = append(out, fmt.Sprintf("and %d more", len(list)-i))
			break
		}
		out = append(out, stretch(t, zone))
	}
	return strings.Join(out, "; ")
}

// stretch writes one stretch of time in the shop's zone.
func stretch(t understanding.TimeInterval, zone *time.Location) string {
	const day, clock = "Mon, Jan 2", "3:04 PM"
	from, to := t.From.In(zone), t.To.In(zone)
	switch {
	case t.From.IsZero() && t.To.IsZero():
		return "any time"
	case t.To.IsZero():
		return "from " + from.Format(day+", "+clock)
	case t.From.IsZero():
		return "until " + to.Format(day+", "+clock)
	}
	midnight := func(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 }
	switch sameDay := from.YearDay() == to.YearDay() && from.Year() == to.Year(); {
	case sameDay:
		return from.Format(day+", "+clock) + " to " + to.Format(clock)
	case midnight(from) && midnight(to) && to.Equal(from.AddDate(0, 0, 1)):
		return from.Format(day)
	case midnight(from) && midnight(to):
		return from.Format(day) + " to " + to.AddDate(0, 0, -1).Format(day)
	}
	return from.Format(day+", "+clock) + " to " + to.Format(day+", "+clock)
}
