package flow

import (
	"strings"

	"fixly/receptionist/understanding"
)

// keys takes pressed keys: a number or a ZIP code digit by digit, a choice by its place, 1 and 2 for yes and no,
// 0 for a person. It says whether the turn goes on as if the meaning had been spoken; otherwise more keys are due.
func (t *turn) keys() bool {
	s, u := t.s, t.u
	*u = understanding.Understanding{FAQ: -1, Confidence: 1, Text: t.e.Keys}
	s.Silences = 0
	digits := onlyDigits(t.e.Keys)
	if digits == "" && s.Question == QHouse && s.Keys != "" { // the pound sign alone: that was all
		u.Address.Line1, s.Keys = s.Keys, ""
		return true
	}
	if digits == "" {
		t.because(WhyIncomplete)
		return false
	}
	if s.Question == QHouse {
		return t.houseKeys(digits)
	}
	want := 0
	switch s.Question {
	case QPhone, QPhoneSame, QBookedPhone, QNewPhone:
		want = 10
	case QCode:
		want = codeDigits
	case QZIP:
		want = 5
	}
	if s.Question == QPhoneSame && s.Keys == "" && (digits == "1" || digits == "2") {
		want = 0
	}
	if want > 0 && !(digits == "0" && s.Keys == "" && want == 10) {
		s.Keys += digits
		if want == 10 && strings.HasPrefix(s.Keys, "1") {
			want = 11 // no area code begins with a one: the country code came first
		}
		if len(s.Keys) < want {
			t.because(WhyIncomplete)
			return false
		}
		full := s.Keys[:want]
		s.Keys = ""
		switch want {
		case 5:
			u.Address.ZIP = full
		case codeDigits:
			u.Digits = full
		default:
			u.Phone = "+1" + full[len(full)-10:]
		}
		return true
	}
	s.Keys = ""
	n := int(digits[0] - '0')
	switch {
	case n == 0:
		u.Intents = []understanding.ScoredIntent{{Name: understanding.IntentPerson, Score: 1}}
	case (s.Question == QChoice && n <= len(s.Offers)) || (s.Question == QWhichJob && n <= len(s.Jobs)):
		u.Choice = &understanding.Choice{Index: n - 1}
	case n == 1:
		u.Answer = understanding.Yes
	case n == 2:
		u.Answer = understanding.No
	}
	return true
}

// houseKeys takes the number of the house: all of it at once, or key by key up to the pound sign.
func (t *turn) houseKeys(digits string) bool {
	s := t.s
	s.Keys += digits
	if len(t.e.Keys) == 1 && len(s.Keys) < maxHouse {
		t.because(WhyIncomplete)
		return false
	}
	t.u.Address.Line1 = s.Keys[:min(len(s.Keys), maxHouse)]
	s.Keys = ""
	return true
}

// maxHouse is how many digits the number of a house has at most.
const maxHouse = 6

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
