package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixly/messaging"
	"fixly/photos"
	"fixly/scheduling"
	"fixly/store"
)

// Pictures are shown in the thread, and to nobody who is not signed in.
func TestPicturesInAThread(t *testing.T) {
	t.Parallel()
	s := open(t, signedIn)
	const karen = "+13125550142"
	gif := []byte("GIF89a\x01\x00\x01\x00")
	var id string
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		m := &messaging.Message{
			BusinessID: s.b.ID, Direction: messaging.Inbound, From: karen, To: s.line, Kind: messaging.Talk, Status: messaging.Received, CarrierID: "SM1", Media: []string{"a", "b"},
		}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.WantPhotos(ctx, m); err != nil {
			return err
		}
		found, err := tx.PhotosWith(ctx, s.b.ID, karen, m.CreatedAt)
		if err != nil {
			return err
		}
		p := found[0]
		p.Status, p.Type, p.Size = photos.Kept, "image/gif", len(gif)
		id = p.ID
		return tx.SavePhoto(ctx, &p, gif)
	})
	if got := s.get("/photos/" + id); got.status == http.StatusOK {
		t.Fatal("a picture is shown to who is not signed in")
	}
	cookie := s.form("/sign-in", url.Values{"key": {key}}).cookies[0]
	as := func(r *http.Request) { r.AddCookie(cookie) }
	page := s.get("/texts/"+url.PathEscape(karen), as).body
	if !strings.Contains(page, `src="/photos/`+id) || !strings.Contains(page, "A photo is on its way") {
		t.Error("the thread doesn't show its pictures")
	}
	if got := s.get("/photos/"+id, as); got.status != http.StatusOK || got.body != string(gif) || got.header.Get("Content-Type") != "image/gif" {
		t.Errorf("the picture is %d %v", got.status, got.header)
	}
	if got := s.get("/photos/pho_c0000000000000000000", as); got.status != http.StatusNotFound {
		t.Errorf("no picture is %d", got.status)
	}
}

// The work of a visit that has begun is done at the press of a button.
func TestTheWorkIsDone(t *testing.T) {
	t.Parallel()
	s := open(t)
	later := s.book(24, 9, "Drain cleaning", "Luis Ortega", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "slow drain", scheduling.Routine)
	if body := s.get("/jobs/" + later.ID).body; strings.Contains(body, "The work is done") {
		t.Error("a visit that lies ahead can be done")
	}
	s.form("/jobs/"+later.ID+"/done", url.Values{})
	s.clock.Advance(24 * 3600 * 1e9)
	if body := s.get("/jobs/" + later.ID).body; !strings.Contains(body, "/jobs/"+later.ID+"/done") {
		t.Error("a visit that has begun can't be done")
	}
	for range 2 {
		if got := s.form("/jobs/"+later.ID+"/done", url.Values{}); got.status != http.StatusSeeOther {
			t.Errorf("it is answered %d", got.status)
		}
	}
	if j, err := s.db.Job(t.Context(), s.b.ID, later.ID); err != nil || j.Status != scheduling.StatusCompleted {
		t.Errorf("the visit is %+v, %v", j, err)
	}
}
