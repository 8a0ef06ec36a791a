package e2e

import (
	"testing"

	"fixly/business"
	"fixly/telephony/fakephone"
)

// owedCall is a call that is owed, as the API tells it.
type owedCall struct {
	ID, Phone, Status, Outcome string
	Attempts                   int
	Tried                      []struct{ Result string }
}

// One tap rings the owner's phone and then the customer's, from the business's number, after a text that says who is about
// to call; what came of it is noted, and nobody is forgotten whatever happens.
func TestCallBackWithOneTap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		carrier         string // empty: Twilio
		owner, customer fakephone.Person
		keys            []string // what the owner presses, first the 1 that has the customer rung
		want            owedCall
		result          string
		texted          bool
	}{
		{"booked", "", fakephone.ByHand, fakephone.HangsUp, []string{"1", "1"}, owedCall{Status: "done", Outcome: "booked"}, "reached", true},
		{"booked over Telnyx", business.CarrierTelnyx, fakephone.ByHand, fakephone.HangsUp, []string{"1", "1"}, owedCall{Status: "done", Outcome: "booked"}, "reached", true},
		{"the customer is busy", "", fakephone.ByHand, fakephone.Busy, []string{"1"}, owedCall{Status: "acknowledged", Attempts: 1}, "busy", true},
		{"no answer", "", fakephone.ByHand, fakephone.NoAnswer, []string{"1"}, owedCall{Status: "acknowledged", Attempts: 1}, "no_answer", true},
		{"not now", "", fakephone.ByHand, fakephone.NoAnswer, []string{"2"}, owedCall{Status: "acknowledged"}, "person_not_now", false},
		{"the owner doesn't pick up", "", fakephone.NoAnswer, fakephone.NoAnswer, nil, owedCall{Status: "acknowledged"}, "person_away", false},
		{"the owner's voicemail", "", fakephone.Voicemail, fakephone.NoAnswer, nil, owedCall{Status: "acknowledged"}, "person_away", false},
		{"the owner is busy", "", fakephone.Busy, fakephone.NoAnswer, nil, owedCall{Status: "acknowledged"}, "person_away", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := sqlite(t, at(c.carrier))
			s.byCarrier(t, c.carrier, "relay")
			s.ringing(t)
			s.givesUp(owen)
			var owed []owedCall
			s.await("the call is owed", patience, func() bool {
				owed = list[owedCall](s, "/callbacks?")
				return len(owed) == 1
			})
			path := "/callbacks/" + owed[0].ID
			s.Person(owner, c.owner)
			s.Person(owen, c.customer)
			if status := s.request("POST", path+"/call", map[string]any{"person": "Mike Rossi", "anyway": true}, &owed[0]); status != 200 || owed[0].Status != "calling" {
				t.Fatalf("%d %+v", status, owed[0])
			}
			if c.keys != nil {
				call := s.Rung(owner, 0)
				call.Hears("Press 1 to call")
				call.Presses(c.keys[0])
				if len(c.keys) > 1 {
					call.Hears("How did it go")
					call.Presses(c.keys[1])
				}
			}
			var got owedCall
			s.await("it is noted what came of it", patience, func() bool {
				got = owedCall{}
				s.request("GET", path, nil, &got)
				return got.Status != "calling" && len(got.Tried) == 1 && got.Tried[0].Result != ""
			})
			if got.Status != c.want.Status || got.Outcome != c.want.Outcome || got.Attempts != c.want.Attempts || got.Tried[0].Result != c.result {
				t.Errorf("%+v, want %+v and %s", got, c.want, c.result)
			}
			s.calmsDown()
			said := []string{textBack}
			if c.texted {
				said = append(said, "Mike from Mike's Plumbing & Heating is about to call you from this number.")
			}
			s.gotTexts(owen, said...)
		})
	}
}
