package guard

import (
	"strconv"
	"strings"
	"unicode"
)

// numberWords are the words of numbers, of parts and of multiples, English and Spanish, as figures.
var numberWords = func() map[string]string {
	out := map[string]string{}
	for i, w := range strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`) {
		out[w] = strconv.Itoa(i)
	}
	for i, w := range strings.Fields(`cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince`) {
		out[w] = strconv.Itoa(i)
	}
	for i, w := range strings.Fields(`twenty thirty forty fifty sixty seventy eighty ninety`) {
		out[w] = strconv.Itoa(20 + 10*i)
	}
	for i, w := range strings.Fields(`veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa`) {
		out[w] = strconv.Itoa(20 + 10*i)
	}
	for i, w := range strings.Fields(`zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth`) {
		out[w] = strconv.Itoa(i)
	}
	for w, v := range map[string]string{
		"hundred": "100", "hundreds": "100", "thousand": "1000", "thousands": "1000", "million": "1000000", "grand": "1000", "cien": "100", "ciento": "100", "cientos": "100", "mil": "1000",
		"half": "1/2", "quarter": "1/4", "dozen": "12", "couple": "2", "pair": "2", "double": "x2", "twice": "x2", "triple": "x3", "once": "x1", "medio": "1/2", "media": "1/2", "un": "1", "una": "1",
		"doscientos": "200", "trescientos": "300", "quinientos": "500", "sixteenth": "16", "seventeenth": "17", "eighteenth": "18", "nineteenth": "19", "twentieth": "20", "thirtieth": "30",
		"noon": "12", "midnight": "12", "few": "few", "several": "few", "nickel": "5", "dime": "10",
	} {
		out[w] = v
	}
	return out
}()

// valueOf is a word's number in figures, or empty. Whatever holds a digit, of any script, is one.
func valueOf(w string) string {
	if v := numberWords[w]; v != "" {
		return v
	}
	if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsNumber(r) }) {
		return ""
	}
	v := strings.ReplaceAll(w, ",", "")
	v = strings.TrimSuffix(strings.TrimSuffix(v, ".00"), ":00")
	for _, end := range [...]string{"st", "nd", "rd", "th", "am", "pm"} {
		if base := strings.TrimSuffix(v, end); base != v && base != "" {
			v = base
		}
	}
	if strings.ContainsFunc(v, unicode.IsLetter) {
		return w
	}
	if v = strings.TrimLeft(v, "0"); v == "" {
		return "0"
	}
	return v
}
