package business_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/demo"
)

// aText draws texts that a YAML writer must quote with care, among others.
func aText(t *rapid.T, name string) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"yes", "no", "null", "~", "0123", "1e3", ".inf", "2026-01-02", "08:00", "a: b", "- a", "#x", "a #b", "*a", "&a", "!x", "%", "@", "`", "'", `"`, "\\",
			"<<", "=", "? a", "a,b", "[a]", "{a}", "two\nlines", "a\n\nb\n", "tab\there", " spaced ", "ünï — 🔧", "0x1F", "12_000", "|", ">", "---", "...",
		}),
		rapid.StringMatching(`[a-zA-Z0-9 ,.'$:#-]{1,30}[a-z]`),
		rapid.Custom(func(t *rapid.T) string {
			return "x" + rapid.StringOfN(rapid.RuneFrom([]rune("ab \n:'\"#-?{}[]&*!|>%@`\\,é漢🙂")), 0, 12, -1).Draw(t, "odd")
		}),
	).Draw(t, name)
}

// aBusiness draws a business that breaks no rule.
func aBusiness(t *rapid.T) *business.Business {
	b := demo.Business()
	b.Profile.Name, b.Profile.TextBack = aText(t, "name"), aText(t, "text back")
	b.Profile.Assistant.Greeting = aText(t, "greeting")
	b.Profile.Timezone = rapid.SampledFrom([]string{"America/Chicago", "Pacific/Apia", "UTC"}).Draw(t, "zone")
	b.Lines[0].AuthToken = aText(t, "token")
	for i := range rapid.IntRange(0, 2).Draw(t, "lines") {
		b.Lines = append(b.Lines, business.Line{
			Number: fmt.Sprintf("+1773555011%d", i), Carrier: "twilio", Mode: rapid.SampledFrom([]business.Mode{"relay", "gather", "stream"}).Draw(t, "mode"),
			AccountSID: "AC0123456789abcdefABCDEF0123456789", AuthToken: "t",
		})
	}
	if rapid.Bool().Draw(t, "other carriers") {
		b.Lines = append(b.Lines,
			business.Line{Number: "+17735550120", Carrier: "telnyx", Mode: "relay", APIKey: aText(t, "key"), PublicKey: telnyxKey},
			business.Line{Number: "+17735550121", Carrier: "gateway", Mode: "relay", Gateway: "modem"})
		b.Gateways = []business.Gateway{{
			Name: "modem", URL: "http://192.168.1.20:8080/message", Secret: aText(t, "secret"),
			Headers: []business.GatewayField{{Name: "X-Key", Value: "{secret}"}},
			Fields:  []business.GatewayField{{Name: aText(t, "field"), Value: "{to}" + aText(t, "value") + "{body}"}},
		}}
	}
	b.Answering.RingSeconds = rapid.IntRange(5, 60).Draw(t, "ring")
	b.Hours.Sun = rapid.SampledFrom([][]string{{}, {"00:00-24:00"}, {"08:00-09:00", "09:00-10:30"}}).Draw(t, "sunday")
	minutes := func(name string, from, to int) business.Duration {
		return business.Duration(time.Duration(rapid.IntRange(from, to).Draw(t, name)) * time.Minute)
	}
	b.Scheduling.Horizon = minutes("horizon", 1440, 300*1440)
	b.Scheduling.TravelBuffer = minutes("buffer", 0, 300)
	b.FollowUps.Nudge = minutes("nudge", 0, 1440)
	b.FollowUps.Confirmation = rapid.Bool().Draw(t, "confirmation")
	b.Billing.PerBookedJob = float64(rapid.IntRange(0, 10000).Draw(t, "cents")) / 100
	for i := range b.Services {
		b.Services[i].Price = aText(t, "price")
		b.Services[i].Duration = minutes("duration", 1, 540)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "taught") {
		b.Taught = append(b.Taught, business.Taught{Say: fmt.Sprint("phrase ", aText(t, "say"), i), Kind: business.TaughtAnswer, Means: "yes"})
	}
	b.FAQs = nil
	for i := range rapid.IntRange(0, 3).Draw(t, "faqs") {
		b.FAQs = append(b.FAQs, business.FAQ{Q: fmt.Sprint(aText(t, "q"), i), A: aText(t, "a")})
	}
	if err := business.Validate(b); err != nil {
		t.Skipf("not a business: %v", err)
	}
	return b
}

func TestMarshalThenParseIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aBusiness(t)
		file, err := business.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := business.Parse("back.yaml", file)
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		if !same(b, back) {
			t.Fatalf("read\n%+v\nwrote\n%+v\nin\n%s", back, b, file)
		}
	})
}

func TestJSONThenParseJSONIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aBusiness(t)
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := business.ParseJSON(data)
		if err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
		if !same(b, back) {
			t.Fatalf("read\n%+v\nwrote\n%+v", back, b)
		}
		var stored business.Business
		if err := json.Unmarshal(data, &stored); err != nil {
			t.Fatal(err)
		}
		if err := stored.Prepare(); err != nil || !same(b, &stored) {
			t.Fatalf("prepared\n%+v (%v)\nwrote\n%+v", stored, err, b)
		}
	})
}

// same compares all that a file says.
func same(a, b *business.Business) bool {
	if a.Location().String() != b.Location().String() {
		return false
	}
	va, vb := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range va.NumField() {
		if va.Type().Field(i).IsExported() && !reflect.DeepEqual(va.Field(i).Interface(), vb.Field(i).Interface()) {
			return false
		}
	}
	return true
}

// FuzzParse holds that no input makes Parse or ParseJSON panic, that every problem has a message of one line, and that
// what is accepted is written and read back the same, in both notations.
func FuzzParse(f *testing.F) {
	f.Add(demo.File())
	f.Add([]byte(shop))
	if data, err := json.Marshal(demo.Business()); err == nil {
		f.Add(data)
	}
	f.Add([]byte("business: &a {name: *a}\n<<: *a"))
	f.Add([]byte("? {a: b}\n: c\n--- 1\n"))
	f.Add([]byte(`{"business": null, "lines": [{}], "hours": {"mon": "x"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := business.Parse("fuzz.yaml", data)
		checkParsed(t, b, err)
		b, err = business.ParseJSON(data)
		checkParsed(t, b, err)
	})
}

func checkParsed(t *testing.T, b *business.Business, err error) {
	if err != nil {
		wantOneLineEach(t, err)
		return
	}
	file, err := business.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	masked := false
	for _, s := range b.Secrets() {
		masked = masked || *s.Value == business.Mask
	}
	if back, err := business.Parse("back.yaml", file); !masked && (err != nil || !same(b, back)) {
		t.Fatalf("%v; read\n%+v\nwrote\n%+v", err, back, b)
	}
	data, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := business.ParseJSON(data); err != nil || !same(b, back) {
		t.Fatalf("%v; read\n%+v\nwrote\n%+v", err, back, b)
	}
}
