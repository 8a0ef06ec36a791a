package month

import (
	"net/http"
	"strings"
	"time"
)

// owed is a call owed, as the API lists it.
type owed struct {
	ID            string    `json:"id"`
	Phone         string    `json:"phone"`
	NextAttemptAt time.Time `json:"next_attempt_at"` // zero: now
}

// rung is a customer whose telephone was rung from the line.
type rung struct {
	c  *customer
	at time.Time
}

const (
	// looksAgain is how often somebody of the shop looks at the calls owed.
	looksAgain = 5 * time.Minute
	// tapTakes is for how long who asked for a call to their own phone has it in hand.
	tapTakes = 10 * time.Minute
)

// lookAtQueue is the shop's people looking at the calls owed, and again in a while.
func (m *month) lookAtQueue() error {
	m.after(looksAgain, m.lookAtQueue)
	now := m.clock.Now()
	if !m.shop.IsOpen(now) {
		return nil
	}
	list, err := all[owed](m, "/callbacks?")
	if err != nil {
		return err
	}
	for _, o := range list {
		c := m.phones[o.Phone]
		if c == nil || c.served || c.attempts >= int(m.assumed(callBackAtMost)) || now.Before(c.inHand) || now.Before(o.NextAttemptAt) {
			continue
		}
		wait := m.within(callBackAfter)
		c.inHand = now.Add(wait + tapTakes)
		m.after(wait, func() error { return m.callBack(o.ID, c) })
	}
	return nil
}

// callBack is a person trying a call owed, by one tap or from their own phone. While the shop is closed they leave it, and
// find it in the list again.
func (m *month) callBack(id string, c *customer) error {
	now := m.clock.Now()
	if !m.shop.IsOpen(now) || c.served {
		return nil
	}
	c.inHand = now.Add(tapTakes)
	if !m.chance(byOneTap) {
		return m.callsBySelf(id, c)
	}
	status, err := m.api(http.MethodPost, "/callbacks/"+id+"/call", map[string]any{"person": m.shop.Profile.Owner.Name}, nil)
	if err != nil || status != http.StatusOK { // settled in the meantime, or it is quiet hours there
		return err
	}
	m.person(m.shop.Profile.Owner.Phone).waitsFor = now.Add(tapTakes)
	return nil
}

// callsBySelf is a person calling from their own phone, who may note what came of it.
func (m *month) callsBySelf(id string, c *customer) error {
	met, took, err := m.speaks(c)
	if err != nil || !m.chance(notesOutcome) {
		return err
	}
	said := map[string]any{"person": m.shop.Profile.Owner.Name}
	switch met {
	case talked:
		said["outcome"] = "talked"
		if c.booked {
			said["outcome"] = "booked"
		}
	case wantsNoCalls:
		said["outcome"] = "do_not_call"
	case theirVoicemail:
		said["result"] = "voicemail"
	default:
		said["result"] = "no_answer"
	}
	m.after(took, func() error {
		status, err := m.api(http.MethodPatch, "/callbacks/"+id, said, nil) // it may be settled by then
		c.noCalls = met == wantsNoCalls && status == http.StatusOK
		return err
	})
	return nil
}

// speaks is a customer's phone ringing because somebody calls them back: what comes of it, and how long it takes. Who
// is booked is in the calendar at once.
func (m *month) speaks(c *customer) (meeting, time.Duration, error) {
	c.attempts++
	m.attempts++
	if !m.chance(answersCallBack) {
		m.spent(m.minutes(attemptMinutes))
		if m.chance(customerMachine) {
			return theirVoicemail, 25 * time.Second, nil
		}
		return nobodyThere, 30 * time.Second, nil
	}
	talk := m.minutes(personMinutes)
	m.spent(talk)
	c.served = true
	if m.chance(noMoreCalls) {
		return wantsNoCalls, talk, nil
	}
	if c.booked || c.hired(m.clock.Now()) || !c.who.Goal().Bookable() || !m.chance(personBooks) {
		return talked, talk, nil
	}
	c.byCallback = true
	return talked, talk, m.books(c)
}

// asked is a text to one of the shop's people. Who is asked how a call back went says so, or does not.
func (m *month) asked(t *text) error {
	if !strings.Contains(t.body, "TALKED") || !m.chance(notesOutcome) {
		return nil
	}
	m.after(m.within(replyAfter), func() error { return m.writesFrom(t.to, "TALKED") })
	return nil
}
