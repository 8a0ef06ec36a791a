package understanding

import (
	"fmt"

	"fixly/business"
	"fixly/receptionist/understanding/en"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// language is one language as a shop's callers speak it: its rules together with the names of the shop.
type language struct {
	*m.Language
	g *grammar.Grammar
}

// languagesOf compiles the languages of a business, its first one first.
func languagesOf(b *business.Business, staff map[string]bool) []*language {
	return []*language{compile(en.Language(), b, staff)}
}

func compile(l *m.Language, b *business.Business, staff map[string]bool) *language {
	spec := l.Spec(staff)
	for _, c := range b.ServiceArea.Cities {
		l.City(&spec, c)
	}
	g, err := grammar.Compile(spec)
	if err != nil {
		// The rules are part of the program and every one is compiled by the tests; a business adds names only.
		panic(fmt.Sprintf("understanding: language %s: %v", l.Code, err))
	}
	return &language{l, g}
}
