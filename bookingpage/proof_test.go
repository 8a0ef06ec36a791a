package bookingpage_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fixly/bookingpage"
)

func TestTheNumberIsProved(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Drain cleaning", "2026-11-24T15:00:00Z").send(details(karen)...)
	right := s.code(karen)
	wrong := "000000"
	if right == wrong {
		wrong = "000001"
	}
	v.sendNow("code", "").says(http.StatusOK, "Is this your number?")
	v.sendNow("code", wrong).says(http.StatusUnprocessableEntity, "isn't the code")
	v.sendNow("code", wrong).says(http.StatusUnprocessableEntity, "isn't the code")
	v.sendNow("code", wrong).says(http.StatusUnprocessableEntity, "isn't the code")
	v.sendNow("code", right).says(http.StatusUnprocessableEntity, "no longer good") // three tries a code
	v.sendNow("again", "1", "code", "").says(http.StatusOK, "Another code is on its way")
	if s.code(karen) == right {
		t.Error("the same code was sent again")
	}
	s.clock.Advance(11 * time.Minute)
	v.sendNow("code", s.code(karen)).says(http.StatusUnprocessableEntity, "no longer good")
	v.sendNow("again", "1").says(http.StatusOK)
	// Spaces are how phones write it. And the code is of this number alone.
	code := s.code(karen)
	v.sendNow("code", code, "phone", owen).says(http.StatusOK, "(312) 555-0143", "Is this your number?")
	v.sendNow("code", code).says(http.StatusUnprocessableEntity, "isn't the code")
	if len(s.jobs()) != 0 {
		t.Fatal("booked without the code")
	}
	fresh := s.code(owen)
	v.sendNow("code", fresh[:3]+" "+fresh[3:]).says(http.StatusOK, "You're booked")
	if s.jobs()[0].Customer.Phone != owen {
		t.Errorf("booked for %s", s.jobs()[0].Customer.Phone)
	}
	// The same browser is not asked again for this number, but for another one; another browser is.
	n := len(s.texts)
	v.chooses("Leak repair", "2026-11-25T15:00:00Z").send(details(owen)...).says(http.StatusOK, "You're booked")
	v.chooses("Leak repair", "2026-11-25T17:00:00Z").send(details(karen)...).says(http.StatusOK, "Is this your number?")
	s.visitor("203.0.113.8").chooses("Leak repair", "2026-11-25T19:00:00Z").send(details(owen)...).says(http.StatusOK, "Is this your number?")
	if len(s.texts) != n+2 {
		t.Errorf("%d codes more", len(s.texts)-n)
	}
	s.clock.Advance(31 * 24 * time.Hour)
	v.chooses("Leak repair", "").send(details(owen)...).says(http.StatusOK, "Is this your number?")
}

func TestCodesAreFew(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Drain cleaning", "2026-11-24T15:00:00Z").send(details(karen)...)
	for range 3 {
		v.sendNow("again", "1").says(http.StatusOK)
	}
	v.sendNow("again", "1").says(http.StatusTooManyRequests, "Please call us")
	if len(s.texts) != 4 {
		t.Errorf("%d codes", len(s.texts))
	}
	s.visitor("203.0.113.99").chooses("Drain cleaning", "").send(details(karen)...).says(http.StatusTooManyRequests, "Please call us")
}

func TestRobotsAreTurnedAway(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Drain cleaning", "2026-11-24T15:00:00Z")
	v.sendNow(details(karen)...).says(http.StatusUnprocessableEntity, "That was quick")
	v.send().says(http.StatusOK, "Is this your number?")

	s.clock.Advance(time.Hour)
	v.chooses("Drain cleaning", "2026-11-24T15:00:00Z")
	path, old := v.form()
	s.clock.Advance(61 * time.Minute)
	v.sendNow(details(karen)...).says(http.StatusUnprocessableEntity, "open for a long time")
	for _, ticket := range []string{"", "x", ".", old.Get("ticket") + "x", "x" + old.Get("ticket")} {
		old.Set("ticket", ticket)
		v.do(http.MethodPost, path, old).says(http.StatusUnprocessableEntity, "open for a long time")
	}
	if len(s.jobs()) != 0 {
		t.Fatal("booked")
	}

	// A ticket of one visit is worth nothing at another.
	v.books("Drain cleaning", "2026-11-24T15:00:00Z", karen).says(http.StatusOK, "You're booked")
	w := s.visitor("203.0.113.8").books("Leak repair", "2026-11-24T15:00:00Z", owen).says(http.StatusOK, "You're booked")
	all := s.jobs()
	v.get(s.links.Path(s.b.ID, all[0].ID) + "/cancel")
	_, foreign := v.form()
	other := s.links.Path(s.b.ID, all[1].ID)
	w.do(http.MethodPost, other+"/cancel", foreign).says(http.StatusUnprocessableEntity, "open for a long time")
	w.do(http.MethodPost, other+"/move", foreign).says(http.StatusUnprocessableEntity, "open for a long time")
	for _, j := range s.jobs() {
		if !j.Live() {
			t.Errorf("%s is cancelled", j.ID)
		}
	}
}

// TestSentTwiceBooksOnce: an impatient finger, or somebody who replays a form.
func TestSentTwiceBooksOnce(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Drain cleaning", "2026-11-24T15:00:00Z").send(details(karen)...)
	path, f := v.form()
	f.Set("code", s.code(karen))
	for range 2 {
		v.do(http.MethodPost, path, f).says(http.StatusOK, "You're booked")
	}
	f.Set("start", "2026-11-25T15:00:00Z") // the same form for another time
	v.do(http.MethodPost, path, f).says(http.StatusUnprocessableEntity, "sent before")
	if len(s.jobs()) != 1 || len(s.told) != 1 {
		t.Errorf("jobs %v, told %v", s.jobs(), s.told)
	}
}

func TestOneNumberBooksFewVisits(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7")
	for _, start := range []string{"2026-11-24T15:00:00Z", "2026-11-25T15:00:00Z", "2026-11-27T15:00:00Z"} {
		v.books("Drain cleaning", start, karen).says(http.StatusOK, "You're booked")
	}
	v.books("Drain cleaning", "2026-11-30T15:00:00Z", karen).says(http.StatusUnprocessableEntity, "several visits booked")
	if len(s.jobs()) != 3 {
		t.Errorf("jobs %v", s.jobs())
	}
}

// TestHoldsAreBounded: robots hold a few times at most, and people book all the same.
func TestHoldsAreBounded(t *testing.T) {
	s := open(t)
	starts := s.visitor("203.0.113.1").get("/book/mikes-plumbing/times?service=Free+estimate&day=2026-11-25").starts()
	for i := range 40 {
		address := "198.51.100." + string(rune('0'+i%10)) + string(rune('0'+i/10))
		s.visitor(address).get("/book/mikes-plumbing/times?service=Free+estimate&day=2026-11-25").sendNow("start", starts[i%len(starts)])
	}
	if n := len(s.taken()); n == 0 || n > 12 {
		t.Errorf("%d times are held", n)
	}
	for range 6 {
		s.visitor("198.51.100.77").get("/book/mikes-plumbing/times?service=Free+estimate&day=2026-11-26").sendNow("start", "2026-11-27T15:00:00Z")
	}
	v := s.visitor("203.0.113.7").chooses("Free estimate", "2026-12-01T15:00:00Z").says(http.StatusOK, "isn't kept for you")
	v.send(details(karen)...)
	v.send("code", s.code(karen)).says(http.StatusOK, "You're booked")
}

func TestOneAddressAsksForSoMuch(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7, 192.0.2.1") // only what the proxy itself saw counts
	n := 0
	for v.get("/book/mikes-plumbing").status == http.StatusOK {
		if n++; n > 1000 {
			t.Fatal("there is no limit")
		}
	}
	v.says(http.StatusTooManyRequests, "One moment, please")
	s.visitor("203.0.113.66, 192.0.2.1").get("/book/mikes-plumbing").says(http.StatusTooManyRequests)
	s.visitor("192.0.2.2").get("/book/mikes-plumbing").says(http.StatusOK)
	s.visitor("2001:db8:1:2::1").get("/book/mikes-plumbing").says(http.StatusOK)
	s.clock.Advance(time.Minute)
	v.get("/book/mikes-plumbing").says(http.StatusOK)
}

func TestLinks(t *testing.T) {
	const id = "job_c9m2v1q8p4s6t0u2v4a0"
	l := bookingpage.NewLinks(secret, "https://fixly.example.com/")
	url := l.URL("biz_1", id)
	if !strings.HasPrefix(url, "https://fixly.example.com/visit/c9m2v1q8p4s6t0u2v4a0") || len(url) != len("https://fixly.example.com/visit/")+46 {
		t.Errorf("URL %q", url)
	}
	for what, other := range map[string]string{
		"another business": l.URL("biz_2", id), "another job": l.URL("biz_1", "job_c9m2v1q8p4s6t0u2v4a1"),
		"another secret": bookingpage.NewLinks([]byte("another"), "https://fixly.example.com").URL("biz_1", id),
	} {
		if other == "" || other[len(other)-26:] == url[len(url)-26:] {
			t.Errorf("%s has the same code: %q", what, other)
		}
	}
	if got := l.URL("biz_1", "x"); got != "" {
		t.Errorf("a foreign id has the address %q", got)
	}
	for _, public := range []string{"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080", "http://fixly.localhost", "http://0.0.0.0", ""} {
		if got := bookingpage.NewLinks(secret, public).URL("biz_1", id); got != "" {
			t.Errorf("below %s: %q", public, got)
		}
	}
}
