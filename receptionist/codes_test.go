package receptionist_test

import (
	"regexp"
	"testing"

	"fixly/receptionist"
)

func TestCodes(t *testing.T) {
	c, again, other := receptionist.NewCodes([]byte("secret")), receptionist.NewCodes([]byte("secret")), receptionist.NewCodes([]byte("terces"))
	code := c.Of("conv_1", "+13125550142", 1)
	if !regexp.MustCompile(`^\d{6}$`).MatchString(code) {
		t.Fatalf("code %q", code)
	}
	if !again.Is("conv_1", "+13125550142", 1, code) {
		t.Error("another node with the same secret does not know the code")
	}
	for what, is := range map[string]bool{
		"another secret":       other.Is("conv_1", "+13125550142", 1, code),
		"another conversation": c.Is("conv_2", "+13125550142", 1, code),
		"another number":       c.Is("conv_1", "+13125550143", 1, code),
		"the next code":        c.Is("conv_1", "+13125550142", 2, code),
		"other digits":         c.Is("conv_1", "+13125550142", 1, code[1:]),
		"a made-up secret":     receptionist.NewCodes(nil).Is("conv_1", "+13125550142", 1, code),
	} {
		if is {
			t.Errorf("the code counts with %s", what)
		}
	}
}
