package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fixly/consent"
	"fixly/dashboard"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store"
)

// reader is the receptionist as threads know it.
type reader struct{ r *receptionist.Receptionist }

func (reader) Converse(context.Context, messaging.Tx, messaging.Conversing) (messaging.Answer, error) {
	return messaging.Answer{}, nil
}

func (l reader) Listen(ctx context.Context, tx messaging.Tx, h messaging.Heard) error {
	return l.r.Listen(ctx, tx.(*store.Tx), receptionist.Heard{BusinessID: h.BusinessID, Number: h.Number, Body: h.Body, Person: h.Person})
}

func (reader) ExpectsVisit(context.Context, messaging.Tx, string, string) (bool, error) {
	return false, nil
}

// byHand lets people write in threads.
func byHand(s **shop) func(*dashboard.Deps) {
	return func(d *dashboard.Deps) { d.Threads = messaging.Threads{Receptionist: lazy{s}} }
}

// lazy reaches the shop's receptionist, which is there once the pages are open.
type lazy struct{ s **shop }

func (l lazy) Converse(ctx context.Context, tx messaging.Tx, c messaging.Conversing) (messaging.Answer, error) {
	return reader{(*l.s).r}.Converse(ctx, tx, c)
}

func (l lazy) Listen(ctx context.Context, tx messaging.Tx, h messaging.Heard) error {
	return reader{(*l.s).r}.Listen(ctx, tx, h)
}

func (l lazy) ExpectsVisit(ctx context.Context, tx messaging.Tx, b, n string) (bool, error) {
	return reader{(*l.s).r}.ExpectsVisit(ctx, tx, b, n)
}

func TestWritingInAThread(t *testing.T) {
	t.Parallel()
	var s *shop
	s = open(t, byHand(&s))
	const karen = "+13125550142"
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.InsertMessage(ctx, &messaging.Message{
			BusinessID: s.b.ID, Direction: messaging.Inbound, From: karen, To: s.line, Body: "are you there?", Kind: messaging.Talk, Status: messaging.Received, CarrierID: "SM1",
		})
		return err
	})
	page := "/texts/" + url.PathEscape(karen)
	body := s.get(page).body
	key := regexp.MustCompile(`name="key" value="([a-z0-9]+)"`).FindStringSubmatch(body)
	if key == nil || strings.Contains(body, "In the hands of") {
		t.Fatalf("the page has no form, or the thread is held: %.3000s", body)
	}
	for range 2 { // sent twice, it is one text
		s.form(page, url.Values{"key": {key[1]}, "body": {"Yes, this is Mike."}})
	}
	texts, err := s.db.ListMessages(t.Context(), s.b.ID, messaging.MessageFilter{Phone: karen, Direction: messaging.Outbound})
	if err != nil || len(texts) != 1 || texts[0].Kind != messaging.ByPerson || texts[0].Body != "Yes, this is Mike." {
		t.Fatalf("texts: %+v, %v", texts, err)
	}
	if body = s.get(page).body; !strings.Contains(body, "In the hands of the dashboard") || !strings.Contains(body, "Riley reads along") {
		t.Error("the page doesn't say who holds the thread")
	}
	s.form(page, url.Values{"key": {"k2"}, "body": {"  "}})
	if body = s.get(page + "?refused=empty").body; !strings.Contains(body, "There was nothing in it to send.") {
		t.Error("an empty text is not complained of")
	}
	s.form(page+"/release", url.Values{})
	if held, err := s.db.Takeover(t.Context(), s.b.ID, karen); held != nil || err != nil {
		t.Errorf("it is held still: %+v, %v", held, err)
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{BusinessID: s.b.ID, Address: karen, Channel: consent.Text, Act: consent.Withdrawn, How: consent.SentWord})
		return err
	})
	if at := s.form(page, url.Values{"key": {"k3"}, "body": {"One more thing"}}).header.Get("Location"); !strings.Contains(at, "refused=opted_out") {
		t.Errorf("to who opted out: %q", at)
	}
	if status := s.get("/texts/" + url.PathEscape("+13125550101")).status; status != http.StatusNotFound {
		t.Errorf("a thread without a text is %d", status)
	}
}
