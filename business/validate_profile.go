package business

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"

	"golang.org/x/text/language"

	"fixly/contact"
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *checker) profile() {
	p := &c.b.Profile
	c.required("business.name", p.Name)
	if c.required("business.slug", p.Slug) && (!slugForm.MatchString(p.Slug) || len(p.Slug) > 63) {
		c.bad("business.slug", "%s must be lower-case letters and digits joined by hyphens, at most 63", quote(p.Slug))
	}
	if c.required("business.timezone", p.Timezone) {
		if err := c.b.loadZone(); err != nil {
			c.bad("business.timezone", "%s is not a time zone; use an IANA name such as America/Chicago", quote(p.Timezone))
		}
	}
	c.required("business.owner.name", p.Owner.Name)
	c.phone("business.owner.phone", p.Owner.Phone)
	if p.Owner.Email != "" {
		if a, err := mail.ParseAddress(p.Owner.Email); err != nil || a.Address != p.Owner.Email {
			c.bad("business.owner.email", "%s is not an e-mail address", quote(p.Owner.Email))
		}
	}
	c.required("business.assistant.name", p.Assistant.Name)
	c.required("business.assistant.greeting", p.Assistant.Greeting)
	c.required("business.text_back", p.TextBack)
	if p.BookingPage != "" {
		c.oneOf("business.booking_page", p.BookingPage, BookingPageOn, BookingPageOff)
	}
	if len(p.Languages) == 0 {
		c.bad("business.languages", "needs at least one language")
	}
	c.distinct("business.languages", p.Languages)
	for i, l := range p.Languages {
		if base, err := language.ParseBase(l); strings.TrimSpace(l) != "" && (err != nil || len(l) != 2 || base.String() != l) {
			c.bad(fmt.Sprintf("business.languages[%d]", i), "%s is not a language; use ISO 639-1 codes such as en or es", quote(l))
		}
	}
}

// phone requires a number in E.164.
func (c *checker) phone(key, number string) bool {
	if !c.required(key, number) {
		return false
	}
	if contact.IsE164(number) {
		if !contact.IsAssignable(number) {
			c.bad(key, "%s is not a number that anyone can have; check the digits", number)
			return false
		}
		return true
	}
	if n, err := contact.NormalizePhone(number, "US"); err == nil {
		c.bad(key, "%s is not in E.164 form; write it as %q", quote(number), n)
	} else {
		c.bad(key, "%s is not a phone number; write it like \"+13125550101\"", quote(number))
	}
	return false
}
