package dashboard_test

import (
	"net/url"
	"testing"
	"time"

	"fixly/telephony"
)

// TestPagesAreAccessibleAndFit draws each page, full and empty, on a phone and on a desk, in light and in dark.
func TestPagesAreAccessibleAndFit(t *testing.T) {
	var full *shop
	full = open(t, rehearsed, pushed, byHand(&full))
	bare := open(t, pushed)
	full.tried("callers", "callers", "60")
	bare.tried("replay", "conversations", "20")
	full.fullCalendar()
	full.onCallAndForwarded()
	full.notified()
	booked := full.callWith("booked")
	worth := open(t)
	counted := worth.ledgered()
	for _, l := range []look{phoneLight, phoneDark, desktopLight, desktopDark} {
		t.Run(l.name, func(t *testing.T) {
			p := tab(t, l)
			for _, c := range []struct{ name, url string }{
				{"today", full.url + "/"},
				{"callbacks", full.url + "/callbacks"},
				{"empty-callbacks", bare.url + "/callbacks"},
				{"calls", full.url + "/calls"},
				{"call", full.url + "/calls/" + booked.ID},
				{"calendar", full.url + "/calendar?day=2026-11-24"},
				{"calendar-week", full.url + "/calendar?day=2026-11-24&view=week"},
				{"block", full.url + "/calendar/block?date=2026-11-24&from=13:00&to=14:30&technician=Luis+Ortega"},
				{"days-off", full.url + "/calendar/off?done=1"},
				{"empty-calendar", bare.url + "/calendar"},
				{"jobs", full.url + "/jobs"},
				{"job", full.url + "/jobs/" + booked.JobID},
				{"subscribe", full.url + "/jobs/subscribe?replaced=1"},
				{"notifications", full.url + "/notifications?done=added"},
				{"empty-notifications", bare.url + "/notifications"},
				{"on-call", full.url + "/oncall"},
				{"empty-on-call", bare.url + "/oncall"},
				{"forwarding", full.url + "/forwarding"},
				{"empty-forwarding", bare.url + "/forwarding"},
				{"texts", full.url + "/texts"},
				{"thread", full.url + "/texts/" + url.PathEscape("+13125550142")},
				{"texting", full.url + "/texting?done=1"},
				{"statement", worth.url + "/statement?done=credited"},
				{"booked-job", worth.url + "/statement/" + counted.ID},
				{"empty-statement", full.url + "/statement"},
				{"phone", full.url + "/phone"},
				{"understanding", full.url + "/understanding?" + url.Values{"q": {"Hi, this is Karen Whitfield, the sink in my kitchen is backed up, can somebody come thursday after three but not before?"}, "asked": {"problem"}}.Encode()},
				{"trial", full.url + "/trial"},
				{"empty-trial", bare.url + "/trial"},
				{"empty-understanding", bare.url + "/understanding"},
				{"empty-today", bare.url + "/"},
				{"empty-calls", bare.url + "/calls"},
				{"empty-jobs", bare.url + "/jobs"},
				{"empty-texts", bare.url + "/texts"},
				{"not-found", bare.url + "/nothing"},
			} {
				p.open(c.url)
				p.fits()
				p.accessible()
				p.shot(c.name)
			}
		})
	}
}

func TestSignInPageIsAccessible(t *testing.T) {
	s := open(t, signedIn)
	for _, l := range []look{phoneLight, desktopDark} {
		p := tab(t, l)
		p.open(s.url + "/")
		p.has("Administrator key")
		p.fits()
		p.accessible()
		p.shot("sign-in")
	}
}

// callWith finds the newest call with an outcome.
func (s *shop) callWith(outcome string) telephony.Call {
	s.t.Helper()
	calls, err := s.db.ListCalls(s.t.Context(), s.b.ID, telephony.CallFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	for i := len(calls) - 1; i >= 0; i-- {
		if string(calls[i].Outcome) == outcome {
			return calls[i]
		}
	}
	s.t.Fatal("no call was ", outcome)
	return telephony.Call{}
}

// TestPageFollowsWhatHappens: a page that lies open shows a call that comes in and a job that is booked.
func TestPageFollowsWhatHappens(t *testing.T) {
	s := open(t)
	p := tab(t, desktopLight)
	p.open(s.url + "/")
	p.has("Nobody is on the line")
	p.has("Nothing booked yet")
	s.called(time.Second, 0, "HERRERA G", "+17735550159", "", "Leak under the sink", "", said{"caller", "There's water under my sink", ""})
	p.has("There's water under my sink")
	s.book(24, 9, "Drain cleaning", "", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", "")
	p.has("Karen Whitfield")
}
