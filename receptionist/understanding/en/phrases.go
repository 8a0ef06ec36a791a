package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// phrases reads what callers mean: intents, yes and no, choices, questions. Their wordings are data.
func phrases(s *grammar.Spec) {
	files.Phrases(s)
	s.Add(
		grammar.Rule{Name: m.RuleNth, Kind: m.KPick, Pattern: "[the|your|that] <ordinal> [one|time|slot|option|choice|appointment|of those] ", Make: rules.Nth},
		grammar.Rule{Name: "choice: number", Kind: m.KPick, Pattern: "(option|number|choice) <number>", Make: rules.Nth},
	)
}
