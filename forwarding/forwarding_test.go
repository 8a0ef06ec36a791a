package forwarding_test

import (
	"slices"
	"strings"
	"testing"

	"fixly/business"
	"fixly/forwarding"
)

func TestTheCodesAreInOrder(t *testing.T) {
	var keys []string
	for _, c := range forwarding.Carriers() {
		keys = append(keys, c.Key)
		if c.Name == "" || c.Note == "" || len(c.Sources) == 0 {
			t.Errorf("%s lacks its name, its note or where its codes are from", c.Key)
		}
		for when := range c.Codes {
			if !slices.Contains(forwarding.Conditions(), when) {
				t.Errorf("%s: %q is no condition", c.Key, when)
			}
			code, ok := c.For(when, "+13125550100")
			if !ok || !strings.Contains(code.On, "3125550100") || strings.ContainsAny(code.On+code.Off, "{}+ ") || !strings.ContainsAny(code.Off[:1], "*#") {
				t.Errorf("%s, %s: %+v", c.Key, when, code)
			}
		}
	}
	if !slices.Equal(keys, business.ForwardingCarriers()) {
		t.Errorf("the carriers are %q, the business file knows %q", keys, business.ForwardingCarriers())
	}
	var when []string
	for _, c := range forwarding.Conditions() {
		when = append(when, string(c))
	}
	if !slices.Equal(when, business.ForwardingConditions()) {
		t.Errorf("the conditions are %q, the business file knows %q", when, business.ForwardingConditions())
	}
}

func TestCodesWithANumber(t *testing.T) {
	for key, want := range map[string]string{"verizon": "*713125550100", "tmobile": "**61*13125550100#", "landline": "*923125550100", "voip": ""} {
		if code, _ := forwarding.CarrierByKey(key).For(forwarding.NoAnswer, "+13125550100"); code.On != want {
			t.Errorf("%s: %q, want %q", key, code.On, want)
		}
	}
	if got := forwarding.Dial("**61*13125550100#"); got != "tel:**61*13125550100%23" {
		t.Errorf("the link is %q", got)
	}
	if _, ok := forwarding.CarrierByKey("gsm").For(forwarding.All, "+442071838750"); ok {
		t.Error("a number outside of North America has a code")
	}
}

func TestTheWarningOfALoop(t *testing.T) {
	if forwarding.LoopWarning(true, "+13125550101", []string{"+13125550101"}) == "" {
		t.Error("no warning")
	}
	if forwarding.LoopWarning(false, "+13125550101", []string{"+13125550101"})+forwarding.LoopWarning(true, "+13125550101", nil) != "" {
		t.Error("a warning without a loop")
	}
}
