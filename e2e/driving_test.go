package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fixly/telephony/fakephone"
)

// TestARoutingServerIsAskedInTheBackground: once it has said that every drive takes an hour, first visits are later.
func TestARoutingServerIsAskedInTheBackground(t *testing.T) {
	t.Parallel()
	routing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rows := func(option string) int {
			_, list, _ := strings.Cut(r.URL.RawQuery, option+"=")
			list, _, _ = strings.Cut(list, "&")
			return strings.Count(list, ";") + 1
		}
		row := "[" + strings.TrimSuffix(strings.Repeat("3600,", rows("destinations")), ",") + "]"
		_, _ = fmt.Fprintf(w, `{"code":"Ok","durations":[%s]}`, strings.TrimSuffix(strings.Repeat(row+",", rows("sources")), ","))
	}))
	defer routing.Close()
	s := sqlite(t, func(s *shop, _ *fakephone.Options) { s.settings = map[string]string{"FIXLY_ROUTING_URL": routing.URL} })
	s.editBusiness(t, func(b map[string]any) {
		b["scheduling"].(map[string]any)["plan_driving"] = true
		for _, m := range b["team"].([]any) {
			m.(map[string]any)["home"] = "60647"
		}
	})
	first := func() string {
		var page struct {
			Data []struct {
				StartsAt time.Time `json:"starts_at"`
			} `json:"data"`
		}
		day := s.now().AddDate(0, 0, 2).Format(time.DateOnly)
		if status := s.request(http.MethodGet, "/availability?service=Leak+repair&zip=60622&from="+day, nil, &page); status != http.StatusOK || len(page.Data) == 0 {
			t.Fatalf("open times are answered %d", status)
		}
		return page.Data[0].StartsAt.Format("15:04")
	}
	if got := first(); got != "08:00" {
		t.Errorf("by the estimate the first visit is at %s", got)
	}
	s.kill()
	s.restart(0)
	s.await("the routing server's word", 10*time.Second, func() bool { return first() == "09:00" })
}
