package understanding

import m "fixly/receptionist/understanding/meaning"

// readLanguage tells Spanish from English by the words that only one of them has.
func (u *utterance) readLanguage() {
	spanish, english := 0, 0
	for i := range u.chart.Tokens {
		w := u.word(i)
		switch {
		case u.e.spanish[w]:
			spanish++
		case u.is(i, m.WFunction):
			english++
		}
	}
	n := len(u.chart.Tokens)
	if spanish >= 2 && spanish > english || spanish == 1 && english == 0 && n <= 2 {
		u.out.Language = "es"
	}
}
