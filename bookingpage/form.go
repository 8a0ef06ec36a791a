package bookingpage

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"fixly/business"
	"fixly/contact"
	"fixly/redact"
)

// details are what a visitor types in, as it was typed.
type details struct {
	Service, Start string
	Wants          string // the work that is wanted, where Service is the visit to quote it
	Problem        string
	Name, Phone    string
	Email          string
	Street, Unit   string
	City, ZIP      string
	Calm           string // "yes": it was asked whether it is an emergency, and it can wait
}

// entry is one of the details on its way through the forms: its name there, and where it is kept.
type entry struct {
	name  string
	value *string
}

func (d *details) entries() []entry {
	return []entry{
		{"service", &d.Service},
		{"wants", &d.Wants},
		{"start", &d.Start},
		{"problem", &d.Problem},
		{"name", &d.Name},
		{"phone", &d.Phone},
		{"email", &d.Email},
		{"street", &d.Street},
		{"unit", &d.Unit},
		{"city", &d.City},
		{"zip", &d.ZIP},
		{"calm", &d.Calm},
	}
}

// details reads them from a form.
func (q *request) details() details {
	var d details
	for _, e := range d.entries() {
		*e.value = strings.TrimSpace(strings.ToValidUTF8(q.PostFormValue(e.name), ""))
	}
	d.Wants = d.wants(q.b)
	return d
}

// zip is the ZIP as far as it was typed in; empty where it is none.
func (d *details) zip() string {
	if m := zipCode.FindStringSubmatch(d.ZIP); m != nil {
		return m[1]
	}
	return ""
}

// fields are the details as hidden fields; a time is left to be chosen.
func (d details) fields() []field {
	var out []field
	for _, e := range d.entries() {
		if e.name != "start" && *e.value != "" {
			out = append(out, field{e.name, *e.value})
		}
	}
	return out
}

// faults are what is wrong with a form, by the name of the field.
type faults map[string]string

// The most characters of each field.
var most = map[string]int{"problem": 1000, "name": 100, "phone": 40, "email": 254, "street": 150, "unit": 40, "city": 80, "zip": 10}

// zipCode is a ZIP or ZIP+4; the first five digits count.
var zipCode = regexp.MustCompile(`^([0-9]{5})(-?[0-9]{4})?$`)

// checked is a form in which nothing is wrong.
type checked struct {
	Customer contact.Customer
	Address  contact.Address
	Problem  string
}

// check reads the details. Whether the time can be had, the scheduler says.
func (d details) check(b *business.Business, w *words) (checked, faults) {
	f := faults{}
	for _, e := range d.entries() {
		if n := most[e.name]; n > 0 && utf8.RuneCountInString(*e.value) > n {
			f[e.name] = w.TooLong(n)
		} else if strings.ContainsFunc(*e.value, func(r rune) bool {
			return unicode.IsControl(r) && (e.name != "problem" || r != '\n' && r != '\r' && r != '\t')
		}) {
			f[e.name] = w.Unreadable
		}
	}
	for name, value := range map[string]string{"problem": d.Problem, "name": d.Name, "phone": d.Phone, "street": d.Street, "zip": d.ZIP} {
		if value == "" {
			f[name] = w.Needed
		}
	}
	if len(b.ServiceArea.Cities) != 1 && d.City == "" {
		f["city"] = w.Needed
	}
	c := checked{
		Problem:  redact.Text(strings.ReplaceAll(d.Problem, "\r\n", "\n")),
		Customer: contact.Customer{BusinessID: b.ID, Name: d.Name, Language: w.Language},
		Address:  contact.Address{Line1: d.Street, Unit: d.Unit, City: d.City, State: b.ServiceArea.State},
	}
	if c.Address.City == "" && len(b.ServiceArea.Cities) == 1 {
		c.Address.City = b.ServiceArea.Cities[0]
	}
	if f["phone"] == "" {
		n, err := contact.NormalizePhone(d.Phone, "US")
		switch {
		case err != nil:
			f["phone"] = w.NotPhone
		case !contact.IsTextable(n) || b.LineByNumber(n) != nil:
			f["phone"] = w.NotTextable
		}
		c.Customer.Phone = n
	}
	if d.Email != "" && f["email"] == "" {
		e, err := contact.NormalizeEmail(d.Email)
		if err != nil {
			f["email"] = w.NotEmail
		}
		c.Customer.Email = e
	}
	if f["zip"] == "" {
		switch m := zipCode.FindStringSubmatch(d.ZIP); {
		case m == nil:
			f["zip"] = w.NotZIP
		case !b.InArea(m[1]):
			f["zip"] = w.OutsideArea(m[1], area(b))
		default:
			c.Address.ZIP = m[1]
		}
	}
	return c, f
}

// startOf reads a start as the forms write it; the zero time when it is none.
func startOf(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 2000 || t.Year() > 9998 {
		return time.Time{}
	}
	return t
}

// label is the name of a field for people.
func (p formPage) label(w *words, name string) string {
	switch name {
	case "problem":
		return w.Problem
	case "name":
		return w.YourName
	case "phone":
		return w.Phone
	case "email":
		return w.Email
	case "street":
		return w.Street
	case "unit":
		return w.Unit
	case "city":
		return w.City
	}
	return w.ZIP
}

// said ties a field to what is said of it, for those who hear the page.
func (p formPage) said(name string, hint bool) templ.Attributes {
	var by []string
	if hint {
		by = append(by, name+"-hint")
	}
	a := templ.Attributes{}
	if p.Faults[name] != "" {
		by = append(by, name+"-wrong")
		a["aria-invalid"] = "true"
	}
	if len(by) > 0 {
		a["aria-describedby"] = strings.Join(by, " ")
	}
	return a
}
