package simulate

import (
	"regexp"
	"slices"
	"strings"
)

var (
	apartDigits = regexp.MustCompile(`\b\d(?:,? \d)+\b`)
	unitNumber  = regexp.MustCompile(`\b(unit|apartment|apt|suite|#) (\w+),`)
	writtenTel  = regexp.MustCompile(`\(?(\d{3})\)?[ -.]*(\d{3})[ -.]+(\d{4})\b`)
	zipCode     = regexp.MustCompile(`\b\d{5}\b`)
)

// readBack is what a reply says of a caller's facts.
type readBack struct {
	phone string // ten digits, or empty
	zip   string
	text  string // in small letters, with digits that were read one by one put together
}

// hearReadBack reads numbers out of a reply.
func hearReadBack(text string) readBack {
	var b readBack
	low := unitNumber.ReplaceAllString(strings.ToLower(text), "$1 $2.") // a pause, so that the ZIP code after it stands alone
	b.text = apartDigits.ReplaceAllStringFunc(low, func(s string) string {
		return strings.NewReplacer(" ", "", ",", "").Replace(s)
	})
	if m := writtenTel.FindStringSubmatch(b.text); m != nil {
		b.phone = m[1] + m[2] + m[3]
	}
	for _, w := range strings.FieldsFunc(b.text, func(c rune) bool { return c < '0' || c > '9' }) {
		if len(w) == 10 {
			b.phone = w
		}
	}
	if zips := zipCode.FindAllString(b.text, -1); len(zips) > 0 {
		b.zip = zips[len(zips)-1]
	}
	return b
}

// mistakes compares what was read back with the truth, as the caller would who listens. Only what is said can be
// wrong. The names are those of details: phone, zip, street, unit, name, time.
func (c *caller) mistakes(h heard) []string {
	b := hearReadBack(h.text)
	var wrong []string
	if b.phone != "" && b.phone != strings.TrimPrefix(c.reachAt(), "+1") {
		wrong = append(wrong, "phone")
	}
	if b.zip != "" && b.zip != c.facts.ZIP {
		wrong = append(wrong, "zip")
	}
	if m := streetRE.FindString(b.text); m != "" && c.facts.sameStreet(strings.TrimSpace(m)) != "" || h.ask == askReadBack && b.zip != "" && !c.hearsHouse(b.text) {
		wrong = append(wrong, "street")
	}
	if h.ask == askReadBack && b.zip != "" && c.told["unit"] && !slices.Contains(strings.Fields(marks.Replace(b.text)), lastWord(c.facts.Unit)) {
		wrong = append(wrong, "unit")
	}
	if name := nameBefore(b.text); name != "" && !sameName(name, c.contactName()) && !sameName(name, c.facts.First) {
		wrong = append(wrong, "name")
	}
	if len(h.offers) == 1 && (c.accepted != nil && !h.offers[0].from.Equal(c.accepted.from) || c.accepted == nil && h.ask == askReadBack) {
		wrong = append(wrong, "time")
	}
	return wrong
}

var marks = strings.NewReplacer(",", " ", ".", " ", "?", " ", "#", " ")

// hearsHouse says whether the number of the house and the name of the street are in a text.
func (c *caller) hearsHouse(text string) bool {
	words := strings.Fields(marks.Replace(text))
	_, name, _, _ := streetParts(c.facts.line1())
	for i, w := range words {
		if l := longForms[w]; l != "" {
			words[i] = l
		}
	}
	at := slices.Index(words, c.facts.House)
	return at >= 0 && strings.Contains(soundOf(strings.Join(words[at+1:], "")), soundOf(name)[1:])
}

// streetRE finds a street with its house number.
var streetRE = regexp.MustCompile(`\b\d{1,5} (?:[a-z0-9'.-]+ ){0,4}?(?:street|avenue|boulevard|road|drive|place|court|lane|parkway|terrace|way)\b`)

// nameLead comes before the name in a read-back.
var nameLead = regexp.MustCompile(`(?:so that's|read that back:|to confirm:|now i have|so it's|that makes it|i have you as|it's|entonces es|se lo repito:|para confirmar:|ahora tengo|entonces queda|así sería) ([a-zñáéíóú' -]+?),`)

func nameBefore(text string) string {
	if m := nameLead.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}
