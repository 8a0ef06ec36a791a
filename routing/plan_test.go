package routing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/telephony"
)

// The shop of the plans: open on Mondays and Tuesdays from 8 to 5, closed on Tuesday the 10th.
func planned9March(plan ...business.PlanEntry) *business.Business {
	b := shop("receptionist")
	b.Answering.Plan = plan
	b.Hours.Closed = []string{"2026-03-10"}
	return b
}

func on(day, hour int) time.Time {
	b := shop("receptionist")
	return time.Date(2026, 3, day, hour, 0, 0, 0, b.Location())
}

func TestPlans(t *testing.T) {
	afterHours := []business.PlanEntry{{When: "open", First: "person"}, {When: "closed", First: "receptionist"}}
	lunch := []business.PlanEntry{{When: "holiday", First: "receptionist"}, {When: "mon-fri 12:00-13:00", First: "receptionist"}, {When: "open", First: "person"}}
	missed := shop("missed")
	known := shop("person")
	known.Answering.KnownCustomers = "receptionist"
	knownFirst := shop("receptionist")
	knownFirst.Answering.KnownCustomers = "person"
	bypass := shop("receptionist")
	bypass.Answering.Bypass = []string{"+13125550160"}
	two := shop("person")
	two.Lines = append(two.Lines, business.Line{Number: "+17735550100"})
	const someone, dana, mike = "+13125550142", "+13125550102", "+13125550101"
	for _, c := range []struct {
		name   string
		shop   *business.Business
		in     telephony.Incoming
		facts  Facts
		now    time.Time
		rings  string // initials of who is rung; empty: nobody
		reason Reason
	}{
		{"after hours only, open", planned9March(afterHours...), telephony.Incoming{From: someone}, Facts{}, on(9, 10), "DM", PersonNow},
		{"after hours only, closed", planned9March(afterHours...), telephony.Incoming{From: someone}, Facts{}, on(9, 19), "", ReceptionistNow},
		{"after hours only, on a holiday", planned9March(afterHours...), telephony.Incoming{From: someone}, Facts{}, on(10, 10), "", ReceptionistNow},
		{"over lunch", planned9March(lunch...), telephony.Incoming{From: someone}, Facts{}, on(9, 12), "", ReceptionistNow},
		{"after lunch", planned9March(lunch...), telephony.Incoming{From: someone}, Facts{}, on(9, 13), "DM", PersonNow},
		{"a holiday before everything", planned9March(lunch...), telephony.Incoming{From: someone}, Facts{}, on(10, 13), "", ReceptionistNow},
		{"no entry fits", planned9March(lunch...), telephony.Incoming{From: someone}, Facts{}, on(9, 19), "", ReceptionistFirst},

		{"only when missed, direct", missed, telephony.Incoming{From: someone}, Facts{}, on(9, 10), "DM", Direct},
		{"only when missed, missed by Mike", missed, telephony.Incoming{From: someone, ForwardedFrom: mike}, Facts{}, on(9, 10), "", Missed},
		{"only when missed, missed at another phone", missed, telephony.Incoming{From: someone, ForwardedFrom: "+13125550177"}, Facts{}, on(9, 10), "", Missed},

		{"a phone that forwarded is not rung", shop("person"), telephony.Incoming{From: someone, ForwardedFrom: dana}, Facts{}, on(9, 10), "M", PersonFirst},
		{"nobody else is there", shop("person"), telephony.Incoming{From: someone, ForwardedFrom: mike}, Facts{}, on(9, 19), "", NobodyAvailable},
		{"a VIP whom Dana's phone forwarded", shop("receptionist"), telephony.Incoming{From: "+13125550150", ForwardedFrom: dana}, Facts{}, on(9, 10), "M", VIP},
		{"our own ringing came back", shop("person"), telephony.Incoming{From: someone, ForwardedFrom: mike}, Facts{CameBack: true}, on(9, 10), "", CameBack},
		{"nothing of ours comes back from elsewhere", shop("person"), telephony.Incoming{From: someone, ForwardedFrom: "+13125550177"}, Facts{CameBack: true}, on(9, 10), "DM", PersonFirst},
		{"our own line calls", shop("person"), telephony.Incoming{From: "+13125550100"}, Facts{}, on(9, 10), "", Loop},
		{"our own line forwards", two, telephony.Incoming{From: someone, ForwardedFrom: "+17735550100"}, Facts{}, on(9, 10), "", Loop},

		{"bypass", bypass, telephony.Incoming{From: "+13125550160"}, Facts{}, on(9, 10), "DM", Bypass},
		{"bypass at night", bypass, telephony.Incoming{From: "+13125550160"}, Facts{}, on(9, 23), "M", Bypass},
		{"a forged bypass", bypass, telephony.Incoming{From: "+13125550160", Attestation: "TN-Validation-Failed"}, Facts{}, on(9, 10), "", ReceptionistFirst},

		{"a known customer to the receptionist", known, telephony.Incoming{From: someone}, Facts{Known: true}, on(9, 10), "", KnownCustomer},
		{"a stranger there", known, telephony.Incoming{From: someone}, Facts{}, on(9, 10), "DM", PersonFirst},
		{"a known customer to people", knownFirst, telephony.Incoming{From: someone}, Facts{Known: true}, on(9, 10), "DM", KnownCustomer},
		{"a forged known customer", knownFirst, telephony.Incoming{From: someone, Attestation: "TN-Validation-Failed"}, Facts{Known: true}, on(9, 10), "", ReceptionistFirst},
		{"known, where the shop does not care", shop("receptionist"), telephony.Incoming{From: someone}, Facts{Known: true}, on(9, 10), "", ReceptionistFirst},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Decide(c.shop, c.in, c.facts, c.now)
			rings := ""
			for _, p := range r.People {
				rings += p.Name[:1]
			}
			if rings != c.rings || r.Reason != c.reason || (r.Action == Ring) != (rings != "") || (r.Action == Reject) != (c.reason == CameBack) {
				t.Errorf("%s rings %q because %s; want %q because %s", r.Action, rings, r.Reason, c.rings, c.reason)
			}
			if again := Decide(c.shop, c.in, FactsOf(r.Reason), c.now); again.Action != r.Action {
				t.Errorf("routed again by its reason: %s, at first %s", again.Action, r.Action)
			}
		})
	}
}

// TestNoCallRingsItsOwnPhone holds for every plan and list: who calls, and whose phone forwarded, is not rung, and a line
// of ours rings nobody.
func TestNoCallRingsItsOwnPhone(t *testing.T) {
	numbers := []string{"", "+13125550100", "+13125550101", "+13125550102", "+13125550142", "+13125550150", "+13125550160", "+13125550199"}
	rapid.Check(t, func(t *rapid.T) {
		b := shop(rapid.SampledFrom(business.Firsts()).Draw(t, "first"))
		b.Answering.KnownCustomers = rapid.SampledFrom([]string{"", "receptionist", "person"}).Draw(t, "known customers")
		b.Answering.Bypass = []string{"+13125550160"}
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			b.Answering.Plan = append(b.Answering.Plan, business.PlanEntry{
				When:  rapid.SampledFrom([]string{"always", "open", "closed", "holiday", "mon 09:00-12:00"}).Draw(t, "when"),
				First: rapid.SampledFrom(business.Firsts()).Draw(t, "then"),
			})
		}
		in := telephony.Incoming{
			From: rapid.SampledFrom(numbers).Draw(t, "from"), ForwardedFrom: rapid.SampledFrom(numbers).Draw(t, "forwarded from"),
			To: "+13125550100", Attestation: rapid.SampledFrom([]string{"", "TN-Validation-Passed-A", "TN-Validation-Failed"}).Draw(t, "verdict"),
		}
		facts := Facts{Known: rapid.Bool().Draw(t, "known"), CameBack: rapid.Bool().Draw(t, "came back")}
		r := Decide(b, in, facts, on(rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour")))
		for _, p := range r.People {
			if p.Phone == in.From || p.Phone == in.ForwardedFrom {
				t.Fatalf("%+v rings %s", in, p.Phone)
			}
		}
		if r.Action == Ring && (in.From == "+13125550100" || in.ForwardedFrom == "+13125550100") {
			t.Fatalf("%+v rings people", in)
		}
		if (r.Action == Ring) != (len(r.People) > 0) {
			t.Fatalf("%s, and %d people", r.Action, len(r.People))
		}
	})
}
