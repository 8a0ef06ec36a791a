package flow

import (
	"strings"
	"time"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// heardService is how sure understanding must be of a service that nobody asked for.
const heardService = 0.5

// absorb takes down every detail that was said, whatever was asked. A detail that is known is only replaced when
// it was asked for, corrected, or is being read back: a street named in passing is not a new address.
func (t *turn) absorb() {
	t.absorbProblem()
	t.absorbKnown()
	t.absorbAlso()
	t.absorbName()
	t.absorbPhone()
	t.absorbAddress()
	t.absorbDigits()
	t.absorbWhen()
}

// correcting says whether details that are known may be replaced in this turn.
func (t *turn) correcting() bool {
	done := t.s.Booked != nil || t.s.Amended != ""
	after := t.s.Question == QAnythingElse && done && t.u.Answer == understanding.No // "no, it's 1843, not 1842"
	return t.u.Correction || t.s.Question == QReadBack || t.s.Question == QChange || after || t.amendWish() != "" || t.s.top() == TopicAmend
}

// amends notes that who or where was known otherwise before.
func (t *turn) amends(known bool) {
	t.changed = t.changed || known
	t.amended = t.amended || known
}

func (t *turn) absorbProblem() {
	d, u := &t.s.Details, t.u
	asked := t.s.Question == QProblem || t.s.Question == QDetail
	named := u.Service != "" && u.ServiceScore >= heardService && t.b.Service(u.Service) != nil
	wantsNew := u.Has(understanding.IntentBook, sure) && !t.s.has(TopicBook)
	if named && u.Service != d.Service && u.Service != d.Wants && (d.Service == "" || asked || u.Correction || wantsNew) {
		if d.Service != "" {
			t.changed = true
			t.letGo() // another service takes another time
		}
		d.Service, d.Wants, t.learned = u.Service, "", true
	}
	if u.Problem != "" && (d.Problem == "" || named && wantsNew || t.s.Question == QDetail) {
		if t.s.Question == QDetail && d.Problem != "" && !strings.Contains(d.Problem, u.Problem) {
			d.Problem += "; " + u.Problem
		} else {
			d.Problem = u.Problem
		}
		d.WordsIn = t.wordsIn()
		if t.s.top() == TopicBook || asked {
			t.learned = t.learned || named
		}
	}
	if u.Urgency == "urgent" && d.Urgency == "" {
		d.Urgency = scheduling.Urgent
	}
}

func (t *turn) absorbName() {
	d, u, q := &t.s.Details, t.u, t.s.Question
	if u.Name == "" || q == QBookedPhone || q == QCode {
		return // whose booking it is need not be who calls
	}
	if q == QName && !u.Spelt && u.ServiceScore >= 0.8 && len(strings.Fields(u.Text)) > 8 {
		return // a speech about the work in place of a name: what looks like one in it is none
	}
	name := u.Name
	switch {
	case d.Name == "":
	case q == QLastName:
		name = joinNames(d.Name, u.Name)
		t.s.MoreName = true
	case q == QName || t.correcting() || u.Spelt:
		name = spellOver(d.Name, u.Name)
	default:
		return
	}
	if strings.EqualFold(name, d.Name) && q != QLastName {
		return
	}
	t.amends(d.Name != "" && q != QLastName && q != QName)
	d.Name, d.Spelt, t.learned = name, d.Spelt || u.Spelt, true
}

// joinNames puts a last name to a first one; a whole name replaces it.
func joinNames(first, said string) string {
	f := strings.Fields(said)
	if len(f) > 1 || strings.EqualFold(first, said) {
		return said
	}
	return first + " " + said
}

// spellOver replaces a known name by what was said now: a single word takes the place of the word that it
// sounds like, and of the last name otherwise.
func spellOver(known, said string) string {
	k, n := strings.Fields(known), strings.Fields(said)
	if len(n) != 1 || len(k) < 2 {
		return said
	}
	for i, w := range k {
		if strings.EqualFold(w[:1], n[0][:1]) {
			k[i] = n[0]
			return strings.Join(k, " ")
		}
	}
	k[len(k)-1] = n[0]
	return strings.Join(k, " ")
}

func (t *turn) absorbPhone() {
	d, u := &t.s.Details, t.u
	if t.s.Question == QBookedPhone || t.s.Question == QCode {
		return // the number that a visit is said to be booked under
	}
	t.s.ForOther = t.s.ForOther || u.ForOther
	if u.Extension != "" && (u.Phone != "" || d.Phone != "" || t.s.Question == QPhone || t.s.Question == QPhoneSame) {
		t.learned = true
		t.amends(d.Extension != "" && d.Extension != u.Extension)
		d.Extension = u.Extension
	} else if u.Phone != "" && u.Phone != d.Phone {
		d.Extension = "" // another number has another
	}
	phone := u.Phone
	if phone == "" && u.SameNumber && t.e.CallerID != "" {
		phone = t.e.CallerID
	}
	if phone == "" || phone == d.Phone {
		return
	}
	t.amends(d.Phone != "")
	d.Phone, t.learned = phone, true
}

func (t *turn) absorbAddress() {
	d, u, q := &t.s.Details, t.u, t.s.Question
	if u.HoldOn || q == QCode {
		return // "one second" is no house number, and a code no ZIP
	}
	a, place := u.Address, u.CityOnly
	if q == QName || q == QLastName {
		a.City, place = "", "" // people are called Gary and Charlotte
	}
	t.absorbHouse(&a)
	free := d.Address.Line1 == "" || q == QAddress || q == QStreet || q == QHouse || q == QAddressSame || t.correcting()
	take := func(into *string, v string) {
		if v == "" || strings.EqualFold(*into, v) {
			return
		}
		t.amends(*into != "" && q != QAddress && q != QZIP && q != QStreet && q != QHouse)
		*into, t.learned = v, true
	}
	if a.Line1 != "" && hasStreet(a.Line1) && free {
		take(&d.Address.Line1, understanding.MergeStreet(d.Address.Line1, a.Line1))
		t.s.OnFileNo = true
	}
	if free || q == QZIP || d.Address.ZIP == "" || t.s.top() == TopicArea || t.s.About == aboutArea {
		take(&d.Address.ZIP, a.ZIP)
	}
	take(&d.Address.Unit, a.Unit)
	if free || d.Address.City == "" {
		take(&d.Address.City, a.City)
	}
	if a.State != "" {
		d.Address.State = a.State
	}
	if u.SameAddress && !t.s.OnFile.IsZero() {
		d.Address, t.learned = t.s.OnFile, true
	}
	if place != "" && d.Address.City == "" {
		d.Address.City, t.learned = place, true
	}
	if d.Address.ZIP != "" && t.b.InArea(d.Address.ZIP) {
		// the ZIP decides: the town of a known ZIP is the area's, whatever the recogniser made of its name
		if d.Address.City == "" || !t.knownCity(d.Address.City) {
			d.Address.City = ""
			if len(t.b.ServiceArea.Cities) > 0 {
				d.Address.City = t.b.ServiceArea.Cities[0]
			}
		}
		d.Address.State = t.b.ServiceArea.State
	}
}

// hasStreet says whether a first line is more than a house number.
func hasStreet(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
}

func (t *turn) knownCity(city string) bool {
	for _, c := range t.b.ServiceArea.Cities {
		if strings.EqualFold(c, city) {
			return true
		}
	}
	return false
}

// absorbWhen takes a wish for a time. While a time is chosen, only a correction is one.
func (t *turn) absorbWhen() {
	if q := t.s.Question; (q == QCode || q == QBookedPhone) && (t.u.Digits != "" || t.u.Phone != "") {
		t.u.When = understanding.When{} // a code and a number are no times
	}
	w := t.u.When.On(t.daysMeant())
	t.u.When = w
	if w.IsZero() || w.Impossible != "" {
		return // what is on no calendar is said back: see impossible
	}
	wantsMove := t.u.Has(understanding.IntentReschedule, sure)
	if t.s.Chosen != nil {
		another := w.Kind == understanding.TimeMoment && t.u.Asks && len(w.Wanted) > 0 && !w.Wanted[0].From.Equal(t.s.Chosen.Slot.Start)
		if t.fits(*t.s.Chosen, w) && !another { // "could we make it three" is not met by the window from two to four
			t.learned = t.learned || t.onlyTime() // "today at noon works", once more
			return
		}
		if !t.correcting() && !wantsMove && !t.onlyTime() {
			return
		}
		t.letGo()
		t.changed = true
	}
	wish := &t.s.Details.Wish
	switch {
	case w.Kind == understanding.TimeLater || w.Kind == understanding.TimeEarlier:
		t.shift(w.Kind == understanding.TimeLater)
	case len(w.Wanted) > 0:
		*wish = Wish{Kind: w.Kind, Wanted: intervals(w.Wanted), Other: intervals(w.Other), DaySaid: w.DaySaid}
	case w.Kind == understanding.TimeSoonest || w.Kind == understanding.TimeAny:
		*wish = Wish{Kind: w.Kind, Avoid: wish.Avoid}
	}
	wish.Avoid = append(wish.Avoid, intervals(w.Excluded)...)
	t.learned, t.wished = true, true
}

// onlyTime says whether a time is all that was said, where who or where was asked for: it is the time of the visit
// then, and another one corrects it.
func (t *turn) onlyTime() bool {
	u := t.u
	switch t.s.Question {
	case QName, QLastName, QPhone, QPhoneSame, QAddress, QAddressSame, QZIP, QStreet, QHouse:
	default:
		return false
	}
	answers := u.Name != "" || u.Phone != "" || u.Digits != "" || u.SameNumber || u.SameAddress || !u.Address.IsZero() || u.CityOnly != ""
	return len(u.When.Wanted) > 0 && !answers && u.Topic == "" && u.FAQ < 0
}

// daysMeant are the days that an hour without a day is about: those discussed, or any to come where all that was offered
// is refused though it lies in those hours ("no, i'm working then, how about some afternoon").
func (t *turn) daysMeant() understanding.When {
	w, c := t.u.When, t.u.Choice
	if c == nil || !c.Refused || t.u.Answer != understanding.No || w.DaySaid || w.Kind != understanding.TimeDay {
		return t.daysDiscussed()
	}
	days := t.daysDiscussed()
	on := w.On(days)
	for _, o := range t.s.Offers {
		if t.fits(o, on) {
			today := t.w.Now().In(t.b.Location())
			y, m, d := today.Date()
			from := time.Date(y, m, d, 0, 0, 0, 0, t.b.Location())
			return understanding.When{Kind: understanding.TimeDay, DaySaid: true, Wanted: []understanding.TimeInterval{{From: from}}}
		}
	}
	return days
}

// daysDiscussed are the days that an hour without a day is about: those wished for, or those on the table.
func (t *turn) daysDiscussed() understanding.When {
	wish := t.s.Details.Wish
	days := understanding.When{Kind: understanding.TimeDay, DaySaid: true}
	if wish.DaySaid {
		for _, x := range wish.Wanted {
			days.Wanted = append(days.Wanted, understanding.TimeInterval{From: x.From, To: x.To})
		}
		for _, x := range wish.Other {
			days.Other = append(days.Other, understanding.TimeInterval{From: x.From, To: x.To})
		}
		return days
	}
	loc := t.b.Location()
	discussed := t.s.Offers
	if t.s.Chosen != nil {
		discussed = []Offer{*t.s.Chosen}
	}
	for _, o := range discussed {
		y, m, d := o.Slot.Start.In(loc).Date()
		from := time.Date(y, m, d, 0, 0, 0, 0, loc)
		days.Wanted = append(days.Wanted, understanding.TimeInterval{From: from, To: time.Date(y, m, d+1, 0, 0, 0, 0, loc)})
	}
	days.DaySaid = len(days.Wanted) > 0
	return days
}

// fits says whether an offer lies in what is wanted.
func (t *turn) fits(o Offer, w understanding.When) bool {
	for _, x := range intervals(w.Excluded) {
		if x.Contains(o.Slot.Start) {
			return false
		}
	}
	if len(w.Wanted) == 0 {
		return w.Kind != understanding.TimeLater && w.Kind != understanding.TimeEarlier
	}
	for i, x := range intervals(w.Wanted) {
		if x.Contains(o.Slot.Start) {
			return true
		}
		// "at nine" picks the window from eight to ten
		if from := w.Wanted[i].From; w.Kind == understanding.TimeMoment && !from.Before(o.Slot.Start) && from.Before(o.WindowEnd) {
			return true
		}
	}
	return false
}

func intervals(in []understanding.TimeInterval) []scheduling.Interval {
	out := make([]scheduling.Interval, 0, len(in))
	for _, x := range in {
		out = append(out, scheduling.Interval{From: x.From, To: x.To})
	}
	return out
}
