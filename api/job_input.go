package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

// maxProblem bounds the words about a problem, in characters.
const maxProblem = 2000

// jobInput is a new job.
type jobInput struct {
	Service    string             `json:"service"`
	StartsAt   *time.Time         `json:"starts_at"`
	Problem    string             `json:"problem"`
	Urgency    scheduling.Urgency `json:"urgency"` // empty: routine
	Customer   customerInput      `json:"customer"`
	Address    addressInput       `json:"address"`
	Technician string             `json:"technician"` // empty: whoever is free
	Source     scheduling.Source  `json:"source"`     // empty: owner
}

type customerInput struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Email string `json:"email"` // empty: as it was, or none
}

// addressInput is an address; city and state may be left out where the shop has one of each.
type addressInput struct {
	Line1 string `json:"line1"`
	Unit  string `json:"unit"`
	City  string `json:"city"`
	State string `json:"state"`
	ZIP   string `json:"zip"`
}

// jobChange is what to change of a job; null or absent stays as it is.
type jobChange struct {
	Status     *scheduling.Status  `json:"status"` // "booked" accepts a tentative job
	StartsAt   *time.Time          `json:"starts_at"`
	Technician *string             `json:"technician"`
	Problem    *string             `json:"problem"`
	Urgency    *scheduling.Urgency `json:"urgency"`
	Address    *addressInput       `json:"address"`
}

// fieldErrors collects everything that is wrong with an input, so that a client learns it at once.
type fieldErrors []FieldError

func (e *fieldErrors) add(field, format string, args ...any) {
	*e = append(*e, FieldError{field, fmt.Sprintf(format, args...)})
}

func (e *fieldErrors) text(field, s string, limit int, required bool) string {
	s = strings.TrimSpace(s)
	if required && s == "" {
		e.add(field, "is needed")
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }) {
		e.add(field, "has control characters in it")
	}
	if utf8.RuneCountInString(s) > limit {
		e.add(field, "is longer than %d characters", limit)
	}
	return s
}

func (e fieldErrors) err() error {
	if len(e) == 0 {
		return nil
	}
	return invalid(e...)
}

// check reads a new job. Whether its time can be had, the scheduler says.
func (in *jobInput) check(b *business.Business) (scheduling.BookRequest, error) {
	var errs fieldErrors
	j := scheduling.BookRequest{
		Problem: errs.text("problem", in.Problem, maxProblem, false),
		Urgency: errs.urgency(in.Urgency),
		Source:  in.Source,
	}
	if j.Source == "" {
		j.Source = scheduling.FromOwner
	}
	if j.Source != scheduling.FromOwner && j.Source != scheduling.FromWeb {
		errs.add("source", "is %q; expected owner or web", in.Source)
	}
	service := b.Service(in.Service)
	switch {
	case in.Service == "":
		errs.add("service", "is needed")
	case service == nil:
		errs.add("service", "is %q, which the shop does not offer; expected %s", in.Service, oneOf(serviceNames(b)))
	default:
		j.Service = service.Name
		j.Technician = errs.technician(b, service, in.Technician)
	}
	if in.StartsAt == nil {
		errs.add("starts_at", "is needed")
	} else {
		j.Start = *in.StartsAt
	}
	j.Customer = contact.Customer{BusinessID: b.ID, Name: errs.text("customer.name", in.Customer.Name, 200, true)}
	if in.Customer.Phone == "" {
		errs.add("customer.phone", "is needed")
	} else if n, err := contact.NormalizePhone(in.Customer.Phone, "US"); err != nil {
		errs.add("customer.phone", "is %q; expected a number such as +13125550123", in.Customer.Phone)
	} else {
		j.Customer.Phone = n
	}
	if in.Customer.Email != "" {
		e, err := contact.NormalizeEmail(in.Customer.Email)
		if err != nil {
			errs.add("customer.email", "is %q; expected an address such as karen@example.com", in.Customer.Email)
		}
		j.Customer.Email = e
	}
	j.Address = errs.address(b, in.Address)
	return j, errs.err()
}

func serviceNames(b *business.Business) []string {
	out := make([]string, len(b.Services))
	for i := range b.Services {
		out[i] = b.Services[i].Name
	}
	return out
}

func (e *fieldErrors) urgency(u scheduling.Urgency) scheduling.Urgency {
	all := []scheduling.Urgency{scheduling.Emergency, scheduling.Urgent, scheduling.Routine}
	if u == "" {
		return scheduling.Routine
	}
	if !slices.Contains(all, u) {
		e.add("urgency", "is %q; expected %s", u, oneOf(all))
	}
	return u
}

// technician finds a technician who can do the service, by name; empty stays empty.
func (e *fieldErrors) technician(b *business.Business, service *business.Service, name string) string {
	if name == "" {
		return ""
	}
	var skilled []string
	for _, m := range b.Skilled(service) {
		if strings.EqualFold(m.Name, name) {
			return m.Name
		}
		skilled = append(skilled, m.Name)
	}
	e.add("technician", "is %q, who does not do %s; expected %s", name, service.Name, oneOf(skilled))
	return ""
}

// zipCode is a ZIP or ZIP+4; the first five digits count.
var zipCode = regexp.MustCompile(`^([0-9]{5})(-?[0-9]{4})?$`)

func (e *fieldErrors) address(b *business.Business, in addressInput) contact.Address {
	a := contact.Address{
		Line1: e.text("address.line1", in.Line1, 200, true),
		Unit:  e.text("address.unit", in.Unit, 50, false),
		City:  e.text("address.city", in.City, 100, false),
		State: strings.ToUpper(e.text("address.state", in.State, 2, false)),
	}
	if a.City == "" && len(b.ServiceArea.Cities) == 1 {
		a.City = b.ServiceArea.Cities[0]
	}
	if a.State == "" {
		a.State = b.ServiceArea.State
	}
	m := zipCode.FindStringSubmatch(strings.TrimSpace(in.ZIP))
	switch {
	case in.ZIP == "":
		e.add("address.zip", "is needed")
	case m == nil:
		e.add("address.zip", "is %q; expected five digits", in.ZIP)
	case !b.InArea(m[1]):
		e.add("address.zip", "is %s, which lies outside the service area", m[1])
	default:
		a.ZIP = m[1]
	}
	return a
}
