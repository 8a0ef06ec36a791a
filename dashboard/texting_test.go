package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixly/business"
	"fixly/consent"
	"fixly/store"
)

func TestTheOwnerSaysHowALineStands(t *testing.T) {
	s := open(t)
	b := s.business()
	number := b.Lines[0].Number
	page := s.get("/texting").body
	for _, words := range []string{"Not known", "Saw I missed your call", "You&#39;re booked with Mike&#39;s Plumbing", "they call or text Mike&#39;s Plumbing"} {
		if !strings.Contains(page, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	if page := s.get("/texts"); !strings.Contains(page.body, `href="/texting"`) {
		t.Error("nothing leads to the page")
	}
	says := func(kind, status string) int {
		return s.form("/texting", url.Values{"line": {number}, "kind": {kind}, "status": {status}}).status
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error { return tx.NoteUnregistered(ctx, b.ID, number, "30034") })
	if page := s.get("/texting").body; !strings.Contains(page, "Refused by the carrier") {
		t.Error("the page does not say that the carrier refuses")
	}
	if status := says("10dlc", "pending"); status != http.StatusSeeOther {
		t.Errorf("pending: %d", status)
	}
	if page := s.get("/texting").body; !strings.Contains(page, "Refused by the carrier") {
		t.Error("a pending registration lets the line text again")
	}
	if status := says("10dlc", "approved"); status != http.StatusSeeOther {
		t.Errorf("approved: %d", status)
	}
	if page := s.get("/texting").body; !strings.Contains(page, "May text") {
		t.Error("an approved registration does not let the line text again")
	}
	if got, want := s.business().Lines[0].Registration, (business.Registration{Kind: "10dlc", Status: "approved"}); got != want {
		t.Errorf("registration %+v", got)
	}
	if status := says("10dlc", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("without a status: %d", status)
	}
	if status := says("made up", "approved"); status != http.StatusNotFound {
		t.Errorf("of a made-up kind: %d", status)
	}
}

func TestTheOwnerNotesWhatHeWasTold(t *testing.T) {
	s := open(t)
	b := s.business()
	notes := func(who, channel, act string) int {
		return s.form("/texting/consent", url.Values{"who": {who}, "channel": {channel}, "act": {act}}).status
	}
	if status := notes("(312) 555-0142", "text", "withdrawn"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		if out, err := tx.OptedOut(ctx, b.ID, "+13125550142"); !out || err != nil {
			t.Errorf("opted out %v, %v", out, err)
		}
		return nil
	})
	if status := notes("Ann@Example.com", "email", "withdrawn"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		if st, err := tx.Standing(ctx, b.ID, "ann@example.com", consent.Email); !st.Withdrawn || err != nil {
			t.Errorf("standing %+v, %v", st, err)
		}
		return nil
	})
	if page := s.get("/texting").body; !strings.Contains(page, "no more e-mails. You noted what they told you.") {
		t.Error("the ledger does not show it")
	}
	if status := notes("(312) 555-0143", "promotion", "given"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	if page := s.get("/texting").body; !strings.Contains(page, "may be sent reminders by the time of year. You noted that they agreed in writing.") {
		t.Error("the ledger does not show that they agreed")
	}
	for _, bad := range [][3]string{{"3125550142", "text", "given"}, {"3125550142", "promotion", "restored"}, {"nobody", "text", "withdrawn"}, {"3125550142", "email", "withdrawn"}} {
		if status := notes(bad[0], bad[1], bad[2]); status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", bad, status)
		}
	}
	if status := notes("3125550142", "text", "perhaps"); status != http.StatusNotFound {
		t.Errorf("a made-up act: %d", status)
	}
}

// business is the shop as it is stored.
func (s *shop) business() *business.Business {
	s.t.Helper()
	all, err := s.db.Businesses(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return all[0]
}
