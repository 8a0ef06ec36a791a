package grammar

import "strings"

// StemEnglish strips the endings of English words so that forms of a word meet: leak, leaks, leaking, leaky and
// leaked; replace, replacing and replacement. It is rough on purpose: it only has to agree with itself.
func StemEnglish(w string) string {
	if len(w) < 4 || strings.IndexByte(w, '\'') >= 0 {
		return w
	}
	s := w
	switch {
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		s = s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"), strings.HasSuffix(s, "xes"):
		s = s[:len(s)-2]
	case strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "us"), strings.HasSuffix(s, "is"):
	case strings.HasSuffix(s, "s"):
		s = s[:len(s)-1]
	}
	for _, end := range [...]string{"ations", "ation", "ments", "ment", "ings", "ing", "ed", "y"} {
		b, ok := strings.CutSuffix(s, end)
		if !ok || len(b) < 3 || !strings.ContainsAny(b, "aeiouy") {
			continue
		}
		s = b
		if n := len(s); n > 3 && s[n-1] == s[n-2] && strings.IndexByte("lsz", s[n-1]) < 0 {
			s = s[:n-1] // dripping, clogged
		}
		break
	}
	if n := len(s); n > 3 && s[n-1] == 'e' {
		s = s[:n-1]
	}
	return s
}
