// Package wording turns what the flow conveys into sentences: for the ear on calls, for the screen in texts. Each
// language is one Catalogue, which is data and a few forms; nothing here decides anything.
package wording

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fixly/business"
	"fixly/business/trades"
	"fixly/contact"
	"fixly/receptionist/flow"
)

// Channel is how the sentences reach the caller.
type Channel int

// The channels.
const (
	Spoken Channel = iota
	Written
)

// Phrase holds the ways of saying one thing, taken in turn so that it is never said the same way twice running.
// A way may hold placeholders in braces, which are filled from the conveyance's typed values:
//
//	{windows} {Windows} {dated} {day} {duration} {hours} {week} {service} {Service} {price} {name} {first} {person} {phone} {address} {street} {line}
//	{place} {list} {alternatives} {text} {next} {things} {business}
type Phrase struct {
	Spoken  []string
	Written []string // empty: as spoken
}

// Forms is how a language writes typed values.
type Forms interface {
	// Windows names arrival windows, as alternatives.
	Windows(w []flow.Window, x Context) string
	// Duration says how long something takes.
	Duration(minutes int) string
	// Day names a day.
	Day(c flow.Conveyance, x Context) string
	// Hours names the opening hours of one day.
	Hours(w []flow.Window, x Context) string
	// Week names the opening hours of a week, see flow.Week.
	Week(week []string, x Context) string
	Phone(e164 string, x Context) string
	Address(a contact.Address, x Context) string
	// Price says a price of the price list in mid-sentence.
	Price(price string) string
	// Place says a town, or a ZIP code in digits.
	Place(place string, x Context) string
	// List joins alternatives, at most a handful.
	List(items []string, and bool) string
	// Service names a service in mid-sentence.
	Service(name string) string
	// Text says words that are nobody's typed value: a condition or an answer of the owner's, a caller's own.
	Text(c flow.Conveyance) string
}

// Catalogue is one language.
type Catalogue struct {
	Language string // BCP 47 tag, as carriers want it
	Hello    string // the greeting of a business that has none of its own
	// Recorded and MayRecord are what is said at the beginning about the recording of the call: that it is, and whether it
	// may be. Lawyers have an eye on these, so they are said one way only.
	Recorded, MayRecord string
	Held                string // said in place of a sentence that the guard kept back
	// Apologies are what every apology has one of, in lower case.
	Apologies []string
	Phrases   map[flow.Kind]Phrase
	// Extension is the word before the extension of a telephone number.
	Extension string
	Forms     Forms
}

// catalogues are the languages spoken, by ISO 639-1 code.
var catalogues = map[string]*Catalogue{"en": English, "es": Spanish}

// For gives the catalogue of a language (a BCP 47 tag or its first part); English where there is none.
func For(language string) *Catalogue {
	code, _, _ := strings.Cut(strings.ToLower(language), "-")
	if c := catalogues[code]; c != nil {
		return c
	}
	return English
}

// Speaks says whether there is a catalogue for a language.
func Speaks(language string) bool {
	code, _, _ := strings.Cut(strings.ToLower(language), "-")
	return catalogues[code] != nil
}

// Languages are the languages that there is a catalogue for, by ISO 639-1 code, in alphabetical order.
func Languages() []string { return slices.Sorted(maps.Keys(catalogues)) }

// Greeting greets callers of a business that has no greeting of its own.
func (c *Catalogue) Greeting(b *business.Business) string {
	return c.fill(c.Hello, flow.Conveyance{}, Context{Business: b})
}

// Safe is what may always be said, in place of a sentence that may not.
func (c *Catalogue) Safe(x Context) string { return c.fill(c.Held, flow.Conveyance{}, x) }

// Say words a turn: one entry per conveyance, in order.
func (c *Catalogue) Say(conveyances []flow.Conveyance, x Context) []string {
	out := make([]string, 0, len(conveyances))
	sorry := x.Said == nil || x.Said.MaySorry()
	for _, v := range conveyances {
		if s := c.one(v, x, sorry); s != "" {
			out = append(out, s)
			sorry = sorry && !c.IsSorry(s)
		}
	}
	return out
}

// one says one thing: in the way whose turn it is, unless that was said before, or would be one apology too many, and
// another way is left.
func (c *Catalogue) one(v flow.Conveyance, x Context, sorry bool) string {
	p := c.Phrases[v.Kind]
	ways := p.Spoken
	if x.Channel == Written && len(p.Written) > 0 {
		ways = p.Written
	}
	best, least := "", 0
	for i := range ways {
		s := c.fill(ways[(v.Nth+i)%len(ways)], v, x)
		cost := x.cost(s)
		if !sorry && c.IsSorry(s) {
			cost += tooSorry
		}
		if i == 0 || cost < least {
			best, least = s, cost
		}
		if least == 0 {
			break
		}
	}
	return best
}

// What speaks against a way of saying something. A sentence that was said costs more the shorter ago that was.
const (
	tooSorry  = 500
	saidFirst = 100
	saidJust  = 1000 // in this reply or the one before
)

func (x *Context) cost(s string) int {
	if x.Said == nil {
		return 0
	}
	switch ago := x.Said.Ago(s); {
	case ago == 0:
		return 0
	case ago <= 3:
		return saidJust
	default:
		return max(1, saidFirst-ago)
	}
}

// IsSorry says whether a sentence is an apology.
func (c *Catalogue) IsSorry(s string) bool {
	s = strings.ToLower(s)
	for _, a := range c.Apologies {
		if strings.Contains(s, a) {
			return true
		}
	}
	return false
}

// Context is what wording knows besides what is conveyed.
type Context struct {
	Channel  Channel
	Business *business.Business
	Clock    Clock
	// Dated: days are named with their dates, near ones too, because it is in doubt which is meant.
	Dated bool
	// Said is what was said in the conversation before; nil: nothing is known of it.
	Said *flow.Spoken
}

// fill replaces the placeholders.
func (c *Catalogue) fill(way string, v flow.Conveyance, x Context) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(way, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(way[i:], '}')
		if j < 0 {
			break
		}
		b.WriteString(way[:i])
		b.WriteString(c.value(way[i+1:i+j], v, x))
		way = way[i+j+1:]
	}
	b.WriteString(way)
	return tidy(b.String())
}

func (c *Catalogue) value(name string, v flow.Conveyance, x Context) string {
	f := c.Forms
	switch name {
	case "windows":
		return f.Windows(v.Windows, x)
	case "line":
		return v.Address.Line1
	case "dated":
		x.Dated = true
		return f.Windows(v.Windows, x)
	case "Windows":
		return capital(f.Windows(v.Windows, x))
	case "duration":
		return f.Duration(v.Minutes)
	case "day":
		return f.Day(v, x)
	case "hours":
		return f.Hours(v.Spans, x)
	case "week":
		return f.Week(v.List, x)
	case "service":
		return f.Service(v.Service)
	case "Service":
		return capital(f.Service(v.Service))
	case "price":
		return f.Price(v.Price)
	case "name":
		return v.Name
	case "first":
		first, _, _ := strings.Cut(v.Name, " ")
		return first
	case "person":
		return v.Person
	case "phone":
		phone := f.Phone(v.Phone, x)
		if v.Extension != "" {
			phone += ", " + c.Extension + " " + v.Extension
		}
		return phone
	case "address":
		return f.Address(v.Address, x)
	case "street":
		return v.Address.Line1
	case "place":
		return f.Place(v.Place, x)
	case "list":
		return f.List(v.List, true)
	case "alternatives":
		return f.List(v.List, false)
	case "text":
		return f.Text(v)
	case "next":
		return c.question(v)
	case "things":
		return f.List(c.things(v.Things), false)
	case "business":
		return x.Business.Profile.Name
	}
	return ""
}

// question is a question of the trade packs, in another wording each time.
func (c *Catalogue) question(v flow.Conveyance) string {
	p := trades.All().Problem(v.Next[0])
	if p == nil {
		return ""
	}
	q := p.Question(v.Next[1])
	if q == nil {
		return ""
	}
	ways := q.Words[c.code()]
	if len(ways) == 0 {
		ways = q.Words["en"]
	}
	return ways[v.Nth%len(ways)]
}

// things names things of the trade packs.
func (c *Catalogue) things(ids []string) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, trades.All().Concepts[id].Call.In(c.code()))
	}
	return out
}

// code is the catalogue's language, ISO 639-1.
func (c *Catalogue) code() string {
	code, _, _ := strings.Cut(strings.ToLower(c.Language), "-")
	return code
}

// capital begins a sentence with a capital letter.
func capital(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

var gaps = strings.NewReplacer(" ,", ",", " .", ".", " ?", "?", ",,", ",", "..", ".", ", .", ".", ", ?", "?")

// tidy mends what empty values leave behind.
func tidy(s string) string { return gaps.Replace(strings.Join(strings.Fields(s), " ")) }
