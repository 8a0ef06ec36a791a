package business

import "testing"

func TestMayText(t *testing.T) {
	for r, want := range map[Registration]bool{
		{}:                         true,
		{Kind: RegistrationExempt}: true,
		{Kind: Registration10DLC, Status: RegistrationApproved}:   true,
		{Kind: Registration10DLC, Status: RegistrationPending}:    false,
		{Kind: RegistrationTollFree, Status: RegistrationNone}:    false,
		{Kind: RegistrationTollFree, Status: RegistrationPending}: false,
	} {
		if r.MayText() != want {
			t.Errorf("%+v: %v", r, !want)
		}
	}
}
