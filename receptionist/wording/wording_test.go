package wording_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist/flow"
	"fixly/receptionist/wording"
)

func context(ch wording.Channel) wording.Context {
	b := demo.Business()
	return wording.Context{Channel: ch, Business: b, Clock: wording.Clock{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())}}
}

func window(month time.Month, day, hour, minute int) flow.Window {
	from := time.Date(2026, month, day, hour, minute, 0, 0, demo.Business().Location())
	return flow.Window{From: from, To: from.Add(2 * time.Hour)}
}

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		windows         []flow.Window
		spoken, written string
	}{
		{[]flow.Window{window(11, 24, 8, 0)}, "tomorrow between eight and ten", "tomorrow (Tue 11/24) between 8 and 10 AM"},
		{[]flow.Window{window(11, 23, 11, 30)}, "today between eleven thirty and one thirty", "today between 11:30 AM and 1:30 PM"},
		{[]flow.Window{window(11, 24, 8, 0), window(11, 24, 12, 0)}, "tomorrow between eight and ten, or between noon and two", "tomorrow (Tue 11/24) between 8 and 10 AM, or between 12 and 2 PM"},
		{[]flow.Window{window(11, 27, 13, 0), window(12, 1, 8, 0)}, "Friday between one and three, or Tuesday, December first between eight and ten", "Fri 11/27 between 1 and 3 PM, or Tue 12/1 between 8 and 10 AM"},
		{[]flow.Window{window(11, 23, 20, 45)}, "today between eight forty-five and ten forty-five at night", "today between 8:45 and 10:45 PM"},
		{[]flow.Window{window(11, 24, 2, 0)}, "tomorrow between two and four in the morning", "tomorrow (Tue 11/24) between 2 and 4 AM"},
	} {
		v := flow.Conveyance{Kind: flow.TellOffer, Windows: c.windows}
		if got := wording.English.Say([]flow.Conveyance{v}, context(wording.Spoken))[0]; got != "I have "+c.spoken+"." {
			t.Errorf("spoken: %q, want %q", got, c.spoken)
		}
		if got := wording.English.Say([]flow.Conveyance{v}, context(wording.Written))[0]; got != "I have "+c.written+"." {
			t.Errorf("written: %q, want %q", got, c.written)
		}
	}
}

func TestNumbersAreReadInGroups(t *testing.T) {
	v := flow.Conveyance{
		Kind: flow.AskReadBack, Name: "Karen Whitfield", Phone: "+13125550142",
		Address: contact.Address{Line1: "1842 North Damen Avenue", Unit: "Unit 6", ZIP: "60647"}, Windows: []flow.Window{window(11, 24, 8, 0)},
	}
	want := "So that's Karen Whitfield, 3 1 2, 5 5 5, 0 1 4 2, at 1842 North Damen Avenue, Unit 6, 6 0 6 4 7, tomorrow between eight and ten. Is that right?"
	if got := wording.English.Say([]flow.Conveyance{v}, context(wording.Spoken))[0]; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPricesAndHours(t *testing.T) {
	b := demo.Business()
	for _, c := range []struct {
		v    flow.Conveyance
		want string
	}{
		{flow.Conveyance{Kind: flow.TellPrice, Service: "Drain cleaning", Price: "from $149"}, "Drain cleaning is from $149."},
		{flow.Conveyance{Kind: flow.TellPrice, Service: "Leak repair", Price: "$129 visit, then by quote"}, "Leak repair is a $129 visit, then by quote."},
		{flow.Conveyance{Kind: flow.AskFee, Price: b.Emergencies.AfterHoursFee}, "Coming out after hours adds a $150 after-hours fee. Is that okay?"},
		{flow.Conveyance{Kind: flow.TellHours, List: flow.Week(&b.Hours)}, "We're open Monday to Friday eight to five, and Saturday nine to one."},
		{flow.Conveyance{Kind: flow.TellServices, List: []string{"AC repair", "Duct cleaning"}}, "We do AC repair and duct cleaning."},
		{flow.Conveyance{Kind: flow.TellArea, List: []string{"Oak Park", "Chicago"}}, "We cover Oak Park and Chicago."},
		{flow.Conveyance{Kind: flow.TellOutOfArea, Place: "60540", List: []string{"Chicago"}}, "I'm sorry, we don't go out to 6 0 5 4 0. We only cover parts of Chicago."},
	} {
		if got := wording.English.Say([]flow.Conveyance{c.v}, context(wording.Spoken))[0]; got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestTheCatalogues hold every way of saying everything, in every language, to the rules of speaking.
func TestTheCatalogues(t *testing.T) {
	for _, language := range wording.Languages() {
		c := wording.For(language)
		t.Run(language, func(t *testing.T) {
			for kind, p := range c.Phrases {
				checkWays(t, c, kind, wording.Spoken, p.Spoken)
				if len(p.Written) > 0 {
					checkWays(t, c, kind, wording.Written, p.Written)
				}
				if strings.HasPrefix(string(kind), "ask_") && (len(p.Spoken) < 2 || len(p.Written) == 1) {
					t.Errorf("%s: one way of asking only", kind)
				}
			}
		})
	}
}

var (
	leftOver = regexp.MustCompile(`[{}]`)
	figures  = strings.NewReplacer("3 1 2, 5 5 5, 0 1 4 2", "number", "6 0 6 4 7", "zip")
)

func checkWays(t *testing.T, c *wording.Catalogue, kind flow.Kind, ch wording.Channel, ways []string) {
	t.Helper()
	seen := map[string]bool{}
	for nth, way := range ways {
		if seen[way] {
			t.Errorf("%s: %q twice", kind, way)
		}
		seen[way] = true
		v := flow.Conveyance{
			Kind: kind, Nth: nth, Windows: []flow.Window{window(11, 24, 8, 0), window(11, 24, 12, 0)}, Day: window(11, 24, 8, 0).From,
			Spans: []flow.Window{window(11, 24, 8, 0)}, Service: "Drain cleaning", Price: "from $149", Name: "Karen Whitfield", Person: "Mike",
			Phone: "+13125550142", Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"}, Place: "Naperville",
			List: []string{"Drain cleaning", "Leak repair", "Furnace repair"}, Text: "a word", Minutes: 90, Next: [2]string{"pipe_leak", "how_bad"}, Things: []string{"furnace", "water_heater", "pipe"},
		}
		if kind == flow.AskReadBack || kind == flow.AskReadBackShort {
			v.Windows = v.Windows[:1]
		}
		if kind == flow.TellHours {
			v.List = flow.Week(&demo.Business().Hours)
		}
		s := c.Say([]flow.Conveyance{v}, context(ch))[0]
		words := len(strings.Fields(figures.Replace(s)))
		most := 25
		switch {
		case strings.HasPrefix(string(kind), "danger"):
			most = 32 // fixed words, to be said whole
		case c != wording.English && strings.Contains(way, "indows}"), kind == flow.TellHours:
			most = 30 // "between eight and ten" and "entre 8 y 10" are as long by ear
		}
		switch {
		case leftOver.MatchString(s):
			t.Errorf("%s: a placeholder is left in %q", kind, s)
		case words > most:
			t.Errorf("%s: %d words: %q", kind, words, s)
		case strings.Count(s, "?") > 1:
			t.Errorf("%s: two questions: %q", kind, s)
		case strings.HasPrefix(string(kind), "ask_") && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "please.") && !strings.HasSuffix(s, "por favor."):
			t.Errorf("%s: no question: %q", kind, s)
		case strings.Contains(strings.ToLower(s), "inconvenience"), strings.Contains(s, "  "), strings.Contains(s, " ."):
			t.Errorf("%s: %q", kind, s)
		}
	}
}

// TestEveryKindHasWords reads the closed list of kinds where it is declared.
func TestEveryKindHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../flow/convey.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		n++
		kind := flow.Kind(strings.Trim(lit.Value, `"`))
		for _, language := range wording.Languages() {
			if len(wording.For(language).Phrases[kind].Spoken) == 0 {
				t.Errorf("%s has no words in %q", kind, language)
			}
		}
		return true
	})
	if n < 80 {
		t.Errorf("only %d kinds were found", n)
	}
}

// TestTheCataloguesSayTheSame compares what a phrase tells in each language with what it tells in English: a value
// that English never names for a kind is none that the flow gives with it.
func TestTheCataloguesSayTheSame(t *testing.T) {
	placeholder := regexp.MustCompile(`{(\w+)}`)
	values := func(p wording.Phrase) map[string]bool {
		out := map[string]bool{}
		for _, way := range slices.Concat(p.Spoken, p.Written) {
			for _, m := range placeholder.FindAllStringSubmatch(way, -1) {
				out[strings.ToLower(m[1])] = true
			}
		}
		return out
	}
	for _, language := range wording.Languages() {
		for kind, p := range wording.For(language).Phrases {
			english := values(wording.English.Phrases[kind])
			for v := range values(p) {
				if !english[v] {
					t.Errorf("%s, %s: {%s} is not among the values of this kind", language, kind, v)
				}
			}
		}
	}
}

func TestUnknownLanguagesFallBack(t *testing.T) {
	for _, l := range []string{"", "en-US", "xx"} {
		if c := wording.For(l); c != wording.English {
			t.Errorf("%q: %s", l, c.Language)
		}
	}
	if wording.Speaks("xx") || !wording.Speaks("en-GB") {
		t.Error("speaks what it doesn't, or the other way round")
	}
}
