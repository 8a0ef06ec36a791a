package routing

import (
	"testing"
	"time"

	"fixly/business"
	"fixly/telephony"
)

func shop(first string) *business.Business {
	weekday := []string{"08:00-17:00"}
	return &business.Business{
		Profile: business.Profile{Name: "Mike's", Timezone: "America/Chicago"},
		Lines:   []business.Line{{Number: "+13125550100"}},
		Answering: business.Answering{
			First: first,
			Chain: []business.Person{
				{Name: "Dana", Phone: "+13125550102", Hours: "open"},
				{Name: "Mike", Phone: "+13125550101", Hours: "always"},
			},
			Blocked: []string{"+13125550199", "+13125550198"},
			VIP:     []string{"+13125550150", "+13125550198"},
		},
		Hours: business.Hours{Mon: weekday, Tue: weekday},
	}
}

func TestDecide(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	open := time.Date(2026, 3, 9, 10, 0, 0, 0, chicago)
	closed := time.Date(2026, 3, 9, 19, 0, 0, 0, chicago)
	closing := time.Date(2026, 3, 9, 17, 0, 0, 0, chicago)
	onlyDana := shop("person")
	onlyDana.Answering.Chain = onlyDana.Answering.Chain[:1]
	nobody := shop("person")
	nobody.Answering.Chain = nil

	for _, c := range []struct {
		name    string
		shop    *business.Business
		from    string
		verdict string
		now     time.Time
		action  Action
		people  []string
		reason  Reason
		doubt   Doubt
	}{
		{"receptionist first", shop("receptionist"), "+13125550142", "", open, Receptionist, nil, ReceptionistFirst, NoDoubt},
		{"person first, open", shop("person"), "+13125550142", "", open, Ring, []string{"Dana", "Mike"}, PersonFirst, NoDoubt},
		{"person first, closed", shop("person"), "+13125550142", "", closed, Ring, []string{"Mike"}, PersonFirst, NoDoubt},
		{"at closing time it is closed", shop("person"), "+13125550142", "", closing, Ring, []string{"Mike"}, PersonFirst, NoDoubt},
		{"person first, nobody at this hour", onlyDana, "+13125550142", "", closed, Receptionist, nil, NobodyAvailable, NoDoubt},
		{"person first, no chain", nobody, "+13125550142", "", open, Receptionist, nil, NobodyAvailable, NoDoubt},
		{"blocked", shop("receptionist"), "+13125550199", "", open, Reject, nil, Blocked, NoDoubt},
		{"blocked and forged", shop("person"), "+13125550199", "TN-Validation-Failed-A", open, Reject, nil, Blocked, FailedCheck},
		{"blocked beats VIP", shop("receptionist"), "+13125550198", "", open, Reject, nil, Blocked, NoDoubt},
		{"VIP rings the first person", shop("receptionist"), "+13125550150", "TN-Validation-Passed-A", open, Ring, []string{"Dana"}, VIP, NoDoubt},
		{"VIP at night rings the first who takes calls", shop("receptionist"), "+13125550150", "", closed, Ring, []string{"Mike"}, VIP, NoDoubt},
		{"VIP with nobody there", nobody, "+13125550150", "", open, Receptionist, nil, NobodyAvailable, NoDoubt},
		{"a forged VIP is nobody special", shop("receptionist"), "+13125550150", "TN-Validation-Failed", open, Receptionist, nil, ReceptionistFirst, FailedCheck},
		{"a person of the chain is not rung by their own call", shop("person"), "+13125550102", "", open, Ring, []string{"Mike"}, PersonFirst, NoDoubt},
		{"withheld", shop("receptionist"), "", "TN-Validation-Passed-A", open, Receptionist, nil, ReceptionistFirst, Withheld},
		{"attestation B", shop("receptionist"), "+13125550142", "TN-Validation-Passed-B-Passthrough", open, Receptionist, nil, ReceptionistFirst, NoDoubt},
		{"attestation C", shop("receptionist"), "+13125550142", "TN-Validation-Passed-C", open, Receptionist, nil, ReceptionistFirst, Unverified},
		{"not validated", shop("receptionist"), "+13125550142", "No-TN-Validation", open, Receptionist, nil, ReceptionistFirst, Unverified},
		{"garbage", shop("receptionist"), "+13125550142", "TN-Validation-Passed-", open, Receptionist, nil, ReceptionistFirst, Unverified},
		{"our own line calls", shop("receptionist"), "+13125550100", "", open, Receptionist, nil, Loop, Itself},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Decide(c.shop, telephony.Incoming{From: c.from, To: "+13125550100", Attestation: c.verdict}, Facts{}, c.now)
			if r.Action != c.action || r.Reason != c.reason || r.Doubt != c.doubt {
				t.Errorf("got %s because %s, doubt %q; want %s because %s, doubt %q", r.Action, r.Reason, r.Doubt, c.action, c.reason, c.doubt)
			}
			var people []string
			for _, p := range r.People {
				people = append(people, p.Name)
			}
			if len(people) != len(c.people) {
				t.Fatalf("rings %v, want %v", people, c.people)
			}
			for i := range people {
				if people[i] != c.people[i] {
					t.Errorf("rings %v, want %v", people, c.people)
				}
			}
		})
	}
}
