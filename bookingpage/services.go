package bookingpage

import (
	"net/http"
	"strings"
)

// offered is a service as the first page lists it.
type offered struct {
	Name, Price string
	For         string // what it is for, in the owner's words; empty for none
	Href        string
}

// services lists what the shop does, with its prices.
func (s *server) services(q *request) error {
	var all []offered
	for _, x := range q.b.Services {
		o := offered{
			Name: q.words.service(x.Name), Price: q.words.price(x.Price),
			Href: q.link(q.base()+"/times", "service", x.Name),
		}
		// The owner's words are in the shop's first language.
		if spoken(q.b)[0] == q.words && len(x.For) > 0 {
			o.For = strings.Join(x.For[:min(4, len(x.For))], ", ")
		}
		all = append(all, o)
	}
	return q.render(http.StatusOK, servicesPage(q.frame(q.words.Services(q.b.Profile.Name)), all, q.b.Emergencies.Accepted))
}
