package ledger

// Sofar is what has been counted in a month by some instant.
type Sofar struct {
	Counted  int   // bookings that count
	Credited int   // of these, credited
	Charged  Cents // what they cost
	Given    Cents // what was credited of that
}

// Charge is what one more booking costs: nothing while fewer than free of the month's bookings stand. A credited one takes
// no free place.
func (s Sofar) Charge(price Cents, free int) Cents {
	if s.Counted-s.Credited < free {
		return 0
	}
	return price
}

// Credit is what is given back for a booking of the month. A free one that is credited makes a charged one free in its
// place, so it is worth the price as well, as long as any is charged.
func (s Sofar) Credit(price Cents) Cents {
	return max(0, min(price, s.Charged-s.Given))
}
