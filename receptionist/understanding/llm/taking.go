package llm

import (
	"slices"
	"strings"
	"unicode"

	"fixly/contact"
	"fixly/receptionist/understanding"
)

// heard is how sure the receptionist is of what only the model heard: enough to go on with, and less than what the
// built-in rules are sure of, so that everything is asked back or read back.
const heard = 0.65

// taking takes what it may from the model's acts.
type taking struct {
	q     *Question
	said  *acts
	facts []Fact
	out   *Reading
	help  *understanding.Help
	words []string // of the utterance
}

func (t *taking) take() {
	t.words = wordsOf(t.q.Text)
	t.danger()
	t.intents()
	t.service()
	t.when()
	t.phone()
	t.address()
	t.name()
	t.answer()
	t.choice()
	t.reply()
	if u := &t.out.Understood; len(t.help.Took) > 0 {
		u.Confidence = max(u.Confidence, heard)
	}
}

func (t *taking) took(what string)      { t.help.Took = append(t.help.Took, what) }
func (t *taking) kept(what, why string) { t.help.Kept = append(t.help.Kept, what+": "+why) }

// notSaid is why words are not taken.
const notSaid = "not in the caller's own words"

// quoted gives the caller's words that the model points to; empty when there are none, or they are not the caller's.
func (t *taking) quoted(what, quote string) string {
	quote = strings.TrimSpace(quote)
	if quote == "" {
		return ""
	}
	if !contains(t.words, wordsOf(quote)) {
		t.kept(what, notSaid)
		return ""
	}
	return quote
}

// read reads words by the grammar, as the answer to a question.
func (t *taking) read(words string, asked understanding.Asked) understanding.Understanding {
	c := t.q.Context
	c.Asked = asked
	return t.q.Grammar.Understand(words, c)
}

// dangerCues are words of which one at least is there when somebody tells of gas or of carbon monoxide, in English and in
// Spanish.
var dangerCues = []string{
	"gas", "propane", "smell", "odor", "odour", "stink", "rotten", "egg", "sulfur", "sulphur", "skunk", "hiss", "fume", "carbon", "monoxide", "detector", "alarm", "beep", "chirp",
	"dizzy", "headache", "nause", "faint", "sick", "passed out", "explo", "huel", "olor", "huevo", "podrid", "fuga", "monóxido", "carbono", "mare", "desmay", "detectora",
}

// danger is taken at its word where anything in the caller's words goes with it: what is dangerous is never booked, and a
// caller told to leave the house for nothing has lost less than one who was not.
func (t *taking) danger() {
	u := &t.out.Understood
	if t.said.Danger == "" || u.Danger != "" {
		return
	}
	if !slices.Contains(t.q.Business.Emergencies.Danger, t.said.Danger) {
		t.kept("danger", "not of the shop's list")
		return
	}
	said := strings.ToLower(t.q.Text)
	if !slices.ContainsFunc(dangerCues, func(cue string) bool { return strings.Contains(said, cue) }) {
		t.kept("danger", "nothing that the caller said goes with it")
		return
	}
	u.Danger = t.said.Danger
	t.raise(understanding.IntentDanger)
	t.took("danger " + t.said.Danger)
}

func (t *taking) intents() {
	for _, name := range t.said.Intents {
		i := understanding.Intent(name)
		if why := t.unheard(i); why != "" {
			t.kept("intent "+name, why)
			continue
		}
		if t.raise(i) {
			t.took("intent " + name)
		}
	}
}

// unheard says why an intent does not count that only the model heard; empty when it does.
func (t *taking) unheard(i understanding.Intent) string {
	for _, x := range intents {
		switch {
		case x.name != i:
		case x.needs == visited && !t.q.HasVisit:
			return "there is no visit that it could be about"
		case x.needs == inkling && !t.q.Understood.Has(i, 0.01):
			return "the rules heard no trace of it"
		default:
			return ""
		}
	}
	return "not one that a model may hear"
}

// raise makes an intent as sure as what the model heard is.
func (t *taking) raise(i understanding.Intent) bool {
	u := &t.out.Understood
	list := slices.Clone(u.Intents)
	at := slices.IndexFunc(list, func(x understanding.ScoredIntent) bool { return x.Name == i })
	switch {
	case at < 0:
		list = append(list, understanding.ScoredIntent{Name: i, Score: heard})
	case list[at].Score < heard:
		list[at].Score = heard
	default:
		return false
	}
	slices.SortStableFunc(list, func(a, b understanding.ScoredIntent) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	u.Intents = list
	return true
}

// service takes the service with the words that describe the problem.
func (t *taking) service() {
	u := &t.out.Understood
	problem := t.quoted("problem", t.said.Problem)
	if s := t.said.Service; s != "" {
		switch {
		case t.q.Business.Service(s) == nil:
			t.kept("service", "not of the shop's list")
		case u.Service != "" || u.NotOffered != "":
		case problem == "" && u.Problem == "":
			t.kept("service", "no words of the caller's tell of a problem")
		default:
			u.Service, u.ServiceScore = s, heard
			t.took("service " + s)
		}
	}
	if problem != "" && u.Problem == "" {
		const longest = 160
		if len(problem) <= longest {
			u.Problem = problem
			t.took("problem")
		}
	}
}

func (t *taking) when() {
	u := &t.out.Understood
	if t.said.Choice > 0 && t.q.Context.Asked == understanding.AskedChoice {
		return // the words take one of the times on offer
	}
	words := t.quoted("when", t.said.When)
	if words == "" || !u.When.IsZero() {
		return
	}
	w := t.read(words, understanding.AskedWhen)
	if w.When.IsZero() {
		t.kept("when", "no time that the grammar knows")
		return
	}
	u.When = w.When
	t.took("when")
}

func (t *taking) phone() {
	u := &t.out.Understood
	words := t.quoted("phone", t.said.Phone)
	if words == "" || u.Phone != "" {
		return
	}
	p := t.read(words, understanding.AskedPhone)
	if p.Phone == "" {
		t.kept("phone", "no telephone number")
		return
	}
	u.Phone = p.Phone
	t.took("phone")
}

func (t *taking) address() {
	u := &t.out.Understood
	words := t.quoted("address", t.said.Address)
	if words == "" || u.Address != (contact.Address{}) {
		return
	}
	a := t.read(words, understanding.AskedAddress)
	if a.Address == (contact.Address{}) {
		t.kept("address", "no address that the grammar knows")
		return
	}
	u.Address = a.Address
	t.took("address")
}

// name is taken where it was asked for: the grammar's reading of the words, or else the words themselves, since names are
// not in any list.
func (t *taking) name() {
	u := &t.out.Understood
	words := t.quoted("name", t.said.Name)
	if words == "" || u.Name != "" || t.q.Context.Asked != understanding.AskedName {
		return
	}
	n := t.read(words, understanding.AskedName)
	if n.Name != "" {
		u.Name, u.NamePart, u.Spelt = n.Name, n.NamePart, n.Spelt
		t.took("name")
		return
	}
	parts := strings.Fields(words)
	if len(parts) > 3 || strings.ContainsFunc(words, func(r rune) bool {
		return !unicode.IsLetter(r) && r != ' ' && r != '\'' && r != '-' && r != '.'
	}) {
		t.kept("name", "not like a name")
		return
	}
	for i, p := range parts {
		r := []rune(p)
		r[0] = unicode.ToUpper(r[0])
		parts[i] = string(r)
	}
	u.Name = strings.Join(parts, " ")
	if len(parts) == 1 {
		u.NamePart = "first"
	}
	t.took("name")
}

func (t *taking) answer() {
	u := &t.out.Understood
	if u.Answer != understanding.NoAnswer || u.Choice != nil || t.q.Context.Asked == understanding.AskedNothing {
		return
	}
	may := map[string]bool{"yes": t.q.MayAffirm, "no": t.q.MayDeny}
	switch a := t.said.Answer; {
	case a == "":
	case !may[a]:
		t.kept("answer", "the caller has to say it plainly")
	case a == "yes":
		u.Answer = understanding.Yes
		t.took("yes")
	default:
		u.Answer = understanding.No
		t.took("no")
	}
}

func (t *taking) choice() {
	u := &t.out.Understood
	if t.said.Choice == 0 || u.Choice != nil || t.q.Context.Asked != understanding.AskedChoice {
		return
	}
	if t.said.Choice < 1 || t.said.Choice > len(t.q.Context.Offers) {
		t.kept("choice", "no such time is on offer")
		return
	}
	if !contains(t.words, wordsOf(t.said.When)) {
		t.kept("choice", "no words of the caller's take it")
		return
	}
	u.Choice = &understanding.Choice{Index: t.said.Choice - 1}
	t.took("choice")
}

// reply takes the answer to an open question, with the facts that it names. Where the model's own words will not do, the
// shop's will: the answer it wrote itself, or what the flow says of hours, area and services.
func (t *taking) reply() {
	u := &t.out.Understood
	for _, id := range t.said.Facts {
		at := slices.IndexFunc(t.facts, func(f Fact) bool { return f.ID == id })
		if at < 0 {
			t.kept("fact", "none of the shop's")
			continue
		}
		t.out.Facts = append(t.out.Facts, t.facts[at])
	}
	if len(t.out.Facts) == 0 {
		if t.said.Reply != "" {
			t.kept("reply", "it names no fact")
		}
		return
	}
	if u.FAQ >= 0 || u.Topic != "" {
		return
	}
	if !u.Asks && !slices.Contains(t.said.Intents, string(understanding.IntentQuestion)) {
		t.kept("reply", "nothing was asked")
		return
	}
	switch f := t.out.Facts[0]; {
	case f.faq >= 0:
		u.FAQ, u.FAQs = f.faq, []int{f.faq}
	default:
		u.Topic = f.topic
	}
	u.Asks = true
	t.raise(understanding.IntentQuestion)
	t.took("question about " + t.out.Facts[0].ID)
	// hours, area and services are said by the flow, from typed values
	if typed := slices.ContainsFunc(t.out.Facts, func(f Fact) bool { return f.faq < 0 }); t.q.MayAnswer && !typed {
		t.out.Answer = strings.TrimSpace(t.said.Reply)
	}
}

// wordsOf are the words of a text, as they sound: case, marks and apostrophes don't count.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.NewReplacer("'", "", "’", "").Replace(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// contains says whether some words stand in others, without a gap.
func contains(in, words []string) bool {
	if len(words) == 0 {
		return false
	}
	for i := 0; i+len(words) <= len(in); i++ {
		if slices.Equal(in[i:i+len(words)], words) {
			return true
		}
	}
	return false
}
