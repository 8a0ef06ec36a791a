package guard

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is a word of a sentence as CheckFree sees it.
type word struct {
	text    string // lower case, without apostrophes
	stem    string
	number  string // its value in figures, where it is one
	promise bool
	capital bool // written with a capital inside of a sentence
	neutral bool // says nothing by itself
}

// sensitive words must stand beside the same words as in their source.
func (w *word) sensitive() bool { return w.number != "" || w.promise }

// kind names what a word claims, for the reason that is kept.
func (w *word) kind() string {
	switch {
	case w.number != "":
		return "number"
	case w.promise:
		return "promise"
	case days[w.text]:
		return "date"
	case contacts[w.text]:
		return "address"
	case advice[w.stem]:
		return "advice"
	case w.capital:
		return "name"
	}
	return "word"
}

func (w *word) same(x word) bool {
	if w.number != "" || x.number != "" {
		return w.number == x.number
	}
	return w.stem == x.stem
}

// hidden says whether a text holds characters that are not seen or that turn others around.
func hidden(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\n' })
}

// read splits a sentence into words, numbers among them, in figures and in words. Characters that look alike are made
// alike first, and digits of all scripts are read.
func read(s string) []word {
	s = strings.NewReplacer("’", "'", "‘", "'", "$", " dollars ", "%", " percent ", "€", " euros ", "£", " pounds ", "@", " at-sign ", "&", " and ").Replace(norm.NFKC.String(s))
	var out []word
	start := true // of a sentence
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && !strings.ContainsRune(" \t\n", rune(s[end])) {
			end++
		}
		raw := s[i:end]
		for _, part := range strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune(",;!()\"“”/-–—…", r) && !numeric(raw) }) {
			if w := wordOf(strings.Trim(part, ".,:;!?¡¿'"), start); w.text != "" {
				out = append(out, w)
				start = false
			}
		}
		start = start || strings.HasSuffix(raw, ".") || strings.HasSuffix(raw, "!") || strings.HasSuffix(raw, "?") || strings.HasSuffix(raw, ":")
		i = end + 1
	}
	pronouns(out)
	return out
}

// numeric says whether something between spaces is written in digits: "1,450", "8:00-17:00".
func numeric(s string) bool {
	return strings.ContainsFunc(s, unicode.IsDigit) && !strings.ContainsRune(s, '-')
}

func wordOf(s string, start bool) word {
	if s == "" {
		return word{}
	}
	w := word{capital: !start && unicode.IsUpper([]rune(s)[0]) && s != "I" && !strings.HasPrefix(s, "I'")}
	w.text = strings.ToLower(strings.ReplaceAll(s, "'", ""))
	w.number = valueOf(w.text)
	w.stem = stem(w.text)
	w.promise = promises[w.stem] || promises[w.text]
	w.neutral = w.number == "" && !w.promise && neutral[w.text]
	return w
}

// pronouns makes a "one" that counts nothing neutral: "one of our", "this one".
func pronouns(words []word) {
	for i := range words {
		if words[i].text != "one" {
			continue
		}
		of := i+1 < len(words) && words[i+1].text == "of"
		this := i > 0 && (words[i-1].text == "this" || words[i-1].text == "that" || words[i-1].text == "which" || words[i-1].text == "no")
		if of || this {
			words[i].number, words[i].neutral = "", true
		}
	}
}

// stem cuts endings off, so that "cards" and "card", "licensed" and "license" are the same.
func stem(s string) string {
	for _, end := range [...]string{"ings", "ing", "ied", "ies", "ed", "es", "s", "e", "ly"} {
		if base := strings.TrimSuffix(s, end); base != s && len(base) >= 3 {
			s = base
			break
		}
	}
	return strings.TrimSuffix(s, "y")
}

// set makes a set of words; those in stems are compared by their stem.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func stems(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[stem(w)] = true
	}
	return out
}

var (
	// neutral words say nothing about the shop by themselves.
	neutral = set(`a an the and or as at by for from in into of on to with that this these those it its is are was be been being am
		we our us were weve you your youre i im me my they them their theyre he she who which what there here so well just please also both all any
		yes yeah yep sure absolutely correct right no not dont doesnt isnt arent cannot cant wont never neither nor none nothing without unfortunately
		do does did have has had can could would may might if when where how about than then too more most some such other
		take takes accept accepts offer offers provide provides serve serves give gives handle handles work works come comes get gets`)
	negations = set(`no not dont doesnt isnt arent cannot cant wont never neither nor none nothing without unfortunately couldnt wouldnt didnt`)
	yeses     = set(`yes yeah yep sure absolutely correct right certainly definitely`)
	// limits in a source may not be left out of what is made of it.
	limits = set(`only except excluding unless but from starting least most until after before within plus extra fee depends depending must required minimum maximum small limited usually`)
	// promises are what a shop is held to, and what money is about.
	promises = stems(`guarantee guaranteed guarantees warranty warranties promise promised promises definitely certainly surely absolutely always free complimentary gratis
		charge charges charged discount discounted discounts refund refunds rebate coupon voucher deal waive waived waives cheaper cheapest lowest match best
		dollars bucks cents euros pounds percent off price prices priced cost costs fee fees quote deposit credit money
		today tonight tomorrow immediately soon asap instantly now shortly minutes hour hours
		booked confirmed scheduled reserved arrive arrives arriving will shall ill well hell shell theyll youll lifetime unlimited every anytime ever
		liable responsible cover covers covered insured insure pay paid compensate reimburse safe safely harmless danger dangerous`)
	days = set(`monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends weekday
		january february march april may june july august september october november december yesterday week month year morning afternoon evening noon midnight night`)
	contacts = set(`http https www com net org dot at-sign email e-mail website click link url`)
	advice   = stems(`shut turn switch unplug reset relight light breaker valve gas smoke doctor hospital medical dose lawyer attorney legal sue lawsuit court advise recommend should diagnose ignore evacuate`)
	// telling words are those in which a conversation is told.
	telling = stems(`caller customer client wants wanted want asked asks asking ask needs needed need reports reported report says said say called calling calls call about problem issue visit appointment
		message requested request requests describes described mentions mentioned prefers preferred leave left because since wishes would like concerned urgent available conversation phone spoke receptionist assistant
		he she they his her their home house looking interested help work service job time day whether being again still`)
)
