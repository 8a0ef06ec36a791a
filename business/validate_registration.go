package business

import "fmt"

func (c *checker) registrations() {
	for i, l := range c.b.Lines {
		key, r := fmt.Sprintf("lines[%d].registration", i), l.Registration
		if r == (Registration{}) {
			continue
		}
		c.oneOf(key+".kind", r.Kind, Registration10DLC, RegistrationTollFree, RegistrationExempt)
		switch {
		case r.Kind == RegistrationExempt && r.Status != "":
			c.bad(key+".status", "must be left out where kind is exempt: there is nothing to approve")
		case r.Kind != RegistrationExempt:
			c.oneOf(key+".status", r.Status, RegistrationNone, RegistrationPending, RegistrationApproved)
		}
	}
}
