package business

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate checks a business that did not come from Parse: one that was edited, or read from a store. It makes it
// ready for use as Prepare does. The error is of type Problems, in the order of the schema.
func Validate(b *Business) error {
	var ps Problems
	for _, f := range validate(b, refuseMasks) {
		ps = append(ps, f.Problem)
	}
	return ps.err()
}

// maskRule says whether masked secrets may stand in a business.
type maskRule bool

const (
	refuseMasks maskRule = false
	allowMasks  maskRule = true
)

// finding is a problem found by a check. needs is the key of another part of the file on which the check relied:
// when that part could not be read, the finding says nothing.
type finding struct {
	Problem
	needs string
}

// checker collects findings about a business.
type checker struct {
	b        *Business
	masks    maskRule
	findings []finding
}

// validate runs all checks and makes b ready for use.
func validate(b *Business, masks maskRule) []finding {
	c := &checker{b: b, masks: masks}
	emptyLists(reflect.ValueOf(b).Elem())
	c.profile()
	c.lines()
	c.registrations()
	c.gateways()
	c.answering()
	c.hours()
	c.team()
	c.scheduling()
	c.area()
	c.services()
	c.emergencies()
	c.onCall()
	c.forwarding()
	c.faqs()
	c.taught()
	c.followUps()
	c.callbacks()
	c.threads()
	c.notify()
	c.recording()
	c.billing()
	c.texts("", reflect.ValueOf(b).Elem())
	return c.findings
}

func (c *checker) bad(key, format string, args ...any) {
	c.findings = append(c.findings, finding{Problem: Problem{Key: key, Message: fmt.Sprintf(format, args...)}})
}

// badFor is bad for a check that relied on another key too.
func (c *checker) badFor(needs, key, format string, args ...any) {
	c.bad(key, format, args...)
	c.findings[len(c.findings)-1].needs = needs
}

// required refuses an empty text.
func (c *checker) required(key, value string) bool {
	if strings.TrimSpace(value) == "" {
		c.bad(key, "is required")
		return false
	}
	return true
}

// distinct refuses empty and repeated texts in a list; letter case makes no difference.
func (c *checker) distinct(key string, list []string) {
	first := map[string]int{}
	for i, s := range list {
		k := fmt.Sprintf("%s[%d]", key, i)
		if !c.required(k, s) {
			continue
		}
		folded := fold(s)
		if j, again := first[folded]; again {
			c.bad(k, "%s is already %s[%d]", quote(s), key, j)
			continue
		}
		first[folded] = i
	}
}

// maxText bounds every text of a business in characters; a greeting of that length takes over a minute to say.
const maxText = 1000

// texts refuses in every text what neither a database nor a voice can take: broken encoding, control characters,
// overlong values.
func (c *checker) texts(key string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if tag := v.Type().Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
				c.texts(join(key, tag), v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.texts(fmt.Sprintf("%s[%d]", key, i), v.Index(i))
		}
	case reflect.String:
		s := v.String()
		switch {
		case !utf8.ValidString(s):
			c.bad(key, "is not UTF-8")
		case strings.ContainsFunc(s, isControl):
			c.bad(key, "has a control character in it")
		case utf8.RuneCountInString(s) > maxText:
			c.bad(key, "is longer than %d characters", maxText)
		}
	}
}

func isControl(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.In(r, unicode.Zl, unicode.Zp) || r == '\uFEFF'
}

// fold makes names comparable: surrounding space and letter case make no difference.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// quote puts input into a message.
func quote(s string) string { return fmt.Sprintf("%q", printable(s)) }
