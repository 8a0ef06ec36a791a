package dashboard

import (
	"net/url"
	"slices"
	"time"

	"fixly/contact"
	"fixly/messaging"
	"fixly/receptionist"
)

// How many threads are listed, and how many texts of one are shown.
const (
	maxThreads     = 100
	textsPerThread = 100
)

type textsView struct {
	Threads  []threadRow
	ListPart string // address of the list
	Open     *threadView
}

type threadRow struct {
	Href, Who, Initials, Last, At string
	Kind                          label
	Open                          bool
}

type threadView struct {
	Who, Phone, Part string
	Turns            []turnView
	Composer         *composerView // nil: nobody writes there by hand
}

func (s *server) texts(q *request) error {
	v, err := s.threads(q, q.PathValue("phone"))
	if err != nil {
		return err
	}
	if phone := q.PathValue("phone"); phone != "" {
		if v.Open, err = s.thread(q, phone); err != nil {
			return err
		}
		if v.Open.Composer, err = s.composer(q, phone, v.Open.Who); err != nil {
			return err
		}
	}
	return q.render(textsPage(s.frame(q, "texts", "Texts"), v))
}

func (s *server) threadsPart(q *request) error {
	v, err := s.threads(q, q.URL.Query().Get("open"))
	if err != nil {
		return err
	}
	return q.render(threadsPart(v))
}

func (s *server) threadPart(q *request) error {
	v, err := s.thread(q, q.PathValue("phone"))
	if err != nil {
		return err
	}
	return q.render(talk(v.Turns))
}

func (s *server) threads(q *request, open string) (textsView, error) {
	last, err := s.Reader.Threads(q.Context(), q.b.ID, maxThreads)
	if err != nil {
		return textsView{}, err
	}
	v := textsView{ListPart: "/parts/threads?open=" + url.QueryEscape(open)}
	now, people := s.now(q), s.names(q)
	for i := range last {
		m := &last[i]
		name, err := people.of(m.Peer())
		if err != nil {
			return v, err
		}
		v.Threads = append(v.Threads, threadRow{
			Href: "/texts/" + url.PathEscape(m.Peer()), Who: who(name, m.Peer()), Initials: initials(name), Last: m.Body,
			At: ago(m.CreatedAt.In(q.b.Location()), now), Kind: kindLabel(m), Open: m.Peer() == open,
		})
	}
	return v, nil
}

func (s *server) thread(q *request, phone string) (*threadView, error) {
	if !contact.IsE164(phone) {
		return nil, errNotFound
	}
	texts, err := s.Reader.ListMessages(q.Context(), q.b.ID, messaging.MessageFilter{Phone: phone, Limit: textsPerThread})
	if err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, errNotFound
	}
	name, err := s.names(q).of(phone)
	if err != nil {
		return nil, err
	}
	v := &threadView{Who: who(name, phone), Phone: phone, Part: "/parts/threads/" + url.PathEscape(phone)}
	turns, err := s.Reader.ThreadTurns(q.Context(), q.b.ID, phone, 2*textsPerThread)
	if err != nil {
		return nil, err
	}
	sent, err := s.photosWith(q, phone, texts[len(texts)-1].CreatedAt)
	if err != nil {
		return nil, err
	}
	explained := explainTexts(turns, q.b.Location())
	now := s.now(q)
	slices.Reverse(texts) // oldest first, as one reads
	for i := range texts {
		m := &texts[i]
		at := m.CreatedAt.In(q.b.Location())
		t := turnView{Text: m.Body, At: ago(at, now), Who: v.Who}
		if at.Format("2006-01-02") != now.Format("2006-01-02") {
			t.At += ", " + clockTime(at)
		}
		if m.Direction != "inbound" {
			t.Side, t.Who, t.Why = "us", kindLabel(m).Text, textWhy(m)
		} else {
			t.Explain, t.Photos = explained[m.CarrierID], sent[m.ID]
		}
		v.Turns = append(v.Turns, t)
	}
	return v, nil
}

// explainTexts explains what was understood of texts that the receptionist answered, by the carrier's ids of these. The
// answer to a text carries its id; what was understood stands in the turn before.
func explainTexts(turns []receptionist.Turn, zone *time.Location) map[string]*explanation {
	out := map[string]*explanation{}
	asked := ""
	for i := range turns {
		t := &turns[i]
		if t.Who != "receptionist" {
			continue
		}
		if i > 0 && t.Key != "" && turns[i-1].Who == "caller" && turns[i-1].ConversationID == t.ConversationID {
			out[t.Key] = explainStored(turns[i-1].Understood, asked, zone)
		}
		asked = askedBy(t)
	}
	return out
}

// textWhy says why a text was sent or not sent, and how far it got.
func textWhy(m *messaging.Message) string {
	state := map[messaging.Status]string{
		messaging.Queued: "Waiting to be sent", messaging.Sending: "Being sent", messaging.Sent: "Sent", messaging.Delivered: "Delivered",
		messaging.Undelivered: "Not delivered", messaging.Failed: "Not sent", messaging.Suppressed: "Not sent",
	}[m.Status]
	if m.Reason == "" {
		return state
	}
	return state + ": " + messaging.Reason(m.Reason).Explain()
}
