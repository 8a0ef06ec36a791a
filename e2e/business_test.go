package e2e

import (
	"net/http"
	"testing"
)

// editBusiness changes the business as the settings page does: it reads it whole, and writes it back edited.
func (s *shop) editBusiness(t testing.TB, edit func(b map[string]any)) {
	t.Helper()
	var b map[string]any
	if status := s.request(http.MethodGet, "/business", nil, &b); status != http.StatusOK {
		t.Fatalf("the business is answered %d", status)
	}
	edit(b)
	if status := s.request(http.MethodPut, "/business", b, nil); status != http.StatusOK {
		t.Fatalf("the edited business is answered %d", status)
	}
}

// byGather lets the line reach the receptionist by <Gather>.
func (s *shop) byGather(t testing.TB) {
	t.Helper()
	s.editBusiness(t, func(b map[string]any) { b["lines"].([]any)[0].(map[string]any)["mode"] = "gather" })
}

// personFirst lets people be rung before the receptionist answers.
func (s *shop) personFirst(t testing.TB) {
	t.Helper()
	s.editBusiness(t, func(b map[string]any) { b["answering"].(map[string]any)["first"] = "person" })
}
