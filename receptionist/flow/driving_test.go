package flow_test

import (
	"testing"
	"time"

	"fixly/contact"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// driven is a conversation with the demo's shop, which plans its driving: Mike lives in Logan Square, Luis on the South
// Side.
func driven(t *testing.T) *script {
	c := newScript(t, monday)
	c.w.b.Scheduling.PlanDriving = true
	c.w.b.Team[0].Home, c.w.b.Team[1].Home = "60647", "60616"
	return c
}

func dripping() understanding.Understanding {
	return understanding.Understanding{Text: "my faucet leaks", Service: "Leak repair", ServiceScore: 1, Problem: "my faucet leaks", FAQ: -1}
}

// offered says who would come, where everybody offered is the same.
func (c *script) offered() string {
	who := ""
	for _, o := range c.s.Offers {
		if who != "" && who != o.Slot.Technician {
			return "several"
		}
		who = o.Slot.Technician
	}
	return who
}

func TestWhereTheCallerLivesDecidesWhoIsOffered(t *testing.T) {
	for _, c := range []struct {
		name, says, onFile, want string
	}{
		{"nobody knows", "", "", "Luis Ortega"}, // who can do less
		{"the caller has said so", "60622", "", "Mike Rossi"},
		{"the caller was a customer before", "", "60622", "Mike Rossi"},
		{"the caller has moved", "60616", "60622", "Luis Ortega"},
		{"out of the area by now", "", "53202", "Luis Ortega"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := driven(t)
			if c.onFile != "" {
				s.w.jobs = []scheduling.Job{{
					ID: "job_1", Status: scheduling.StatusCompleted, Service: "Drain cleaning", Customer: contact.Customer{Name: "Karen Whitfield", Phone: caller},
					Address: contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", State: "IL", ZIP: c.onFile},
					Slot:    scheduling.Slot{Technician: "Luis Ortega", Start: s.w.now.AddDate(0, -2, 0), End: s.w.now.AddDate(0, -2, 0).Add(time.Hour)},
				}}
			}
			u := dripping()
			u.Address = contact.Address{ZIP: c.says}
			s.say(u)
			for range 3 { // the questions that come before the times
				if len(s.s.Offers) > 0 {
					break
				}
				s.say(understanding.Understanding{Text: "no", FAQ: -1, Answer: understanding.No})
			}
			if got := s.offered(); got != c.want {
				t.Errorf("offered %s, want %s: %+v", got, c.want, s.s.Offers)
			}
		})
	}
}
