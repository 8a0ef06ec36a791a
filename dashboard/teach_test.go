package dashboard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixly/business"
	"fixly/dashboard"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store"
)

// rehearsed lets phrases be taught: with "burst" in one, a conversation would end otherwise.
func rehearsed(d *dashboard.Deps) {
	d.Rehearse = func(_ context.Context, t business.Taught) (int, []dashboard.Difference, error) {
		if strings.Contains(t.Say, "burst") {
			return 40, []dashboard.Difference{{Name: "plain-leak", About: "A pipe bursts", Lines: []string{"booked Drain cleaning, not Leak repair"}}}, nil
		}
		return 40, nil, nil
	}
}

func (s *shop) taught() []business.Taught {
	s.t.Helper()
	all, err := s.db.Businesses(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return all[0].Taught
}

func TestWordsAreLaidOpen(t *testing.T) {
	s := open(t)
	q := url.Values{"q": {"my kitchen sink is clogged, can you come tomorrow after three? it's karen whitfield"}, "asked": {"problem"}}
	page := s.get("/understanding?" + q.Encode())
	for _, want := range []string{"Drain cleaning", "wants a visit", "Tue, Nov 24, 3:00 PM", "<mark>", "Karen Whitfield"} {
		if page.status != http.StatusOK || !strings.Contains(page.body, want) {
			t.Errorf("%d, without %q", page.status, want)
		}
	}
	if strings.Contains(page.body, "Teach it") || strings.Contains(page.body, "They mean") {
		t.Error("offers to teach where nothing can be taught")
	}
	if page := s.get("/understanding?" + url.Values{"q": {strings.Repeat("leak ", 500)}}.Encode()); !strings.Contains(page.body, "at most 2000 characters") {
		t.Error("takes a whole book apart")
	}
	if page := s.get("/understanding?" + url.Values{"q": {"<script>alert(1)</script>"}, "asked": {"<b>"}}.Encode()); strings.Contains(page.body, "<script>alert") || strings.Contains(page.body, "<b>") {
		t.Error("words become markup")
	}
}

func TestCallShowsWhichWordsGaveWhat(t *testing.T) {
	s := open(t)
	s.busyMorning()
	page := s.get("/calls/" + s.callWith("booked").ID)
	for _, want := range []string{"Which words gave what", "Try or teach these words", "/understanding?asked="} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the call's page lacks %q", want)
		}
	}
}

func TestPhraseIsTriedThenTaughtThenForgotten(t *testing.T) {
	s := open(t, rehearsed)
	const say = "the hot box in the attic is crying"
	form := url.Values{"say": {say}, "meaning": {"service:Water heater service"}}

	page := s.form("/understanding/try", form)
	if !strings.Contains(page.body, "All 40 test conversations end as before") || !strings.Contains(page.body, "Teach it") {
		t.Fatalf("the trial says: %s", page.body)
	}
	if len(s.taught()) != 0 {
		t.Fatal("a trial teaches")
	}
	if page := s.form("/understanding/teach", form); page.status != http.StatusSeeOther {
		t.Fatalf("teaching: %d", page.status)
	}
	if got := s.taught(); len(got) != 1 || got[0] != (business.Taught{Say: say, Kind: "service", Means: "Water heater service"}) {
		t.Fatalf("taught %+v", got)
	}
	if page := s.form("/understanding/teach", form); !strings.Contains(page.body, "is taught already") || len(s.taught()) != 1 {
		t.Error("takes the same phrase twice")
	}
	page = s.get("/understanding?" + url.Values{"q": {"hi " + say}}.Encode())
	if !strings.Contains(page.body, "Water heater service, 95% sure") || !strings.Contains(page.body, "taught by you") {
		t.Error("the phrase taught does not count")
	}
	if page := s.form("/understanding/forget", url.Values{"say": {say}}); page.status != http.StatusSeeOther || len(s.taught()) != 0 {
		t.Errorf("forgetting: %d, left %+v", page.status, s.taught())
	}
	if page := s.form("/understanding/forget", url.Values{"say": {say}}); page.status != http.StatusSeeOther {
		t.Errorf("forgetting twice: %d", page.status)
	}
}

func TestPhraseThatWouldHarmIsNotTaught(t *testing.T) {
	s := open(t, rehearsed)
	for _, c := range []struct {
		say, meaning, says string
	}{
		{"a pipe burst in here", "service:Drain cleaning", "of 40 test conversations that end well today, 1 would not"},
		{"", "service:Drain cleaning", "The phrase is required."},
		{"ok", "answer:yes", "too short"},
		{"it stinks of gas", "intent:danger", "The meaning must be"},
		{"my roof leaks", "service:Roofing", "The meaning must be"},
		{"hocus pocus", "", "The meaning must be"},
	} {
		form := url.Values{"say": {c.say}, "meaning": {c.meaning}}
		if page := s.form("/understanding/try", form); !strings.Contains(page.body, c.says) || strings.Contains(page.body, "Teach it") {
			t.Errorf("%q tried: the page lacks %q", c.say, c.says)
		}
		if page := s.form("/understanding/teach", form); page.status != http.StatusOK || len(s.taught()) != 0 {
			t.Errorf("%q taught: %d, %+v", c.say, page.status, s.taught())
		}
	}
}

func TestTextsShowWhichWordsGaveWhat(t *testing.T) {
	s := open(t)
	const from = "+13125550190"
	for i, body := range []string{"hi, my kitchen drain is clogged", "tomorrow after three"} {
		sid := fmt.Sprintf("SM%d", i)
		s.tx(func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertMessage(ctx, &messaging.Message{
				BusinessID: s.b.ID, Direction: "inbound", From: from, To: s.line, Kind: messaging.Talk, Status: messaging.Received, Body: body,
				CarrierID: sid, Key: "in:" + sid, CreatedAt: s.clock.Now(),
			}); err != nil {
				return err
			}
			_, err := s.r.Text(ctx, tx, receptionist.TextInput{BusinessID: s.b.ID, From: from, Body: body, Key: sid})
			return err
		})
	}
	page := s.get("/texts/" + url.PathEscape(from))
	for _, want := range []string{"Drain cleaning", "Tue, Nov 24, 3:00 PM", "asked=choice"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the thread lacks %q", want)
		}
	}
	if n := strings.Count(page.body, "Which words gave what</summary>"); n != 2 {
		t.Errorf("%d texts are laid open", n)
	}
}
