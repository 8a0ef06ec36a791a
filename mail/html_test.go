package mail_test

import (
	netmail "net/mail"
	"strings"
	"testing"

	"fixly/mail"
)

func TestATextAsAPage(t *testing.T) {
	got := mail.HTML("TODAY, Monday\n- 8:00: <b>Leak</b>\n- 9:00: Drain & sink\n\nSee\nhttps://fixly.example.com/?business=a&b=\"c\".\nBye\nOK\n")
	for _, want := range []string{
		"<h3>TODAY, Monday</h3>\n<ul>\n<li>8:00: &lt;b&gt;Leak&lt;/b&gt;</li>\n<li>9:00: Drain &amp; sink</li>\n</ul>\n",
		"<p>See<br>\n<a href=\"https://fixly.example.com/?business=a&amp;b=\">https://fixly.example.com/?business=a&amp;b=</a>&#34;c&#34;.<br>\nBye<br>\nOK</p>\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q: %s", want, got)
		}
	}
	if none := mail.HTML(`<script>alert("x")</script> javascript:alert(1)`); strings.Contains(none, "<script") || strings.Contains(none, "<a ") {
		t.Errorf("%s", none)
	}
}

func TestAnEmailWithAPageAndAWayOut(t *testing.T) {
	s := newServer(t, false)
	m := message()
	m.Calendar, m.Method, m.HTML = "", "", mail.HTML(m.Body)
	m.Unsubscribe = "https://fixly.example.com/unsubscribe/" + strings.Repeat("a", 46)
	if err := s.client("smtp", "bookings:secret@").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	read, err := netmail.ReadMessage(strings.NewReader(s.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	// RFC 8058, section 3.1.
	if read.Header.Get("List-Unsubscribe") != "<"+m.Unsubscribe+">" || read.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("headers %v", read.Header)
	}
	kind := read.Header.Get("Content-Type")
	found := parts(t, kind, read.Body)
	if !strings.HasPrefix(kind, "multipart/alternative;") || len(found) != 2 || strings.ReplaceAll(found["text/plain"], "\r\n", "\n") != m.Body ||
		strings.ReplaceAll(found["text/html"], "\r\n", "\n") != m.HTML {
		t.Errorf("%s: %q", kind, found)
	}

	m.Unsubscribe = "https://fixly.example.com/\r\nBcc: all@example.com"
	if err := s.client("smtp", "bookings:secret@").Send(t.Context(), m); err == nil {
		t.Error("a header was slipped in")
	}
	confirmation := message()
	confirmation.HTML = mail.HTML(confirmation.Body)
	if err := s.client("smtp", "bookings:secret@").Send(t.Context(), confirmation); err != nil {
		t.Fatal(err)
	}
	if read, err = netmail.ReadMessage(strings.NewReader(s.mails[1])); err != nil || read.Header.Get("List-Unsubscribe") != "" {
		t.Fatalf("a confirmation: %v, %v", read.Header, err)
	}
	if found = parts(t, read.Header.Get("Content-Type"), read.Body); found["text/calendar REQUEST"] != calendar || found["text/html"] == "" || found["text/plain"] == "" {
		t.Errorf("a confirmation has %q", found)
	}
}
