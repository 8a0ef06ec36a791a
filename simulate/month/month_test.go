package month_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fixly/app"
	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/simulate/month"
	"fixly/twilioapi"
)

var monday = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// options are those of a short month of the demo business.
func options(t *testing.T, policies ...string) month.Options {
	o := month.Options{
		Business: demo.Business(), Seed: 7, From: monday, Days: 2, Assume: month.Defaults(),
		NewServer: func(ctx context.Context, shop *business.Business, c clock.Clock, carrier http.RoundTripper) (month.Server, error) {
			return app.NewVirtual(ctx, config.Config{
				Database: "sqlite:" + filepath.Join(t.TempDir(), "month.db"), PublicURL: month.Address, APIKey: month.APIKey,
				SecretKey: make(config.Key, 32), TwilioAPIURL: twilioapi.DefaultURL,
			}, shop, c, carrier, slog.New(slog.DiscardHandler))
		},
	}
	for _, p := range month.Policies() {
		for _, name := range policies {
			if p.Name == name {
				o.Policies = append(o.Policies, p)
			}
		}
	}
	if len(o.Policies) != len(policies) {
		t.Fatalf("no such policies as %q", policies)
	}
	return o
}

func play(t *testing.T, o month.Options) *month.Report {
	t.Helper()
	r, err := month.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Results {
		for _, wrong := range r.Results[i].Wrong {
			t.Errorf("%s: %s", r.Results[i].Policy.Name, wrong)
		}
	}
	return r
}

func set(t *testing.T, o month.Options, settings ...string) {
	t.Helper()
	for _, s := range settings {
		if err := month.Set(o.Assume, s); err != nil {
			t.Fatal(err)
		}
	}
}

// Everybody's wishes are met one way or another, the carrier fails for hours, and nobody is forgotten or woken.
func TestTwoDays(t *testing.T) {
	t.Parallel()
	o := options(t, "callbacks only", "text-back", "people, then receptionist")
	set(t, o, "outages=4", "outage_minutes=90", "outage_loses_answers=0.5", "says_stop=0.1", "wants_no_more_calls=0.1")
	r := play(t, o)
	callbacks, texts, both := r.Results[0], r.Results[1], r.Results[2]
	if callbacks.BookedByText+callbacks.BookedInCall > 0 || callbacks.ByNobody != callbacks.Calls || callbacks.BookedByCallback == 0 {
		t.Errorf("with callbacks only: %+v", callbacks)
	}
	if texts.BookedByText == 0 || texts.TextBack.Times == 0 {
		t.Errorf("nobody is booked by text: %+v", texts)
	}
	if both.ByPerson == 0 || both.ByReceptionist == 0 || both.Booked <= callbacks.Booked {
		t.Errorf("with people and the receptionist: %+v", both)
	}
	var out strings.Builder
	r.Write(&out)
	for _, want := range []string{"people, then receptionist", "pick_up_open", "went to another shop"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report says nothing of %q:\n%s", want, out.String())
		}
	}
}

func TestSameSeedSameMonth(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	for range 2 {
		o := options(t, "receptionist")
		o.Days = 1
		b, err := json.Marshal(play(t, o))
		if err != nil {
			t.Fatal(err)
		}
		told[string(b)] = true
	}
	if len(told) != 1 {
		t.Errorf("the same month twice is told in %d ways: %v", len(told), told)
	}
}

// What is assumed decides: where everybody picks up, people book all there is.
func TestAssumptionsCount(t *testing.T) {
	t.Parallel()
	o := options(t, "people")
	o.Days = 1
	set(t, o, "pick_up_open=1", "pick_up_closed=1", "person_minutes=0.5", "person_books=1", "ring_patience=55")
	if r := play(t, o).Results[0]; r.ByPerson < r.Calls*8/10 || r.BookedInCall == 0 {
		t.Errorf("of %d calls people took %d and booked %d", r.Calls, r.ByPerson, r.BookedInCall)
	}
}

func TestSet(t *testing.T) {
	all := month.Defaults()
	for _, bad := range []string{"", "pick_up_open", "pick_up=0.5", "pick_up_open=2", "pick_up_open=often", "pick_up_open=NaN"} {
		if err := month.Set(all, bad); err == nil || !strings.Contains(err.Error(), "pick_up_open") {
			t.Errorf("Set(%q) says %v", bad, err)
		}
	}
	if err := month.Set(all, " pick_up_open = 0.9 "); err != nil {
		t.Error(err)
	}
}
