package api_test

import (
	"net/http"
	"testing"
	"time"
)

// TestOpeningsThatCanBeDrivenTo: a shop that plans its driving lists other times for a customer far away, and books no
// sooner.
func TestOpeningsThatCanBeDrivenTo(t *testing.T) {
	s := open(t)
	var b map[string]any
	s.do("GET", "/api/v1/business", nil).into(t, &b)
	b["scheduling"].(map[string]any)["plan_driving"] = true
	area := b["service_area"].(map[string]any)
	area["zips"] = append(area["zips"].([]any), "60187")
	for _, m := range b["team"].([]any) {
		m.(map[string]any)["home"] = "2020 West Armitage Avenue, Chicago, IL 60647"
	}
	if a := s.do("PUT", "/api/v1/business", b); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	first := func(zip string) time.Time {
		var page struct{ Data []opening }
		s.do("GET", "/api/v1/availability?service=Leak%20repair&from=2026-11-24&to=2026-11-25&zip="+zip, nil).into(t, &page)
		if len(page.Data) == 0 {
			t.Fatalf("nothing open for %q", zip)
		}
		return page.Data[0].StartsAt
	}
	near, far := first("60622"), first("60187") // Wicker Park, and Wheaton, 25 miles west
	if near.Format("15:04") != "08:00" || far.Format("15:04") != "08:30" {
		t.Errorf("near %v, far %v", near, far)
	}
	job := map[string]any{
		"service": "Leak repair", "starts_at": near.Format(time.RFC3339), "problem": "faucet drips",
		"customer": map[string]any{"name": "Karen Whitfield", "phone": "+13125550142"},
		"address":  map[string]any{"line1": "100 North Main Street", "city": "Wheaton", "state": "IL", "zip": "60187"},
	}
	if a := s.do("POST", "/api/v1/jobs", job); a.status != http.StatusConflict {
		t.Errorf("before anybody can be there: %d %s", a.status, a.body)
	}
	job["starts_at"] = far.Format(time.RFC3339)
	if a := s.do("POST", "/api/v1/jobs", job); a.status != http.StatusCreated {
		t.Errorf("when it can be driven: %d %s", a.status, a.body)
	}
}
