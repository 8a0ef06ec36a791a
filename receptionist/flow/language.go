package flow

import (
	"slices"

	"fixly/receptionist/understanding"
)

// A conversation is held in one language at a time, and changes to another of the shop's when the caller asks for it,
// when the first thing that they have to say is in it, and when they go on in it. What is known and what is under way
// stays as it is: a question is asked again in the other language, an offer stays on the table.

// foreignBefore is how many utterances in a row in another language change to it.
const foreignBefore = 2

// spoken is the language that the conversation is held in, ISO 639-1.
func (t *turn) spoken() string {
	switch {
	case t.s.Language != "":
		return t.s.Language
	case len(t.e.Languages) > 0:
		return t.e.Languages[0]
	}
	return "en"
}

// speaks says whether the conversation can be held in a language.
func (t *turn) speaks(language string) bool {
	return language == t.spoken() || slices.Contains(t.e.Languages, language)
}

// tongue settles the language of the turn, before anything else: fixed words about danger have to be understood.
func (t *turn) tongue() (bool, error) {
	s, u := t.s, t.u
	if u.LanguageAsked != "" {
		s.Foreign = 0
		if t.speaks(u.LanguageAsked) {
			s.Language = u.LanguageAsked
		}
		return false, nil
	}
	switch {
	case t.answersWithDetails():
		// a name, a number or a street is the same in any language
	case u.Language == t.spoken(), u.Language == "" && t.saysSomething():
		s.Foreign = 0
	case u.Language != "" && t.speaks(u.Language):
		s.Foreign++
		if s.Foreign >= foreignBefore || !s.Settled && t.saysSomething() || u.Danger != "" {
			s.Language, s.Foreign = u.Language, 0
		}
	}
	s.Settled = s.Settled || t.saysSomething()
	return false, nil
}

// wordsIn is the language of what was just said, as far as it can be told: that of the conversation otherwise.
func (t *turn) wordsIn() string {
	if t.u.Language != "" {
		return t.u.Language
	}
	return t.spoken()
}

// owners is the language that owners read.
const owners = "en"

// quoted puts a caller's words as the owner gets them: as they are in the owner's language, and marked as the caller's
// own in another.
func quoted(words, language string) string {
	if words == "" || language == "" || language == owners {
		return words
	}
	return "in their words: «" + words + "»"
}

// saysSomething says whether an utterance is more than a greeting.
func (t *turn) saysSomething() bool {
	u := t.u
	if u.Service != "" || u.Problem != "" || u.Danger != "" || u.Urgency != "" || u.NotOffered != "" || u.Topic != "" || u.FAQ >= 0 || !u.When.IsZero() {
		return true
	}
	return slices.ContainsFunc(u.Intents, func(i understanding.ScoredIntent) bool {
		return i.Score >= sure && i.Name != understanding.IntentGoodbye && i.Name != understanding.IntentRepeat && i.Name != understanding.IntentLanguage
	})
}

// answersWithDetails says whether who or where was asked for and given.
func (t *turn) answersWithDetails() bool {
	u := t.u
	switch t.s.Question {
	case QName, QLastName:
		return u.Name != ""
	case QPhone, QPhoneSame:
		return u.Phone != "" || u.Digits != ""
	case QAddress, QAddressSame, QZIP:
		return !u.Address.IsZero() || u.Digits != "" || u.CityOnly != ""
	}
	return false
}

// languageAsked answers who asks for a language: in that one, or that it can't be.
func (t *turn) languageAsked() (bool, error) {
	want := t.u.LanguageAsked
	if want == "" {
		want = t.u.Language
	}
	if want != "" && !t.speaks(want) {
		return t.foreign()
	}
	if t.u.LanguageAsked == "" {
		return false, nil
	}
	t.because(WhyLanguageSet)
	t.say(Conveyance{Kind: SaySwitched})
	t.answered = len(t.d.Convey)
	if t.learned || t.wished || t.u.Service != "" || t.u.Topic != "" || t.u.FAQ >= 0 || t.u.Urgency != "" {
		return false, nil // "do you speak Spanish? I have a leak"
	}
	t.again()
	return true, nil
}

// foreign answers who speaks a language that we don't: so it is said, and a message taken for who can't go on.
func (t *turn) foreign() (bool, error) {
	if t.learned && t.s.Said[SayEnglishOnly] > 0 || t.s.Said[SayEnglishOnly] > 1 {
		return false, nil
	}
	t.because(WhyLanguage)
	t.say(Conveyance{Kind: SayEnglishOnly})
	if t.learned {
		return true, t.wantsAndGoOn()
	}
	t.again()
	return true, nil
}
