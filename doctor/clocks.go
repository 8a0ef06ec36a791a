package doctor

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"fixly/business"
)

// maxSkew is how far the machine's clock may be off before what is said about times, and what a carrier is asked
// about them, goes wrong. HTTP's Date has a resolution of a second, and the answer takes a moment.
const maxSkew = 5 * time.Second

// clocks finds whether the machine's clock agrees with the carrier's, and whether the zones of the businesses
// are known.
func clocks(ctx context.Context, o Options, businesses []*business.Business) []Finding {
	out := []Finding{skew(ctx, o)}
	if !o.Config.Now.IsZero() {
		out = append(out, Finding{Note, "clock", "the server's clock starts at " + o.Config.Now.Format(time.RFC3339), "Leave --now out where real customers call."})
	}
	zones := []string{"America/Chicago"} // one that any zone database has
	for _, b := range businesses {
		zones = append(zones, b.Profile.Timezone)
	}
	for _, z := range zones {
		if _, err := time.LoadLocation(z); err != nil {
			return append(out, Finding{Wrong, "time zones", err.Error(), "Correct the timezone in the business file; it is an IANA name such as America/Chicago."})
		}
	}
	return append(out, Finding{OK, "time zones", "known", ""})
}

// skew compares this machine's clock with the carrier's.
func skew(ctx context.Context, o Options) Finding {
	const about = "clock"
	client := o.Client
	if client == nil {
		client = &http.Client{Timeout: 10 * time.Second}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, o.Config.TwilioAPIURL, nil)
	if err != nil {
		return Finding{Wrong, about, err.Error(), "Correct FIXLY_TWILIO_API_URL."}
	}
	sent := o.Clock.Now()
	resp, err := client.Do(req)
	received := o.Clock.Now()
	if err != nil {
		return Finding{Note, about, "the carrier was not reached, so it could not be compared", "Check it against another one: timedatectl status."}
	}
	_ = resp.Body.Close() // a HEAD has none
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return Finding{Note, about, "the carrier named no time to compare it with", "Check it against another one: timedatectl status."}
	}
	// The carrier's second began at theirs; it answered at some moment between sent and received.
	var off time.Duration
	switch {
	case sent.After(theirs.Add(time.Second)):
		off = sent.Sub(theirs.Add(time.Second))
	case received.Before(theirs):
		off = received.Sub(theirs)
	}
	if off.Abs() > maxSkew {
		way := "ahead of"
		if off < 0 {
			way = "behind"
		}
		what := fmt.Sprintf("%s %s the carrier's", off.Abs().Round(time.Second), way)
		return Finding{Wrong, about, what, "Keep it right: timedatectl set-ntp true."}
	}
	return Finding{OK, about, "agrees with the carrier's", ""}
}
