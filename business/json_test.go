package business_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"fixly/business"
	"fixly/demo"
)

func wantOneLineEach(t *testing.T, err error) {
	t.Helper()
	var ps business.Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		t.Fatalf("%T: %v is not Problems", err, err)
	}
	for _, p := range ps {
		if p.Message == "" || strings.ContainsAny(p.Error(), "\n\r\x00") {
			t.Fatalf("problem %q", p.Error())
		}
	}
}

func demoJSON(t *testing.T) string {
	data, err := json.Marshal(demo.Business())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestParseJSON(t *testing.T) {
	b, err := business.ParseJSON([]byte(demoJSON(t)))
	if err != nil || !same(b, demo.Business()) {
		t.Fatalf("read %+v, %v", b, err)
	}
}

func TestParseJSONRefuses(t *testing.T) {
	good := demoJSON(t)
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", `"slug":`, `"slugg":1,"slug":`, `business.slugg: unknown key; did you mean "slug"?`},
		{"key twice", `"slug":`, `"slug":"a","slug":`, "business.slug: is given twice"},
		{"wrong type", `"ring_seconds":15`, `"ring_seconds":"15"`, `answering.ring_seconds: must be a whole number, but is the text "15"`},
		{"fraction", `"ring_seconds":15`, `"ring_seconds":1.5e1`, `answering.ring_seconds: must be a whole number, but is 1.5e1`},
		{"null", `"ring_seconds":15`, `"ring_seconds":null`, `answering.ring_seconds: must be a whole number, but is nothing`},
		{"number for a text", `"skill":"drains"`, `"skill":7`, `services[0].skill: must be text, but is 7; put it in quotes`},
		{"unskilled", `"skill":"drains"`, `"skill":"roofs"`, `services[0].skill: nobody in the team has the skill "roofs"; add it to a technician or change the service`},
		{"number for a length", `"notice":"1h"`, `"notice":60`, `scheduling.notice: "60" is not a length of time; write it like 90m, 2h or 21d`},
		{"NUL", `"Riley"`, `"Ri\u0000ley"`, "business.assistant.name: has a control character in it"},
		{"broken", `"skill":"drains"`, `"skill":`, "this is not JSON: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("the demo has no %s", c.old)
			}
			_, err := business.ParseJSON([]byte(strings.Replace(good, c.old, c.new, 1)))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			wantOneLineEach(t, err)
		})
	}
	for name, data := range map[string]string{
		"empty": "", "two": good + good, "deep": strings.Repeat("[", 100000), "not UTF-8": "\"\xff\"", "large": `"` + strings.Repeat("x", 300<<10) + `"`,
		"list": "[]", "null": "null", "yaml": "a: b",
	} {
		if _, err := business.ParseJSON([]byte(data)); err == nil {
			t.Errorf("%s was accepted", name)
		} else {
			wantOneLineEach(t, err)
		}
	}
}

func TestValidate(t *testing.T) {
	b := demo.Business()
	if err := business.Validate(b); err != nil {
		t.Fatal(err)
	}
	b.Hours.Mon = []string{"17:00-08:00"}
	b.Services[1].Skill = "roofs"
	b.Profile.Name = "\xff"
	want := `hours.mon[0]: "17:00-08:00" ends before it begins; hours past midnight are two spans, to 24:00 and from 00:00 on the next day
services[1].skill: nobody in the team has the skill "roofs"; add it to a technician or change the service
business.name: is not UTF-8`
	if err := business.Validate(b); err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if err := business.Validate(&business.Business{}); err == nil {
		t.Error("nothing was accepted as a business")
	} else {
		wantOneLineEach(t, err)
	}
}

func TestMaskedAndUnmask(t *testing.T) {
	b := demo.Business()
	b.Lines = append(b.Lines, business.Line{Number: "+13125550110", Carrier: "twilio", Mode: "gather", AccountSID: "AC" + strings.Repeat("2", 32), AuthToken: "second"})
	shown := business.Masked(b)
	if shown.Lines[0].AuthToken != business.Mask || shown.Lines[1].AuthToken != business.Mask || b.Lines[0].AuthToken == business.Mask {
		t.Fatalf("shown %+v of %+v", shown.Lines, b.Lines)
	}
	if err := business.Validate(shown); err == nil || !strings.Contains(err.Error(), "lines[0].auth_token: is masked") {
		t.Errorf("masked tokens are valid: %v", err)
	}
	data, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	back, err := business.ParseJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	back.Lines[0], back.Lines[1] = back.Lines[1], back.Lines[0] // order makes no difference
	back.Lines[1].Number = "+13125550111"                       // nor does a new number of the same account
	if err := business.Unmask(back, b); err != nil || back.Lines[0].AuthToken != "second" || back.Lines[1].AuthToken != b.Lines[0].AuthToken {
		t.Errorf("unmasked %+v, %v", back.Lines, err)
	}
	back.Lines[0].AuthToken, back.Lines[0].AccountSID = business.Mask, "AC"+strings.Repeat("3", 32)
	back.Lines[1].AuthToken = "new"
	err = business.Unmask(back, b)
	if err == nil || err.Error() != "lines[0].auth_token: is masked, but no present line has this account; write the token itself" {
		t.Errorf("got %v", err)
	}
	if back.Lines[1].AuthToken != "new" {
		t.Error("a new token was overwritten")
	}
}

func TestCloneIsDeep(t *testing.T) {
	b := demo.Business()
	c := b.Clone()
	c.Hours.Mon[0], c.Services[0].For[0], c.Lines[0].AuthToken = "x", "x", "x"
	if !same(b, demo.Business()) {
		t.Error("an edit of the clone changed the original")
	}
}
