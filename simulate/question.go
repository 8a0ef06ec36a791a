package simulate

import "strings"

// drawQuestion draws something that the shop's facts answer, and what the answer has in it.
func (c *caller) drawQuestion() {
	type question struct {
		ways   []string
		answer string
	}
	hours := question{c.s.calls.Hours, "open|closed|hours"}
	for _, f := range c.b.FAQs { // one about weekends answers some of these as well
		if strings.Contains(strings.ToLower(f.Q), "weekend") {
			hours.answer += "|" + inWords(f.A)
		}
	}
	all := []question{hours, {c.s.calls.Robot, "virtual|assistant|automated"}}
	for _, f := range c.b.FAQs {
		q := question{[]string{strings.Trim(strings.ToLower(f.Q), "?")}, inWords(f.A)}
		for _, key := range sorted(c.s.faqs) {
			if strings.Contains(strings.ToLower(f.Q), key) {
				q.ways = append(q.ways, c.s.faqs[key]...)
			}
		}
		all = append(all, q)
	}
	q := pick(c.r, all)
	c.about, c.answer = pick(c.r, q.ways), q.answer
}

// inWords are the words of an answer, without marks.
func inWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.;:!?\"", r) }), " ")
}
