package trades_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"fixly/business/trades"
)

func TestThePacksAreSound(t *testing.T) {
	l := trades.All()
	if l.Packs[0].Trade != trades.Common {
		t.Errorf("the first pack is %s", l.Packs[0].Trade)
	}
	want := []string{"appliances", "drains", "electrical", "garage_doors", "heating_cooling", "locks", "plumbing", "roofing"}
	if len(l.Packs) != len(want)+1 {
		t.Fatalf("%d packs", len(l.Packs))
	}
	for i, p := range l.Packs[1:] {
		if p.Trade != want[i] {
			t.Errorf("pack %d is %s, want %s", i, p.Trade, want[i])
		}
		if len(p.Problems) < 8 {
			t.Errorf("%s knows %d problems", p.Trade, len(p.Problems))
		}
	}
}

const sound = `
trade: testing
name: {en: testing}
concepts:
  thing: {en: [thing]}
  broken: {trouble: true, like: {thing: 0.2}, hides: [thing], en: ["brok*"]}
problems:
  - id: broken_thing
    about: [[thing, broken]]
    name: {en: broken thing}
    thing: thing
    ask:
      - id: old
        note: old
        answers: {"yes": [broken], "no": []}
        raises: {"yes": urgent}
        en: ["Is it old?", "Is that an old one?"]
work:
  testing: {en: ["test*"]}
dangers:
  spark: {kind: electric, en: ["spark*"]}
`

func TestMistakesInAPackAreNamed(t *testing.T) {
	if _, err := trades.Read(fstest.MapFS{"testing.yaml": {Data: []byte(sound)}}); err != nil {
		t.Fatalf("the sound one: %v", err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "work:", "wrok:", "wrok"},
		{"another trade than the file's", "trade: testing", "trade: toasting", `"toasting"`},
		{"no name", "name: {en: testing}", "name: {es: pruebas}", "name has no English"},
		{"unknown language", "thing: {en: [thing]}", "thing: {en: [thing], fr: [chose]}", `"fr"`},
		{"no words", "thing: {en: [thing]}", "thing: {es: [cosa]}", "concept thing has no English words"},
		{"like nothing", "like: {thing: 0.2}", "like: {thingy: 0.2}", `"thingy", which is no concept`},
		{"too alike", "like: {thing: 0.2}", "like: {thing: 2}", "at most 1"},
		{"hides nothing", "hides: [thing]", "hides: [thingy]", "no concept"},
		{"about nothing", "about: [[thing, broken]]", "about: [[thing, bust]]", `"bust", which is no concept`},
		{"happens to nothing", "thing: thing", "thing: thingy", "no concept"},
		{"does nothing", "thing: thing", "thing: thing\n    does: dance", `"dance"`},
		{"whose work", "thing: thing", "thing: thing\n    work: dancing", `"dancing"`},
		{"one wording", `en: ["Is it old?", "Is that an old one?"]`, `en: ["Is it old?"]`, "two wordings"},
		{"no question", `"Is it old?"`, `"Tell me."`, "must be one question"},
		{"raises by no answer", `raises: {"yes": urgent}`, `raises: {"maybe": urgent}`, "none of its answers"},
		{"raises to nothing", `raises: {"yes": urgent}`, `raises: {"yes": quick}`, `"quick"`},
		{"kind of danger", "kind: electric", "kind: eclectic", "eclectic"},
		{"two documents", "trade: testing", "---\na: b\n---\ntrade: testing", "testing.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sound, c.old, c.new, 1)
			if text == sound {
				t.Fatal("nothing was changed")
			}
			_, err := trades.Read(fstest.MapFS{"testing.yaml": {Data: []byte(text)}})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "testing") {
				t.Errorf("got %v, want one that names %s", err, c.want)
			}
		})
	}
}

func TestANameBelongsToOnePack(t *testing.T) {
	other := strings.Replace(strings.ReplaceAll(sound, "testing", "toasting"), "broken_thing", "other", 1)
	_, err := trades.Read(fstest.MapFS{"testing.yaml": {Data: []byte(sound)}, "toasting.yaml": {Data: []byte(other)}})
	if err == nil || !strings.Contains(err.Error(), `"broken" belongs to another pack`) {
		t.Errorf("got %v", err)
	}
}
