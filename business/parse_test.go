package business_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"fixly/business"
)

// shop is a business file in few lines, for changing.
const shop = `business:
  name: Al's Plumbing
  slug: als-plumbing
  timezone: America/Chicago
  owner: {name: Al, phone: "+13125550101", email: al@example.com}
  assistant: {name: Riley, greeting: "Al's Plumbing, this is Riley, the virtual assistant."}
  text_back: "Sorry we missed you."
  languages: [en]
lines:
  - {number: "+13125550100", carrier: twilio, mode: relay, account_sid: AC00000000000000000000000000000001, auth_token: secret}
answering:
  first: receptionist
  ring_seconds: 15
  chain:
    - {name: Al, role: owner, phone: "+13125550101", hours: always, emergencies: true}
  blocked: ["+13125550199"]
  vip: ["+13125550150"]
hours:
  mon: ["08:00-12:00", "13:00-17:00"]
  closed: [2026-12-25]
team:
  - {name: Al, skills: [plumbing]}
scheduling: {arrival_window: 2h, travel_buffer: 30m, notice: 60m, horizon: 21d}
service_area: {zips: ["60601"], cities: [Chicago], state: IL}
services:
  - {name: Leak repair, duration: 90m, price: "$129", skill: plumbing, for: [leak]}
emergencies: {accepted: true, after_hours_fee: "$150", signs: [flooding], danger: [gas leak]}
faqs:
  - {q: Are you licensed?, a: "Yes."}
follow_ups: {confirmation: true, reminder: [24h], nudge: 20m, review_link: https://example.com/r, quiet_hours: "21:00-08:00"}
billing: {currency: USD, free_jobs_per_month: 5, per_booked_job: 9.00}
`

func TestParse(t *testing.T) {
	b, err := business.Parse("dir/shop.yaml", []byte(shop))
	if err != nil {
		t.Fatal(err)
	}
	if b.Location().String() != "America/Chicago" || b.Hours.Mon[1] != "13:00-17:00" || b.Hours.Closed[0] != "2026-12-25" ||
		b.Scheduling.Horizon.String() != "21d" || b.Billing.PerBookedJob != 9 || !b.Answering.Chain[0].Emergencies {
		t.Errorf("read %+v", b)
	}
}

// TestParseRefuses changes one thing in the shop and wants one line about it.
func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "  slug:", "  slugg: x\n  slug:", `shop.yaml:3: business.slugg: unknown key; did you mean "slug"?`},
		{"unknown part", "billing:", "shoe_size: 9\nbilling:", "shop.yaml:31: shoe_size: unknown key; known here: answering, billing, "},
		{"unknown key in a list", "role: owner,", "rolle: owner,", `shop.yaml:15: answering.chain[0].rolle: unknown key; did you mean "role"?`},
		{"key twice", "  slug: als-plumbing", "  slug: als-plumbing\n  slug: other", "shop.yaml:4: business.slug: is given twice; the first is on line 3"},
		{"no name", "name: Al's Plumbing", `name: "  "`, "shop.yaml:2: business.name: is required"},
		{"part left out", "  assistant: {name: Riley, greeting: \"Al's Plumbing, this is Riley, the virtual assistant.\"}\n", "", "shop.yaml:1: business.assistant: is required"},
		{"name left out", "{name: Riley, ", "{", "shop.yaml:6: business.assistant.name: is required"},
		{"services left out", "services:", "servces:", `shop.yaml:1: services: is required` + "\n" + `shop.yaml:25: servces: unknown key; did you mean "services"?`},
		{"slug", "als-plumbing", "Al's", `shop.yaml:3: business.slug: "Al's" must be lower-case`},
		{"zone", "America/Chicago", "America/Chicagoo", `shop.yaml:4: business.timezone: "America/Chicagoo" is not a time zone; use an IANA name such as America/Chicago`},
		{"machine's zone", "America/Chicago", "Local", `shop.yaml:4: business.timezone: "Local" is not a time zone`},
		{"e-mail", "al@example.com", "al at example", `shop.yaml:5: business.owner.email: "al at example" is not an e-mail address`},
		{"language", "[en]", "[en, english]", `shop.yaml:8: business.languages[1]: "english" is not a language`},
		{"booking page", "languages: [en]", "languages: [en]\n  booking_page: never", `shop.yaml:9: business.booking_page: must be on or off, but is "never"`},
		{"no language", "[en]", "[]", "shop.yaml:8: business.languages: needs at least one language"},
		{"phone without country", `owner: {name: Al, phone: "+13125550101"`, `owner: {name: Al, phone: "(312) 555-0101"`, `shop.yaml:5: business.owner.phone: "(312) 555-0101" is not in E.164 form; write it as "+13125550101"`},
		{"no phone", `vip: ["+13125550150"]`, `vip: ["Mike"]`, `shop.yaml:17: answering.vip[0]: "Mike" is not a phone number; write it like "+13125550101"`},
		{"impossible phone", `vip: ["+13125550150"]`, `vip: ["+11125550150"]`, "shop.yaml:17: answering.vip[0]: "},
		{"unquoted phone", `vip: ["+13125550150"]`, `vip: [+13125550150]`, "shop.yaml:17: answering.vip[0]: must be text, but is +13125550150; put it in quotes"},
		{"line twice", "answering:", "  - {number: \"+13125550100\", account_sid: AC00000000000000000000000000000001, auth_token: secret}\nanswering:", "shop.yaml:11: lines[1].number: +13125550100 is already the number of lines[0]"},
		{"no lines", "auth_token: secret}", "auth_token: secret}\n  - x", "shop.yaml:11: lines[1]: must hold keys with values, but is the text \"x\""},
		{"carrier", "carrier: twilio", "carrier: acme", `shop.yaml:10: lines[0].carrier: must be twilio or telnyx or gateway, but is "acme"`},
		{"mode", "mode: relay", "mode: rely", `shop.yaml:10: lines[0].mode: must be relay or gather or stream, but is "rely"`},
		{"account", "AC00000000000000000000000000000001", "AC1", `shop.yaml:10: lines[0].account_sid: "AC1" is not a Twilio account SID`},
		{"no token", "auth_token: secret", `auth_token: ""`, "shop.yaml:10: lines[0].auth_token: is required"},
		{"registration", "auth_token: secret", "auth_token: secret, registration: {kind: a2p, status: approved}", `shop.yaml:10: lines[0].registration.kind: must be 10dlc or toll_free or exempt, but is "a2p"`},
		{"registration's status", "auth_token: secret", "auth_token: secret, registration: {kind: 10dlc}", `shop.yaml:10: lines[0].registration.status: must be none or pending or approved, but is ""`},
		{"exempt, yet pending", "auth_token: secret", "auth_token: secret, registration: {kind: exempt, status: pending}", "shop.yaml:10: lines[0].registration.status: must be left out where kind is exempt"},
		{"masked token", "auth_token: secret", `auth_token: "********"`, "shop.yaml:10: lines[0].auth_token: is masked; write the token itself"},
		{"who is first", "first: receptionist", "first: me", `shop.yaml:12: answering.first: must be receptionist or person or missed, but is "me"`},
		{"ring short", "ring_seconds: 15", "ring_seconds: 4", "shop.yaml:13: answering.ring_seconds: must be from 5 to 60, but is 4"},
		{"ring fraction", "ring_seconds: 15", "ring_seconds: 15.5", "shop.yaml:13: answering.ring_seconds: must be a whole number, but is 15.5"},
		{"ring text", "ring_seconds: 15", `ring_seconds: "15"`, `shop.yaml:13: answering.ring_seconds: must be a whole number, but is the text "15"`},
		{"role hours", "hours: always", "hours: sometimes", `shop.yaml:15: answering.chain[0].hours: "sometimes" is not open, closed, holiday, always or hours like mon-fri 08:00-12:00`},
		{"plan when", "first: receptionist", "first: receptionist\n  plan: [{when: noon, first: person}]", `shop.yaml:13: answering.plan[0].when: "noon" is not open, closed`},
		{"plan first", "first: receptionist", "first: receptionist\n  plan: [{when: closed, first: nobody}]", `shop.yaml:13: answering.plan[0].first: must be receptionist or person or missed, but is "nobody"`},
		{"plan that never is", "first: receptionist", "first: receptionist\n  plan: [{when: \"mon 08:00-08:00\", first: person}]", `shop.yaml:13: answering.plan[0].when: "mon 08:00-08:00" ends when it begins`},
		{"ring how", "first: receptionist", "first: receptionist\n  ring: loudly", `shop.yaml:13: answering.ring: must be in_turn or together, but is "loudly"`},
		{"hand over how", "first: receptionist", "first: receptionist\n  hand_over: hot", `shop.yaml:13: answering.hand_over: must be warm or cold, but is "hot"`},
		{"voicemail", "first: receptionist", "first: receptionist\n  voicemail: always", `shop.yaml:13: answering.voicemail: must be last_resort or nobody_took or off, but is "always"`},
		{"known customers", "first: receptionist", "first: receptionist\n  known_customers: vip", `shop.yaml:13: answering.known_customers: must be receptionist or person, but is "vip"`},
		{"seconds of a person", "hours: always", "hours: always, seconds: 3", `shop.yaml:15: answering.chain[0].seconds: must be from 5 to 60, but is 3`},
		{"topic", "hours: always", "hours: always, topics: [weather]", `shop.yaml:15: answering.chain[0].topics[0]: "weather" is neither a service nor one of billing`},
		{"bypass and blocked", "first: receptionist", "first: receptionist\n  bypass: [\"+13125550199\"]", `shop.yaml:13: answering.bypass[0]: +13125550199 is already answering.blocked[0]`},
		{"bool", "emergencies: true}", "emergencies: sure}", `shop.yaml:15: answering.chain[0].emergencies: must be true or false, but is the text "sure"`},
		{"person twice", "  blocked:", "    - {name: Bo, phone: \"+13125550101\"}\n  blocked:", "shop.yaml:16: answering.chain[1].phone: +13125550101 is already the phone of answering.chain[0]"},
		{"ringing ourselves", "  blocked:", "    - {name: Bo, phone: \"+13125550100\"}\n  blocked:", "shop.yaml:16: answering.chain[1].phone: +13125550100 is our own number (lines[0]); ringing it would call ourselves"},
		{"blocked twice", `["+13125550199"]`, `["+13125550199", "+13125550199"]`, "shop.yaml:16: answering.blocked[1]: +13125550199 is already answering.blocked[0]"},
		{"blocked and vip", `["+13125550150"]`, `["+13125550199"]`, "shop.yaml:17: answering.vip[0]: +13125550199 is already answering.blocked[0]"},
		{"blocked ourselves", `["+13125550199"]`, `["+13125550100"]`, "shop.yaml:16: answering.blocked[0]: +13125550100 is our own number (lines[0])"},
		{"blocked the owner", `["+13125550199"]`, `["+13125550101"]`, "shop.yaml:16: answering.blocked[0]: +13125550101 is the phone of answering.chain[0]"},
		{"hours", `"08:00-12:00"`, `"8-12"`, `shop.yaml:19: hours.mon[0]: "8" is not a time of day; write it like 08:00`},
		{"hour 25", `"08:00-12:00"`, `"08:00-25:00"`, `shop.yaml:19: hours.mon[0]: "25:00" is not a time of day`},
		{"minute 60", `"08:00-12:00"`, `"08:60-12:00"`, `shop.yaml:19: hours.mon[0]: "08:60" is not a time of day`},
		{"backwards", `"08:00-12:00"`, `"12:00-08:00"`, `shop.yaml:19: hours.mon[0]: "12:00-08:00" ends before it begins`},
		{"overlap", `"08:00-12:00"`, `"08:00-14:00"`, `shop.yaml:19: hours.mon[1]: "13:00-17:00" overlaps or precedes "08:00-14:00"`},
		{"one text for hours", `["08:00-12:00", "13:00-17:00"]`, `"08:00-17:00"`, `shop.yaml:19: hours.mon: must be a list, but is the text "08:00-17:00"`},
		{"never open", `["08:00-12:00", "13:00-17:00"]`, `[]`, `shop.yaml:18: hours: the business is never open`},
		{"30 February", "2026-12-25", "2026-02-30", `shop.yaml:20: hours.closed[0]: "2026-02-30" is not a date; write it like 2026-12-25`},
		{"closed twice", "[2026-12-25]", "[2026-12-25, 2026-12-25]", `shop.yaml:20: hours.closed[1]: "2026-12-25" is already hours.closed[0]`},
		{"technician twice", "team:", "team:\n  - {name: al, skills: [gas]}", `shop.yaml:23: team[1].name: "Al" is already the name of team[0]`},
		{"no skills", "skills: [plumbing]", "skills: []", `shop.yaml:22: team[0].skills: needs at least one skill` + "\n" + `shop.yaml:26: services[0].skill: nobody`},
		{"unskilled", "skill: plumbing", "skill: gas", `shop.yaml:26: services[0].skill: nobody in the team has the skill "gas"; add it to a technician or change the service`},
		{"no team", "  - {name: Al, skills: [plumbing]}", "  []", "shop.yaml:21: team: needs at least one technician"},
		{"service twice", "emergencies: {acc", "  - {name: leak repair, duration: 1h, price: free, skill: plumbing}\nemergencies: {acc", `shop.yaml:27: services[1].name: "leak repair" is already the name of services[0]`},
		{"no unit", "duration: 90m", "duration: 90", `shop.yaml:26: services[0].duration: "90" is not a length of time; write it like 90m, 2h or 21d`},
		{"longer than any day", "duration: 90m", "duration: 5h", "shop.yaml:26: services[0].duration: 5h does not fit into any day; the longest stretch of opening hours is 4h"},
		{"no duration", "duration: 90m", "duration: 0m", "shop.yaml:26: services[0].duration: must be from 1m to 24h, but is 0m"},
		{"seconds", "duration: 90m", "duration: 90m30s", "shop.yaml:26: services[0].duration: must be in whole minutes, but is 1h30m30s"},
		{"negative", "notice: 60m", "notice: -60m", `shop.yaml:23: scheduling.notice: "-60m" is negative`},
		{"notice over horizon", "notice: 60m", "notice: 30d", "shop.yaml:23: scheduling.notice: 30d leaves nothing to offer within the horizon of 21d"},
		{"approval of what", "notice: 60m", "notice: 60m, approval: [everyone]", `shop.yaml:23: scheduling.approval[0]: must be emergencies or new_customers, but is "everyone"`},
		{"approval twice", "notice: 60m", "notice: 60m, approval: [emergencies, emergencies]", `shop.yaml:23: scheduling.approval[1]: "emergencies" is already scheduling.approval[0]`},
		{"reminder after days", "notice: 60m", "notice: 60m, approval_reminder: 25h", "shop.yaml:23: scheduling.approval_reminder: must be from 0m to 24h, but is"},
		{"deadline in seconds", "notice: 60m", "notice: 60m, approval_deadline: 90s", "shop.yaml:23: scheduling.approval_deadline: must be in whole minutes, but is"},
		{"approval no switch", "duration: 90m", "approval: ask, duration: 90m", "shop.yaml:26: services[0].approval: "},
		{"ZIP", `zips: ["60601"]`, `zips: ["6060"]`, `shop.yaml:24: service_area.zips[0]: "6060" is not a ZIP code`},
		{"unquoted ZIP", `zips: ["60601"]`, `zips: [60601]`, "shop.yaml:24: service_area.zips[0]: must be text, but is 60601; put it in quotes"},
		{"state", "state: IL", "state: Illinois", `shop.yaml:24: service_area.state: "Illinois" is not a state`},
		{"price a number", `price: "$129"`, "price: 129", "shop.yaml:26: services[0].price: must be text, but is 129; put it in quotes"},
		{"no answer", `a: "Yes."`, `a: ""`, "shop.yaml:29: faqs[0].a: is required"},
		{"question twice", "follow_ups:", "  - {q: are you licensed?, a: No.}\nfollow_ups:", `shop.yaml:30: faqs[1].q: "are you licensed?" is already asked by faqs[0]`},
		{"reminder twice", "[24h]", "[24h, 1440m]", "shop.yaml:30: follow_ups.reminder[1]: 24h is already follow_ups.reminder[0]"},
		{"link", "https://example.com/r", "example.com/r", `shop.yaml:30: follow_ups.review_link: "example.com/r" is not a web address`},
		{"quiet hours", `"21:00-08:00"`, `"9pm"`, `shop.yaml:30: follow_ups.quiet_hours: "9pm" is not a span of hours`},
		{"always quiet", `"21:00-08:00"`, `"00:00-24:00"`, "shop.yaml:30: follow_ups.quiet_hours: "},
		{"currency", "USD", "Dollar", `shop.yaml:31: billing.currency: "Dollar" is not a currency`},
		{"negative price", "9.00", "-9.00", "shop.yaml:31: billing.per_booked_job: must not be negative, but is -9"},
		{"infinite price", "9.00", ".inf", "shop.yaml:31: billing.per_booked_job: must be a number, but is .inf"},
		{"negative free jobs", "month: 5", "month: -5", "shop.yaml:31: billing.free_jobs_per_month: must not be negative, but is -5"},
		{"alias", "text_back: \"Sorry we missed you.\"", "text_back: &x hello", "shop.yaml:7: business.text_back: anchors and aliases"},
		{"merge", "billing: {", "billing: {<<: *x, ", "shop.yaml:31: this is not YAML: "},
		{"second document", "billing: {", "---\nbilling: {", "shop.yaml:31: a second document begins here; a business file holds one business"},
		{"list for a text", "text_back: \"Sorry we missed you.\"", "text_back: [a]", "shop.yaml:7: business.text_back: must be text, but is a list"},
		{"nothing for a text", "text_back: \"Sorry we missed you.\"", "text_back:", "shop.yaml:7: business.text_back: must be text, but is nothing"},
		{"control character", "text_back: \"Sorry we missed you.\"", `text_back: "a\0b"`, "shop.yaml:7: business.text_back: has a control character in it"},
		{"too long", "Sorry we missed you.", strings.Repeat("x", 1001), "shop.yaml:7: business.text_back: is longer than 1000 characters"},
		{"not YAML", "billing: {", "billing: [", "shop.yaml:3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(shop, c.old) == 0 {
				t.Fatalf("the shop has no %q", c.old)
			}
			_, err := business.Parse("testdata/shop.yaml", []byte(strings.Replace(shop, c.old, c.new, 1)))
			if err == nil {
				t.Fatal("accepted")
			}
			got := strings.Split(err.Error(), "\n")
			want := strings.Split(c.want, "\n")
			if len(got) != len(want) {
				t.Fatalf("%d problems, want %d:\n%v", len(got), len(want), err)
			}
			for i := range want {
				if !strings.HasPrefix(got[i], want[i]) {
					t.Errorf("problem %d:\n got %s\nwant %s", i, got[i], want[i])
				}
			}
			var ps business.Problems
			var first business.Problem
			if !errors.As(err, &ps) || !errors.As(err, &first) || first != ps[0] {
				t.Errorf("%T is not Problems", err)
			}
		})
	}
}

func TestParseRefusesWhatIsNoFile(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"empty":     {"", "f.yaml: the file is empty"},
		"comment":   {"# nothing\n", "f.yaml: the file is empty"},
		"a text":    {"hello", `f.yaml:1: must hold keys with values, but is the text "hello"`},
		"too large": {strings.Repeat("#", 300<<10), "f.yaml: 300 kB are too many for a business; the limit is 256 kB"},
		"a bomb":    {"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]", "f.yaml:1: a: unknown key"},
		"deep":      {strings.Repeat("[", 50000), "f.yaml"},
		"tabs":      {"business:\n\tname: x", "f.yaml:2: this is not YAML"},
	} {
		_, err := business.Parse("f.yaml", []byte(c.data))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestParseTellsAllProblemsInTheOrderOfTheFile(t *testing.T) {
	bad := strings.NewReplacer("America/Chicago", "Nowhere/At", "ring_seconds: 15", "ring_seconds: 99", "skill: plumbing", "skill: gas", "currency: USD", "currency: 7", "free_jobs_per_month: 5", "free_jobs: 5").Replace(shop)
	_, err := business.Parse("shop.yaml", []byte(bad))
	want := `shop.yaml:4: business.timezone: "Nowhere/At" is not a time zone; use an IANA name such as America/Chicago
shop.yaml:13: answering.ring_seconds: must be from 5 to 60, but is 99
shop.yaml:26: services[0].skill: nobody in the team has the skill "gas"; add it to a technician or change the service
shop.yaml:31: billing.currency: must be text, but is 7; put it in quotes
shop.yaml:31: billing.free_jobs: unknown key; known here: currency, free_jobs_per_month, per_booked_job, stripe_customer`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestParseFillsInWhatIsUsual(t *testing.T) {
	short := strings.NewReplacer("carrier: twilio, mode: relay, ", "", "  first: receptionist\n  ring_seconds: 15\n", "", ", hours: always", "",
		"  languages: [en]\n", "", `, quiet_hours: "21:00-08:00"`, "", "currency: USD, ", "").Replace(shop)
	b, err := business.Parse("shop.yaml", []byte(short))
	if err != nil {
		t.Fatal(err)
	}
	if l := b.Lines[0]; l.Carrier != "twilio" || l.Mode != business.ModeRelay || b.Answering.First != "receptionist" || b.Answering.RingSeconds != 20 ||
		b.Answering.Chain[0].Hours != "always" || b.Profile.Languages[0] != "en" || b.FollowUps.QuietHours != "21:00-08:00" || b.Billing.Currency != "USD" {
		t.Errorf("read %+v", b)
	}
}

func TestBookingPageIsSwitchedOff(t *testing.T) {
	for words, want := range map[string]bool{"": true, "\n  booking_page: on": true, "\n  booking_page: off": false, "\n  booking_page: \"off\"": false} {
		b, err := business.Parse("shop.yaml", []byte(strings.Replace(shop, "  languages: [en]", "  languages: [en]"+words, 1)))
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if got := b.Profile.HasBookingPage(); got != want {
			t.Errorf("%q: there is a page: %v", words, got)
		}
	}
}

func TestParseDemo(t *testing.T) {
	data, err := os.ReadFile("../demo/mikes-plumbing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := business.Parse("mikes-plumbing.yaml", data); err != nil {
		t.Error(err)
	}
}
