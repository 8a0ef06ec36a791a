package flow

import (
	"slices"

	"fixly/business/trades"
	"fixly/receptionist/understanding"
)

// hazards are the fixed words for each kind of danger that doesn't rule out a visit.
var hazards = map[string]Kind{
	trades.KindElectric: HazardElectric,
	trades.KindWater:    HazardWater,
	trades.KindSpring:   HazardSpring,
	trades.KindPerson:   HazardPerson,
	trades.KindFall:     HazardFall,
}

// hazard warns, in fixed words and once, of a danger that doesn't rule out a visit: sparks, a spring under tension. It
// never settles a turn: the visit goes on, and where the work isn't ours the warning was said all the same.
func (t *turn) hazard() (bool, error) {
	name := t.u.Hazard
	kind, ok := hazards[trades.All().Dangers[name].Kind]
	if !ok || slices.Contains(t.s.Hazards, name) || t.u.Has(understanding.IntentSolicitor, sure) {
		return false, nil
	}
	t.s.Hazards = append(t.s.Hazards, name)
	if t.s.Said[kind] == 0 {
		t.say(Conveyance{Kind: kind})
		t.answered = len(t.d.Convey) // said, whatever becomes of the question after it
		t.warned = true
	}
	return false, nil
}
