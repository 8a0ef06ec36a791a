package ledger

// Statement is what a month came to: what was counted in it or found not to count, and what was credited in it. Once the
// month is over it never changes; a credit given later stands on the month in which it was given.
type Statement struct {
	Bookings []Booking // settled in the month, oldest first
	Credits  []Credit  // given in the month, oldest first
	// Open are the bookings that were pending when it was read. They are no part of the sums.
	Open []Booking
}

// Sums are the figures under a statement, all in one currency.
type Sums struct {
	Currency   string
	Counted    int
	Free       int // of the counted
	NotCounted int
	Pending    int
	Credits    int
	Charged    Cents
	Credited   Cents
	Total      Cents // Charged less Credited; below zero where older bookings were credited
}

// Sums adds a statement up. A shop that changed its currency in mid-month has one sum for each, in the order in which they
// come up.
func (s *Statement) Sums() []Sums {
	var out []Sums
	of := func(currency string) *Sums {
		for i := range out {
			if out[i].Currency == currency {
				return &out[i]
			}
		}
		out = append(out, Sums{Currency: currency})
		return &out[len(out)-1]
	}
	for i := range s.Bookings {
		b := &s.Bookings[i]
		sum := of(b.Currency)
		switch {
		case b.State != Counted:
			sum.NotCounted++
			continue
		case b.Free():
			sum.Free++
		}
		sum.Counted++
		sum.Charged += b.Charge
		sum.Total += b.Charge
	}
	for _, c := range s.Credits {
		sum := of(c.Currency)
		sum.Credits++
		sum.Credited += c.Amount
		sum.Total -= c.Amount
	}
	for i := range s.Open {
		of(s.Open[i].Currency).Pending++
	}
	return out
}
