package twilio

import (
	"slices"

	"fixly/business"
	"fixly/contact"
	"fixly/telephony"
)

// Not every carrier signs the addresses that it posts to. What an address of ours says of people is believed as far as it
// agrees with what is stored and with what is signed.

// isRung says whether a leg is one that was rung for a call. The owner is rung without a note where something is broken.
func (h *Handler) isRung(q *hook, b *business.Business, c *telephony.Call, rings []telephony.Ring, g leg) bool {
	if to := q.form.Get("To"); contact.IsE164(to) && to != g.phone {
		return false
	}
	if parent := q.form.Get("ParentCallSid"); parent != "" && parent != c.CarrierID {
		return false
	}
	if g.call == "" && g.series == apologySeries {
		return g.phone == b.Profile.Owner.Phone
	}
	return wasRung(rings, g.series, g.phone)
}

func wasRung(rings []telephony.Ring, series, phone string) bool {
	return slices.ContainsFunc(rings, func(r telephony.Ring) bool { return r.Series == series && r.Phone == phone })
}

// believe leaves out of what came of a <Dial> who was not rung, and of those to be rung next who is nobody of the business.
func (got *dialled) believe(b *business.Business, rings []telephony.Ring) {
	got.now = slices.DeleteFunc(slices.Clone(got.now), func(phone string) bool {
		if got.series == apologySeries {
			return phone != b.Profile.Owner.Phone
		}
		return !wasRung(rings, got.series, phone)
	})
	got.next = slices.DeleteFunc(slices.Clone(got.next), func(phone string) bool { return !b.HasPerson(phone) })
	got.more = got.more && len(got.next) > 0
}
