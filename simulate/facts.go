package simulate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/contact"
)

// facts are who a caller is and where.
type facts struct {
	First, Last string
	From        string // E.164 of the phone they call from; empty: withheld
	Phone       string // E.164 where they want to be reached
	House       string // "1842"
	Direction   string // "North" or empty
	Street      string // "Damen"
	Kind        string // "Avenue"
	Unit        string // "Unit 3", or empty
	ZIP         string
	City        string
}

// areaCodes are of large places in the United States; which one a caller has is nothing to a shop.
var areaCodes = [...]string{"312", "773", "872", "708", "847", "630", "303", "720", "212", "646", "415", "213", "214", "404", "617", "206"}

func newFacts(r *rand.Rand, p *people, b *business.Business) facts {
	f := facts{
		First: pick(r, p.First), Last: pick(r, p.Last), From: newPhone(r), House: newHouse(r), Street: pick(r, p.Streets), Kind: pick(r, p.Kinds),
		ZIP: newZIP(r, b),
	}
	if chance(r, 0.08) {
		f.Street = pick(r, p.Numbered)
		f.Kind = "Street"
	}
	if chance(r, 0.55) {
		f.Direction = pick(r, []string{"North", "South", "West", "East"})
	}
	if chance(r, 0.15) {
		f.Unit = pick(r, []string{"Apartment ", "Unit "}) + strconv.Itoa(1+r.IntN(30))
	}
	if len(b.ServiceArea.Cities) > 0 {
		f.City = pick(r, b.ServiceArea.Cities)
	}
	f.Phone = f.From
	if chance(r, 0.12) {
		f.Phone = newPhone(r)
	}
	if chance(r, 0.05) {
		f.From = "" // withheld
	}
	return f
}

func newPhone(r *rand.Rand) string {
	return fmt.Sprintf("+1%s%d%d%d%04d", pick(r, areaCodes[:]), 2+r.IntN(8), r.IntN(10), 2+r.IntN(8), r.IntN(10000))
}

func newHouse(r *rand.Rand) string {
	switch n := r.Float64(); {
	case n < 0.15:
		return strconv.Itoa(10 + r.IntN(90))
	case n < 0.45:
		return strconv.Itoa(100 + r.IntN(900))
	default:
		return strconv.Itoa(1000 + r.IntN(8900))
	}
}

// newZIP is a ZIP code of the shop's area; any, where it lists none.
func newZIP(r *rand.Rand, b *business.Business) string {
	if len(b.ServiceArea.ZIPs) > 0 {
		return pick(r, b.ServiceArea.ZIPs)
	}
	return fmt.Sprintf("%05d", 10000+r.IntN(89999))
}

// name is the whole name.
func (f *facts) name() string { return f.First + " " + f.Last }

// line1 is the street with its number, as it would be written.
func (f *facts) line1() string {
	return strings.Join(strings.Fields(f.House+" "+f.Direction+" "+f.Street+" "+f.Kind), " ")
}

// address is where the work is.
func (f *facts) address(b *business.Business) contact.Address {
	return contact.Address{Line1: f.line1(), Unit: f.Unit, City: f.City, State: b.ServiceArea.State, ZIP: f.ZIP}
}

// short forms that mean the same in an address.
var longForms = map[string]string{
	"n": "north", "s": "south", "e": "east", "w": "west", "st": "street", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "rd": "road",
	"dr": "drive", "pl": "place", "ct": "court", "ln": "lane", "pkwy": "parkway", "saint": "street", "18th": "eighteenth", "19th": "nineteenth",
	"21st": "twentyfirst", "23rd": "twentythird", "24th": "twentyfourth", "31st": "thirtyfirst", "35th": "thirtyfifth", "16th": "sixteenth",
}

var streetKinds = map[string]bool{
	"street": true, "avenue": true, "boulevard": true, "road": true, "drive": true, "place": true, "court": true, "lane": true, "parkway": true,
}

var directions = map[string]bool{"north": true, "south": true, "east": true, "west": true}

// sameStreet says how a written street differs from the facts, "" where it is the same house. A direction or a kind
// of street that is left out is no difference.
func (f *facts) sameStreet(line1 string) string {
	wantHouse, wantName, wantDir, wantKind := streetParts(f.line1())
	house, name, dir, kind := streetParts(line1)
	switch {
	case house != wantHouse:
		return fmt.Sprintf("house %q, is %q", house, wantHouse)
	case name != wantName && soundOf(name) != soundOf(wantName):
		return fmt.Sprintf("street %q, is %q", name, wantName)
	case dir != "" && wantDir != dir:
		return fmt.Sprintf("%s, is %q", dir, wantDir)
	case kind != "" && kind != wantKind:
		return fmt.Sprintf("%s, is %q", kind, wantKind)
	}
	return ""
}

// streetParts takes a written street apart; the name comes as one word in small letters.
func streetParts(line1 string) (house, name, dir, kind string) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", ".", " ", "-", "", "'", "").Replace(line1)))
	words = slices.Compact(words) // a word said twice
	for i, w := range words {
		if l := longForms[w]; l != "" {
			w = l
		}
		switch {
		case i == 0 && w[0] >= '0' && w[0] <= '9':
			house = w
		case directions[w] && name == "" && i < len(words)-1:
			dir = w
		case i == len(words)-1 && name != "" && streetKinds[w]:
			kind = w
		default:
			name += w
		}
	}
	return house, name, dir, kind
}
