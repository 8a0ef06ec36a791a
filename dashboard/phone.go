package dashboard

import (
	"cmp"
	"encoding/json"
	"net/http"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/receptionist/flow"
	"fixly/scheduling"
)

type phoneView struct {
	Assistant, Initials string
	Token, Line, From   string
	Try                 []string
}

// fictionalCaller is a number of the range kept free for fiction (555-0100 to 555-0199), like the demo's own.
const fictionalCaller = "+13125550177"

func (s *server) phonePage(q *request) error {
	assistant := cmp.Or(q.b.Profile.Assistant.Name, "The receptionist")
	v := phoneView{
		Assistant: assistant, Initials: initials(assistant),
		Token: s.sessions.sign("phone", s.Clock.Now().Add(phoneTokenLifetime)),
		From:  contact.National(fictionalCaller), Try: tries(q.b),
	}
	if len(q.b.Lines) > 0 {
		v.Line = q.b.Lines[0].Number
	}
	return q.render(phonePage(s.frame(q, "phone", "Phone"), v))
}

// tries suggests what to say, in the business's own words.
func tries(b *business.Business) []string {
	var out []string
	for i := range b.Services {
		if f := b.Services[i].For; len(f) > 0 && len(out) < 2 {
			out = append(out, "Hi, I've got a "+f[0])
		}
	}
	if len(b.Services) > 0 {
		out = append(out, "How much is "+b.Services[0].Name+"?")
	}
	if len(b.FAQs) > 0 {
		out = append(out, b.FAQs[0].Q)
	}
	return append(out, "Can I talk to a real person?")
}

// phoneSocket hands the WebSocket of the phone page over, once it is sure that our own page opened it.
func (s *server) phoneSocket(q *request) error {
	if !s.sessions.verify("phone", q.URL.Query().Get("token")) {
		http.Error(q.w, "This page has been open too long; load it again.", http.StatusForbidden)
		return nil
	}
	s.Phone.ServeHTTP(q.w, q.Request)
	return nil
}

func (s *server) outcomePart(q *request) error {
	v, err := s.oneCall(q)
	if err != nil {
		return err
	}
	return q.render(outcomePart(v))
}

// knowsPart shows the details that a conversation has gathered so far.
func (s *server) knowsPart(q *request) error {
	c, err := s.findCall(q)
	if err != nil {
		return err
	}
	conv, err := s.Reader.ConversationByCall(q.Context(), q.b.ID, c.ID)
	if err != nil {
		return err
	}
	if conv == nil {
		return q.render(knowsPart(nil))
	}
	var state flow.State
	if len(conv.State) > 0 {
		if err := json.Unmarshal(conv.State, &state); err != nil {
			return err
		}
	}
	return q.render(knowsPart(details(q.b, &state, s.now(q))))
}

func details(b *business.Business, st *flow.State, now time.Time) []fact {
	var out []fact
	add := func(name, value string) {
		if value != "" {
			out = append(out, fact{name, value})
		}
	}
	d := &st.Details
	add("Service", d.Service)
	add("Problem", d.Problem)
	if d.Urgency != "" && d.Urgency != scheduling.Routine {
		add("Urgency", sentence(string(d.Urgency)))
	}
	switch {
	case st.Booked != nil:
		add("Booked", offerWords(b, st.Booked, now))
	case st.Chosen != nil:
		add("Chosen", offerWords(b, st.Chosen, now))
	default:
		for i := range st.Offers {
			name := ""
			if i == 0 {
				name = "On offer"
			}
			out = append(out, fact{name, offerWords(b, &st.Offers[i], now)})
		}
	}
	add("Name", d.Name)
	if d.Phone != "" {
		add("Number", contact.National(d.Phone))
	}
	add("Address", address(d.Address))
	add("Message", st.Message)
	return out
}

func offerWords(b *business.Business, o *flow.Offer, now time.Time) string {
	from := o.Slot.Start.In(b.Location())
	return day(from, now) + ", " + window(from, o.WindowEnd.In(b.Location())) + " with " + o.Slot.Technician
}
