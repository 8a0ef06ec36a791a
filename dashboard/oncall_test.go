package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/oncall"
	"fixly/store"
)

// onCallAndForwarded gives the shop a rota, a page and a number that forwards.
func (s *shop) onCallAndForwarded() {
	s.t.Helper()
	s.edit(func(b *business.Business) {
		b.OnCallPlan = business.OnCall{Since: "2026-11-23", People: []business.OnCallPerson{
			{Name: "Luis Ortega", Phone: "+13125550103"}, {Name: "Ana Diaz", Phone: "+13125550104"},
		}, Swaps: []business.Swap{{Days: "2026-12-24..2026-12-25", Person: "Ana Diaz"}}}
		b.Forwarding = business.Forwarding{Number: "+13125550101", Carrier: "att", When: "all"}
	})
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		return oncall.Begin(ctx, tx, s.clock.Now(), oncall.Emergency{
			BusinessID: s.b.ID, ConversationID: "conv_leak", Line: s.line, What: "emergency", Text: "burst pipe. Karen Whitfield, (312) 555-0142",
		})
	})
}

func TestOnCallPage(t *testing.T) {
	s := open(t)
	if body := s.get("/oncall").body; !strings.Contains(body, "emergencies page Mike Rossi and Dana Rossi at once") {
		t.Error("without a rota, the page does not say who is paged")
	}
	s.onCallAndForwarded()
	body := s.get("/oncall").body
	for _, words := range []string{"Luis Ortega, (312) 555-0103, until Mon, Nov 30 8:00 AM", "Ana Diaz", "by a swap", "Christmas Day", "Burst pipe", "10:05 AM Luis Ortega"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	if a := s.form("/oncall/swap", url.Values{"from": {"2026-11-26"}, "person": {"Nobody"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a swap with nobody is answered %d", a.status)
	}
	if a := s.form("/oncall/swap", url.Values{"from": {"2026-11-23"}, "to": {"2026-11-24"}, "person": {"Ana Diaz"}}); a.status != http.StatusSeeOther {
		t.Errorf("a swap is answered %d", a.status)
	}
	if body := s.get("/oncall").body; !strings.Contains(body, "Ana Diaz, (312) 555-0104, until Wednesday 8:00 AM (by a swap)") {
		t.Error("the swap does not show")
	}
	if a := s.form("/oncall/swap", url.Values{"do": {"back"}, "value": {"2026-11-23..2026-11-24"}, "person": {"Ana Diaz"}}); a.status != http.StatusSeeOther {
		t.Errorf("taking it back is answered %d", a.status)
	}
	pages, err := s.db.ListPages(t.Context(), s.b.ID, time.Time{}, "", 0)
	if err != nil || len(pages) != 1 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	s.clock.Advance(3*time.Minute + 5*time.Second)
	if a := s.form("/oncall/"+pages[0].ID+"/take", url.Values{"person": {"Luis Ortega"}}); a.status != http.StatusSeeOther {
		t.Errorf("noting who has it is answered %d", a.status)
	}
	if body := s.get("/parts/oncall").body; !strings.Contains(body, "Luis Ortega, after 3 min 05 s, noted here") {
		t.Errorf("the time to acknowledgement is not shown: %s", body)
	}
	if a := s.form("/oncall/page_none/take", url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("a page that is none is answered %d", a.status)
	}
}

func TestForwardingPage(t *testing.T) {
	s := open(t)
	if a := s.form("/forwarding/test", url.Values{}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a test of nothing is answered %d", a.status)
	}
	for _, bad := range []url.Values{{"number": {"12"}}, {"number": {"312 555 0100"}, "carrier": {"att"}}, {"number": {"312 555 0190"}, "carrier": {"pigeons"}}} {
		if a := s.form("/forwarding", bad); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%v is answered %d", bad, a.status)
		}
	}
	if a := s.form("/forwarding", url.Values{"number": {"(312) 555-0101"}, "carrier": {"att"}, "when": {"all"}}); a.status != http.StatusSeeOther {
		t.Fatalf("the number is answered %d", a.status)
	}
	body := s.get("/forwarding").body
	for _, words := range []string{"**61*13125550100#", "tel:**61*13125550100%23", "##61#", "Carriers differ", "would come straight back", "each Tuesday at 10:00 AM"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	for range 2 { // the second time it is at work
		if a := s.form("/forwarding/test", url.Values{}); a.status != http.StatusSeeOther {
			t.Errorf("the test is answered %d", a.status)
		}
	}
	tests, err := s.db.ForwardingTests(t.Context(), s.b.ID, 0)
	if err != nil || len(tests) != 1 || tests[0].Number != "+13125550101" {
		t.Errorf("tests are %+v, %v", tests, err)
	}
	if body := s.get("/parts/forwarding").body; !strings.Contains(body, "Ringing") {
		t.Errorf("the test does not show: %s", body)
	}
}
