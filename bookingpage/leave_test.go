package bookingpage_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/bookingpage"
	"fixly/consent"
	"fixly/contact"
	"fixly/scheduling"
	"fixly/store"
)

// mailed is a visit of somebody who gave an address, and the path at which they unsubscribe.
func (s *shop) mailed(email string) (path string) {
	s.t.Helper()
	at := monday.Add(24 * time.Hour)
	j := &scheduling.Job{
		BusinessID: s.b.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Urgency: scheduling.Routine, Source: scheduling.FromWeb,
		Slot: scheduling.Slot{Technician: "Mike Rossi", Start: at, End: at.Add(time.Hour)}, BusyUntil: at.Add(time.Hour), WindowEnd: at.Add(time.Hour),
		Customer: contact.Customer{Name: "Karen Whitfield", Phone: "+13125550142", Email: email},
	}
	if err := s.db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) }); err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimPrefix(s.links.UnsubscribeURL(s.b.ID, j.ID), "https://fixly.example.com")
}

func (s *shop) left() consent.Standing {
	s.t.Helper()
	is, err := s.db.Standing(context.Background(), s.b.ID, "karen@example.com", consent.Email)
	if err != nil {
		s.t.Fatal(err)
	}
	return is
}

// asked is a request without a browser's cookies or headers, as a mail program's server sends it.
func (s *shop) asked(method, path, body string) (status int, page string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := http.DefaultTransport.RoundTrip(r) // follows no redirect
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(all)
}

func TestUnsubscribing(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := s.mailed("Karen@Example.com")
	if !strings.HasPrefix(path, bookingpage.LeavePrefix) {
		t.Fatalf("the path is %q", path)
	}
	status, page := s.asked(http.MethodGet, path, "")
	if status != http.StatusOK || !strings.Contains(page, "No more e-mails?") || s.left().Withdrawn {
		t.Fatalf("opening it: %d, %+v, %s", status, s.left(), page)
	}
	if status, page = s.asked(http.MethodGet, path+"?lang=es", ""); status != http.StatusOK || !strings.Contains(page, "No recibir más correos") {
		t.Errorf("in Spanish: %d, %s", status, page)
	}
	for range 2 { // the button of the mail program, twice: RFC 8058, section 3.2
		if status, page = s.asked(http.MethodPost, path, url.Values{"List-Unsubscribe": {"One-Click"}}.Encode()); status != http.StatusOK || !strings.Contains(page, "Done") {
			t.Fatalf("%d: %s", status, page)
		}
	}
	if !s.left().Withdrawn {
		t.Error("the ledger doesn't say so")
	}
	all, err := s.db.Consents(context.Background(), s.b.ID, "karen@example.com", 0)
	if err != nil || len(all) != 1 || all[0].How != consent.Unsubscribed {
		t.Errorf("the ledger: %+v, %v", all, err)
	}
	if out, err := s.db.OptedOut(context.Background(), s.b.ID, "+13125550142"); err != nil || out {
		t.Errorf("texts were ended, too: %v", err)
	}
}

func TestNobodyElseCanUnsubscribe(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := s.mailed("karen@example.com")
	token := strings.TrimPrefix(path, bookingpage.LeavePrefix)
	last := "x"
	if strings.HasSuffix(path, last) {
		last = "y"
	}
	for _, wrong := range []string{
		path[:len(path)-1] + last, bookingpage.LeavePrefix, bookingpage.LeavePrefix + "x",
		bookingpage.VisitPrefix + token, // it opens no visit
	} {
		if status, _ := s.asked(http.MethodGet, wrong, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, status)
		}
		if status, _ := s.asked(http.MethodPost, wrong, ""); status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", wrong, status)
		}
	}
	if s.left().Withdrawn {
		t.Error("somebody unsubscribed")
	}
	if got := bookingpage.NewLinks(secret, "http://fixly.example.com").UnsubscribeURL(s.b.ID, "job_"+token[:20]); got != "" {
		t.Errorf("an address without https: %s", got)
	}
}
