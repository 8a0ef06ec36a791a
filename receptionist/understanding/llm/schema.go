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

// intents are what a model may take an utterance for. A goodbye, a seller, a wrong number and a stop end the
// conversation, and an emergency opens the calendar outside of opening hours: these are heard by the built-in rules or
// not at all.
var intents = []understanding.Intent{
	understanding.IntentBook, understanding.IntentReschedule, understanding.IntentCancel, understanding.IntentStatus,
	understanding.IntentPrice, understanding.IntentQuestion, understanding.IntentPerson, understanding.IntentMessage,
	understanding.IntentComplaint, understanding.IntentBilling, understanding.IntentJobSeeker, understanding.IntentLanguage,
	understanding.IntentRepeat,
}

// schema is that of acts, with the shop's own lists. It keeps to what every vendor's structured output supports: all
// fields required, no others, no limits of length or number.
func schema(b *business.Business, facts []Fact) map[string]any {
	text := map[string]any{"type": "string"}
	names := make([]any, len(intents))
	for i, n := range intents {
		names[i] = string(n)
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
