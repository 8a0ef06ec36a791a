package llm

import (
	"fixly/business"
	"fixly/receptionist/understanding"
)

// acts is what the model answers.
type acts struct {
	Intents []string `json:"intents"`
	Service string   `json:"service"`
	Danger  string   `json:"danger"`
	Problem string   `json:"problem"`
	When    string   `json:"when"`
	Name    string   `json:"name"`
	Phone   string   `json:"phone"`
	Address string   `json:"address"`
	Answer  string   `json:"answer"`
	Choice  int      `json:"choice"`
	Reply   string   `json:"reply"`
	Facts   []string `json:"facts"`
}

// hearing says what has to be there for an intent that only a model heard.
type hearing int

const (
	alone   hearing = iota // nothing: what comes of it is an answer, or read back
	visited                // a visit that it can be about
	inkling                // a trace of it in the built-in understanding: it leads away from what was under way
)

// intents are what a model may take an utterance for. A goodbye, a seller, a wrong number and a stop end the
// conversation, and an emergency opens the calendar outside of opening hours: these are heard by the built-in rules or
// not at all.
var intents = []struct {
	name  understanding.Intent
	needs hearing
}{
	{understanding.IntentBook, alone},
	{understanding.IntentPrice, alone},
	{understanding.IntentQuestion, alone},
	{understanding.IntentRepeat, alone},
	{understanding.IntentReschedule, visited},
	{understanding.IntentCancel, visited},
	{understanding.IntentStatus, visited},
	{understanding.IntentPerson, inkling},
	{understanding.IntentMessage, inkling},
	{understanding.IntentComplaint, inkling},
	{understanding.IntentBilling, inkling},
	{understanding.IntentJobSeeker, inkling},
	{understanding.IntentLanguage, inkling},
}

// schema is that of acts, with the shop's own lists. It keeps to what every vendor's structured output supports: all
// fields required, no others, no limits of length or number.
func schema(b *business.Business, facts []Fact) map[string]any {
	text := map[string]any{"type": "string"}
	names := make([]any, len(intents))
	for i, n := range intents {
		names[i] = string(n.name)
	}
	ids := make([]any, len(facts))
	for i, f := range facts {
		ids[i] = f.ID
	}
	fields := map[string]any{
		"intents": map[string]any{"type": "array", "items": oneOf(names)},
		"service": oneOf(orNone(serviceNames(b))),
		"danger":  oneOf(orNone(b.Emergencies.Danger)),
		"problem": text, "when": text, "name": text, "phone": text, "address": text,
		"answer": oneOf([]any{"", "yes", "no"}),
		"choice": map[string]any{"type": "integer"},
		"reply":  text,
		"facts":  map[string]any{"type": "array", "items": oneOf(ids)},
	}
	return map[string]any{
		"type": "object", "additionalProperties": false, "properties": fields,
		"required": []any{"intents", "service", "danger", "problem", "when", "name", "phone", "address", "answer", "choice", "reply", "facts"},
	}
}

func oneOf(values []any) map[string]any { return map[string]any{"type": "string", "enum": values} }

func orNone(values []string) []any {
	out := []any{""}
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
