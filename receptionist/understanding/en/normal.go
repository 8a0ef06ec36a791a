package en

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
)

// contractions are words that stand for several. Recognisers often leave the apostrophe out, hence both forms.
var contractions = map[string][]string{
	"i'm": {"i", "am"}, "im": {"i", "am"}, "i've": {"i", "have"}, "ive": {"i", "have"}, "i'd": {"i", "would"}, "i'll": {"i", "will"},
	"it's": {"it", "is"}, "its": {"it", "is"}, "it'll": {"it", "will"}, "it'd": {"it", "would"},
	"that's": {"that", "is"}, "thats": {"that", "is"}, "that'll": {"that", "will"}, "that'd": {"that", "would"},
	"what's": {"what", "is"}, "whats": {"what", "is"}, "where's": {"where", "is"}, "wheres": {"where", "is"}, "when's": {"when", "is"},
	"who's": {"who", "is"}, "how's": {"how", "is"}, "here's": {"here", "is"}, "there's": {"there", "is"}, "theres": {"there", "is"},
	"he's": {"he", "is"}, "she's": {"she", "is"}, "whatever's": {"whatever", "is"}, "whichever's": {"whichever", "is"},
	"everything's": {"everything", "is"}, "nothing's": {"nothing", "is"}, "something's": {"something", "is"}, "either's": {"either", "is"},
	"this'll": {"this", "will"}, "let's": {"let", "us"}, "lets": {"let", "us"}, "name's": {"name", "is"}, "number's": {"number", "is"},
	"don't": {"do", "not"}, "dont": {"do", "not"}, "doesn't": {"does", "not"}, "doesnt": {"does", "not"}, "didn't": {"did", "not"}, "didnt": {"did", "not"},
	"can't": {"can", "not"}, "cant": {"can", "not"}, "cannot": {"can", "not"}, "couldn't": {"could", "not"}, "couldnt": {"could", "not"},
	"won't": {"will", "not"}, "wont": {"will", "not"}, "wouldn't": {"would", "not"}, "wouldnt": {"would", "not"},
	"isn't": {"is", "not"}, "isnt": {"is", "not"}, "ain't": {"is", "not"}, "aint": {"is", "not"}, "aren't": {"are", "not"}, "arent": {"are", "not"},
	"wasn't": {"was", "not"}, "wasnt": {"was", "not"}, "weren't": {"were", "not"}, "haven't": {"have", "not"}, "havent": {"have", "not"},
	"hasn't": {"has", "not"}, "hadn't": {"had", "not"}, "shouldn't": {"should", "not"},
	"gonna": {"going", "to"}, "wanna": {"want", "to"}, "gotta": {"got", "to"}, "gimme": {"give", "me"}, "lemme": {"let", "me"}, "dunno": {"do", "not", "know"},
	"y'all": {"you", "all"}, "yall": {"you", "all"}, "ya": {"you"}, "ur": {"your"}, "youre": {"you", "are"},
	"pls": {"please"}, "plz": {"please"}, "thx": {"thanks"}, "appt": {"appointment"}, "apptmt": {"appointment"}, "addr": {"address"},
	"tmrw": {"tomorrow"}, "tmr": {"tomorrow"}, "tmw": {"tomorrow"}, "tomorow": {"tomorrow"}, "tommorow": {"tomorrow"}, "tommorrow": {"tomorrow"},
	"tomorrows": {"tomorrow"}, "2morrow": {"tomorrow"}, "2day": {"today"}, "tonite": {"tonight"},
	"oclock": {"o'clock"}, "untill": {"until"}, "'til": {"until"}, "til": {"until"}, "wkend": {"weekend"}, "wknd": {"weekend"}, "okay": {"okay"}, "ok": {"okay"}, "o.k": {"okay"}, "alright": {"alright"}, "allright": {"alright"},
	"yup": {"yep"}, "yeh": {"yeah"}, "yea": {"yeah"}, "yah": {"yeah"}, "nah": {"nah"}, "naw": {"nah"}, "nope": {"nope"},
	"mornin": {"morning"}, "noontime": {"noon"}, "weekdays": {"weekdays"}, "asap": {"asap"}, "aswell": {"as", "well"},
	"um": {"um"}, "uhm": {"um"}, "umm": {"um"}, "er": {"um"}, "erm": {"um"}, "uhh": {"uh"}, "hmm": {"hmm"}, "mhm": {"mhm"}, "mmhmm": {"mhm"},
	// what recognisers make of words of the trade
	"fawcett": {"faucet"}, "faucett": {"faucet"}, "fossett": {"faucet"}, "fosset": {"faucet"}, "facet": {"faucet"}, "furnish": {"furnace"},
	"garberator": {"disposal"}, "garburator": {"disposal"}, "toilette": {"toilet"}, "sewar": {"sewer"}, "basment": {"basement"},
	"plummer": {"plumber"}, "plumer": {"plumber"}, "thermostadt": {"thermostat"}, "thurs": {"thursday"},
}

// endings are contractions that any word can have.
var endings = []struct{ end, word string }{{"n't", "not"}, {"'ll", "will"}, {"'re", "are"}, {"'ve", "have"}, {"'d", "would"}, {"'m", "am"}, {"'s", "'s"}}

func normalize(w string) []string {
	if p, ok := contractions[w]; ok {
		return p
	}
	if strings.IndexByte(w, '\'') > 0 {
		for _, e := range endings {
			if base, ok := strings.CutSuffix(w, e.end); ok && base != "" {
				return []string{base, e.word}
			}
		}
	}
	return nil
}

// adjust leaves out what only hesitates, reads words that sound like digits inside of numbers as those, and lone letters of typed shorthand as the words they stand for, unless letters are being spelled.
func adjust(ts []grammar.Token) []grammar.Token {
	ts = withoutHesitations(ts)
	hearDigits(ts)
	letter := func(i int) bool { return i >= 0 && i < len(ts) && ts[i].Letter }
	asIn := func(i int) bool { // "s as in sam" goes before
		return i >= 3 && (ts[i-2].Norm == "in" || ts[i-2].Norm == "for" || ts[i-2].Norm == "like") && (letter(i-3) || letter(i-4))
	}
	spelled := func(i, next int) bool {
		return letter(i) && (ts[i].Norm != "i" && ts[i].Norm != "a" || letter(next))
	}
	for i := range ts {
		if ts[i].Norm == "ty" && !isTy(ts, i) {
			ts[i].Norm, ts[i].Stem = "thanks", "thank"
		}
		w := shorthand[ts[i].Norm]
		if w == "" || asIn(i) || !ts[i].Letter || spelled(i-1, i-2) || spelled(i+1, i+2) || i == 0 && len(ts) == 1 {
			continue
		}
		ts[i].Norm, ts[i].Stem, ts[i].Letter = w, w, false
	}
	return ts
}

var shorthand = map[string]string{"u": "you", "r": "are"}

// isTy tells the name Ty from thanks, as texts abbreviate them: a name follows "this is" or goes before another word.
func isTy(ts []grammar.Token, i int) bool {
	if i > 0 {
		switch ts[i-1].Norm {
		case "is", "am", "name", "mr", "'s", "for", "it's":
			return true
		}
	}
	if i+1 >= len(ts) || ts[i+1].Gap&(grammar.Comma|grammar.Stop) != 0 {
		return false
	}
	switch ts[i+1].Norm {
	case "so", "very", "bye", "for", "again", "much", "and", "a", "see", "that", "you", "have", "i", "will", "but", "can", "we", "the":
		return false
	}
	return true
}
