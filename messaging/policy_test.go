package messaging

import (
	"testing"
	"time"

	"fixly/business"
)

const (
	line     = "+13125550100"
	customer = "+13125550142"
)

var central = zone("America/Chicago")

func zone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return l
}

func shop() *business.Business {
	return &business.Business{
		ID:        "biz_1",
		Profile:   business.Profile{Name: "Mike's Plumbing & Heating", Timezone: "America/Chicago", Owner: business.Owner{Phone: "+13125550101"}},
		Lines:     []business.Line{{Number: line}, {Number: "+13125550110"}},
		Answering: business.Answering{Blocked: []string{"+13125550199"}},
		FollowUps: business.FollowUps{QuietHours: "21:00-08:00"},
	}
}

var pending = business.Registration{Kind: "toll_free", Status: "pending"}

// noon is a Monday noon in Chicago.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, central)

func TestRules(t *testing.T) {
	night := time.Date(2026, 11, 23, 23, 30, 0, 0, central)
	for _, c := range []struct {
		name  string
		at    stage
		kind  Kind
		facts func(*facts)
		want  Reason
	}{
		{"a text-back after a call", writing, TextBack, nil, ""},
		{"withheld number", writing, TextBack, func(f *facts) { f.To = "" }, NotTextable},
		{"anonymous, on a keypad", writing, TextBack, func(f *facts) { f.To = "+266696687" }, NotTextable},
		{"toll-free number", writing, Confirmation, func(f *facts) { f.To = "+18005550119" }, NotTextable},
		{"short code", writing, Talk, func(f *facts) { f.To = "40404" }, NotTextable},
		{"a line that was given up", sending, Summary, func(f *facts) { f.From = "+13125550120" }, NoLine},
		{"one of our own lines", writing, TextBack, func(f *facts) { f.To = "+13125550110" }, OwnLine},
		{"blocked", writing, TextBack, func(f *facts) { f.To = "+13125550199" }, Blocked},
		{"blocked meanwhile", sending, Talk, func(f *facts) { f.To = "+13125550199" }, Blocked},
		{"opted out", writing, Confirmation, func(f *facts) { f.optedOut = true }, OptedOut},
		{"opted out meanwhile", sending, TextBack, func(f *facts) { f.optedOut = true }, OptedOut},
		{"opted out holds for alerts too", sending, Alert, func(f *facts) { f.optedOut = true }, OptedOut},
		{"the confirmation of STOP", writing, OptOut, func(f *facts) { f.optedOut = true }, ""},
		{"the answer to a START that a STOP overtook", sending, OptOut, func(f *facts) {
			f.optedOut, f.CreatedAt = true, noon.Add(-time.Minute)
			f.standing.Withdrawn, f.standing.Since = true, noon
		}, OptedOut},
		{"a code at night", writing, Code, nil, ""},
		{"the last code of the day", writing, Code, func(f *facts) { f.codes = codesPerDay - 1 }, ""},
		{"one code too many", writing, Code, func(f *facts) { f.codes = codesPerDay }, TooManyCodes},
		{"codes keep no other text back", writing, Confirmation, func(f *facts) { f.codes = codesPerDay }, ""},
		{"a landline", writing, TextBack, func(f *facts) { f.landline = true }, Landline},
		{"found to be a landline meanwhile", sending, Confirmation, func(f *facts) { f.landline = true }, Landline},
		{"a line whose registration is pending", writing, TextBack, func(f *facts) { f.shop.Lines[0].Registration = pending }, Unregistered},
		{"the owner is told all the same", writing, Summary, func(f *facts) { f.shop.Lines[0].Registration = pending }, ""},
		{"and the people on call", writing, Alert, func(f *facts) { f.refused = true }, ""},
		{"an approved line", writing, TextBack, func(f *facts) {
			f.shop.Lines[0].Registration = business.Registration{Kind: "10dlc", Status: "approved"}
		}, ""},
		{"an exempt line", writing, TextBack, func(f *facts) { f.shop.Lines[0].Registration.Kind = "exempt" }, ""},
		{"a line whose texts the carrier refused", sending, TextBack, func(f *facts) { f.refused = true }, Unregistered},
		{"a review asked of a stranger", writing, Review, nil, NoRelationship},
		{"a review asked of a customer", writing, Review, func(f *facts) { f.standing.Booked = noon.AddDate(0, -17, 0) }, ""},
		{"a customer of long ago", writing, Seasonal, func(f *facts) { f.standing.Booked = noon.AddDate(0, -19, 0) }, NoRelationship},
		{"a reminder at a time of year to who only booked", writing, Seasonal, func(f *facts) { f.standing.Booked = noon.AddDate(0, -11, 0) }, NotAgreed},
		{"and to who took it back meanwhile", sending, Seasonal, func(f *facts) { f.standing.Booked = noon.AddDate(0, -11, 0) }, NotAgreed},
		{"one to who agreed in writing", writing, Seasonal, func(f *facts) { f.standing.Booked, f.agreed = noon.AddDate(0, -11, 0), true }, ""},
		{"a lead who called in August", sending, Lead, func(f *facts) { f.standing.Turned = noon.AddDate(0, -3, -1) }, NoRelationship},
		{"a lead who called in September", sending, Lead, func(f *facts) { f.standing.Turned = noon.AddDate(0, -2, 0) }, ""},
		{"a second review in the month", writing, Review, func(f *facts) { f.standing.Turned, f.own = noon, []int{1} }, MarketingCap},
		{"a second text of marketing in the day", writing, Nudge, func(f *facts) { f.standing.Turned, f.together = noon, []int{1, 1} }, MarketingCap},
		{"a fourth in the week", writing, Lead, func(f *facts) { f.standing.Turned, f.together = noon, []int{0, 3} }, MarketingCap},
		{"caps keep no confirmation back", writing, Confirmation, func(f *facts) { f.together = []int{9, 9} }, ""},
		{"just booked", writing, TextBack, func(f *facts) { f.JustBooked = true }, JustBooked},
		{"booked meanwhile", sending, TextBack, func(f *facts) { f.JustBooked = true }, JustBooked},
		{"the confirmation of what was just booked", writing, Confirmation, func(f *facts) { f.JustBooked = true }, ""},
		{"a second text-back in the hour", writing, TextBack, func(f *facts) { f.lastTextBack = noon.Add(-59 * time.Minute) }, OncePerHour},
		{"a second text-back after an hour", writing, TextBack, func(f *facts) { f.lastTextBack = noon.Add(-time.Hour) }, ""},
		{"its own hour does not stop it on the way", sending, TextBack, func(f *facts) { f.lastTextBack = noon }, ""},
		{"two machines that answer each other", writing, Talk, func(f *facts) { f.counts = []int{limits[0].count, 41} }, TooMany},
		{"a long conversation", writing, Talk, func(f *facts) { f.counts = []int{limits[0].count - 1, 41} }, ""},
		{"too many over a day", writing, Talk, func(f *facts) { f.counts = []int{0, limits[1].count} }, TooMany},
		{"summaries are never too many", writing, Summary, func(f *facts) { f.counts = []int{500, 500} }, ""},
		{"a confirmation past its day", sending, Confirmation, func(f *facts) { f.NotAfter = noon.Add(-time.Second) }, TooLate},
		{"a text-back eleven minutes late is reworded", sending, TextBack, func(f *facts) { f.NotAfter = noon.Add(-time.Minute) }, ""},
		{"a text-back hours late", sending, TextBack, func(f *facts) { f.NotAfter = noon.Add(-rewordFor - time.Second) }, TooLate},
		{"a text-back at night, at once", sending, TextBack, func(f *facts) { f.now, f.NotAfter = night, night.Add(time.Minute) }, ""},
		{"a text-back at night, late", sending, TextBack, func(f *facts) { f.now, f.NotAfter = night, night.Add(-time.Minute) }, QuietHours},
		{"an alert at night", sending, Alert, func(f *facts) { f.now, f.NotAfter = night, night.Add(time.Minute) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &facts{Message: Message{From: line, To: customer, Kind: c.kind}, shop: shop(), now: noon, counts: make([]int, len(limits))}
			if c.facts != nil {
				c.facts(f)
			}
			if got := f.forbidden(c.at); got != c.want {
				t.Errorf("forbidden: %q, want %q", got, c.want)
			}
		})
	}
}

func TestQuietHoursHoldBack(t *testing.T) {
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", s, central)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	west, east := zone("America/Los_Angeles"), zone("America/New_York")
	for _, c := range []struct {
		name  string
		kind  Kind
		live  bool
		now   string
		until string // empty: at once
		zones []*time.Location
	}{
		{"a confirmation of the owner's booking in the evening", Confirmation, false, "2026-11-23 22:10", "2026-11-24 08:00", nil},
		{"the same after midnight", Confirmation, false, "2026-11-24 00:10", "2026-11-24 08:00", nil},
		{"as quiet hours begin", Confirmation, false, "2026-11-23 21:00", "2026-11-24 08:00", nil},
		{"as they end", Confirmation, false, "2026-11-24 08:00", "", nil},
		{"by day", Confirmation, false, "2026-11-23 14:00", "", nil},
		{"a confirmation in a conversation at night", Confirmation, true, "2026-11-23 23:00", "", nil},
		{"an answer at night", Talk, false, "2026-11-23 23:00", "", nil},
		{"a text-back at night", TextBack, false, "2026-11-23 23:00", "", nil},
		{"a summary at night", Summary, false, "2026-11-23 23:00", "", nil},
		{"a reminder", Reminder, false, "2026-11-23 23:00", "2026-11-24 08:00", nil},
		{"the night in which clocks go forward", Reminder, false, "2026-03-07 23:00", "2026-03-08 08:00", nil},
		{"the night in which clocks go back", Reminder, false, "2026-10-31 23:00", "2026-11-01 08:00", nil},
		{"in the morning, to the west", Reminder, false, "2026-11-23 09:00", "2026-11-23 10:00", []*time.Location{west}},
		{"in the evening, to the east", Reminder, false, "2026-11-23 20:30", "2026-11-24 07:00", []*time.Location{east}},
		{"who may be east or west, in the evening", Reminder, false, "2026-11-23 20:30", "2026-11-24 10:00", []*time.Location{east, west}},
		{"who may be east or west, in the morning", Confirmation, false, "2026-11-23 07:30", "2026-11-23 10:00", []*time.Location{east, west}},
		{"marketing in the evening", Review, false, "2026-11-23 21:30", "2026-11-24 08:00", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &facts{Message: Message{Kind: c.kind}, Known: Known{Live: c.live}, shop: shop(), now: at(c.now).UTC(), zones: c.zones}
			want := time.Time{}
			if c.until != "" {
				want = at(c.until)
			}
			if got := f.holdUntil(); !got.Equal(want) {
				t.Errorf("held until %s, want %s", got, want)
			}
		})
	}
}

// The law's hours hold for what sells, whatever quiet hours the shop has.
func TestTheShopCannotShortenTheHoursOfTheLaw(t *testing.T) {
	b := shop()
	b.FollowUps.QuietHours = "23:00-06:00"
	f := &facts{Message: Message{Kind: Seasonal}, shop: b, now: time.Date(2026, 11, 23, 21, 30, 0, 0, central)}
	if got, want := f.holdUntil(), time.Date(2026, 11, 24, 8, 0, 0, 0, central); !got.Equal(want) {
		t.Errorf("held until %s, want %s", got, want)
	}
	if f.Kind = Reminder; !f.holdUntil().IsZero() {
		t.Errorf("a reminder is held until %s", f.holdUntil())
	}
}

func TestEveryKindOfMarketingIsCapped(t *testing.T) {
	listed := only(marketingKinds()...)
	for k, n := range natures {
		if n.marketing != listed(k) || n.marketing && (len(n.caps) == 0 || !n.held) {
			t.Errorf("%s: %+v", k, n)
		}
	}
}

func TestEveryReasonIsExplained(t *testing.T) {
	for _, r := range rules {
		if s := r.reason.Explain(); s == string(r.reason) {
			t.Errorf("reason %q has no explanation", r.reason)
		}
	}
}

func TestReadOptOut(t *testing.T) {
	for body, want := range map[string]OptOutType{
		"STOP": Stop, "stop": Stop, " Stop. ": Stop, "Stop!!": Stop, "unsubscribe": Stop, "OPT OUT": Stop, "opt-out": Stop, "\"stop\"": Stop,
		"stop all": Stop, "Quit": Stop, "END": Stop, "cancel": Stop, "START": Start, "unstop": Start, "Help": Help, "info": Help, "Arrêt": Stop,
		"stop by at three": NoOptOut, "please stop the leak": NoOptOut, "can you help": NoOptOut, "yes": NoOptOut, "": NoOptOut,
		"start tomorrow": NoOptOut, "🙂": NoOptOut, "cancel my appointment": NoOptOut,
	} {
		if got := ReadOptOut(body, false); got != want {
			t.Errorf("ReadOptOut(%q) = %q, want %q", body, got, want)
		}
	}
	if got := ReadOptOut("Cancel", true); got != NoOptOut {
		t.Errorf("CANCEL from someone who expects a visit = %q", got)
	}
	if got := ReadOptOut("Stop", true); got != Stop {
		t.Errorf("STOP from someone who expects a visit = %q", got)
	}
}
