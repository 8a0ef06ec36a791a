package dashboard_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"fixly/dashboard"
	"fixly/demo"
)

// post sends a form as the page does; file, where not empty, is uploaded.
func (s *shop) post(path, file string, pairs ...string) answer {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			s.t.Fatal(err)
		}
	}
	if file != "" {
		w, err := form.CreateFormFile("file", "changed.yaml")
		if err == nil {
			_, err = io.WriteString(w, file)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.do(http.MethodPost, path, func(r *http.Request) {
		r.Header.Set("Content-Type", form.FormDataContentType())
		r.Body = io.NopCloser(&body)
		r.ContentLength = int64(body.Len())
	})
}

// tried tries something with the shop as it is, and waits until it is through.
func (s *shop) tried(kind string, pairs ...string) {
	s.t.Helper()
	if a := s.post("/trial", "", append(pairs, "kind", kind)...); a.status != http.StatusSeeOther {
		s.t.Fatalf("%d: %s", a.status, a.body)
	}
	s.tries.Wait(s.t.Context(), s.b.ID)
}

func TestCallersAreTriedInTheBackground(t *testing.T) {
	s := open(t)
	if page := s.get("/trial"); !strings.Contains(page.body, "Nothing tried yet") || strings.Contains(page.body, demo.Business().Lines[0].AuthToken) {
		t.Errorf("an empty page, or one with secrets: %s", page.body)
	}
	s.tried("callers", "callers", "20")
	page := s.get("/trial")
	for _, want := range []string{"Booked right", "Unsafe", "What they called for", "your shop as it is"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("without %q: %s", want, page.body)
		}
	}
	if again := s.get("/trial"); again.body != page.body {
		t.Error("a reload shows something else")
	}
}

func TestChangedSettingsAreTriedAndNotKept(t *testing.T) {
	s := open(t)
	s.busyMorning()
	if a := s.post("/trial", strings.Replace(string(demo.File()), "Drain cleaning,", "Drains,", 1), "kind", "replay", "conversations", "20"); a.status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.status, a.body)
	}
	s.tries.Wait(t.Context(), s.b.ID)
	page := s.get("/trial")
	if !strings.Contains(page.body, "come to the same") || !strings.Contains(page.body, "changed.yaml") {
		t.Error(page.body)
	}
	if all, err := s.db.Businesses(t.Context()); err != nil || all[0].Services[0].Name != "Drain cleaning" {
		t.Errorf("what was tried was kept: %v, %v", all[0].Services, err)
	}
}

func TestMistakesInTheSettingsAreTold(t *testing.T) {
	s := open(t)
	edited := strings.Replace(string(demo.File()), "duration: 90m", "duration: yes", 1)
	for _, page := range []answer{s.post("/trial", edited, "kind", "callers"), s.post("/trial", "", "kind", "callers", "settings", edited)} {
		if page.status != http.StatusOK || !strings.Contains(page.body, "duration") || !strings.Contains(page.body, `role="alert"`) {
			t.Errorf("%d: %s", page.status, page.body)
		}
	}
	if s.tries.Latest(s.b.ID) != nil {
		t.Error("it was tried all the same")
	}
}

func TestATrialIsStoppedFromThePage(t *testing.T) {
	s := open(t)
	if a := s.post("/trial", "", "kind", "callers", "callers", "2000"); a.status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.status, a.body)
	}
	if page := s.post("/trial", "", "kind", "callers"); !strings.Contains(page.body, "under way") {
		t.Error("a second one began beside it")
	}
	if part := s.get("/parts/trial"); !strings.Contains(part.body, "every 1s") || !strings.Contains(part.body, "/trial/stop") {
		t.Error(part.body)
	}
	if a := s.post("/trial/stop", ""); a.status != http.StatusSeeOther {
		t.Errorf("%d", a.status)
	}
	if page := s.get("/trial"); !strings.Contains(page.body, "It was stopped after") {
		t.Error(page.body)
	}
}

func TestWithoutTrialsThereIsNoSuchPage(t *testing.T) {
	s := open(t, func(d *dashboard.Deps) { d.Trials = nil })
	if page := s.get("/trial"); page.status != http.StatusNotFound {
		t.Errorf("%d", page.status)
	}
	if page := s.get("/understanding"); strings.Contains(page.body, "/trial") {
		t.Error("a link to a page that isn't there")
	}
}
