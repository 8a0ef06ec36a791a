package month

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"fixly/contact"
	"fixly/scheduling"
	"fixly/simulate"
)

// customer is somebody who calls in the month.
type customer struct {
	who      *simulate.Caller
	calls    int
	spoke    bool // with somebody or something
	served   bool // by a person, or by the receptionist to the end
	looking  bool // for any shop that helps
	hiredAt  time.Time
	booked   bool
	stopped  time.Time // when their STOP was in; zero: they have not said it
	silent   bool      // they answer no text any more
	texting  bool      // they answer texts
	attempts int
	inHand   time.Time // until when one of the shop's people has it in mind to call them
	noCalls  bool      // they want no more calls, and the server was told so

	askedAgain bool // they have called about their visit, or thought of it

	byText, byCallback bool // how they came to be booked
}

// reach is where they can be reached.
func (c *customer) reach() string { return c.who.Phone() }

// hired says whether another shop has the work by now.
func (c *customer) hired(now time.Time) bool { return !c.hiredAt.IsZero() && !now.Before(c.hiredAt) }

// hungUp is what a customer makes of a call that has ended.
func (m *month) hungUp(c *customer) error {
	booked, err := m.isBooked(c)
	if err != nil {
		return err
	}
	if booked {
		c.booked = true
		return nil
	}
	if c.served || !c.who.Goal().Bookable() || c.looking {
		return nil
	}
	c.looking = true
	if m.chance(looksOn) {
		c.hiredAt = m.clock.Now().Add(m.within(hiredAfter))
		if m.chance(callsAgain) {
			m.after(m.within(hiredAfter), func() error {
				if c.booked || c.hired(m.clock.Now()) {
					return nil
				}
				return m.calls(c)
			})
		}
	}
	return nil
}

// isBooked says whether a visit lies ahead of a customer. Some of those for whom one does call about it once more.
func (m *month) isBooked(c *customer) (bool, error) {
	if c.reach() == "" {
		return false, nil
	}
	jobs, err := all[job](m, "/jobs?status=booked&phone="+url.QueryEscape(c.reach())+"&")
	if err != nil || len(jobs) == 0 {
		return false, err
	}
	if j := jobs[0]; !c.askedAgain && j.StartsAt.After(m.clock.Now()) {
		c.askedAgain = true
		if ahead := j.StartsAt.Sub(m.clock.Now()); m.chance(callsAboutVisit) {
			m.after(time.Duration(m.r.Float64()*float64(ahead)), func() error {
				who := m.callers.Again(m.r, c.who, j.visit(), m.clock.Now())
				if who == nil {
					return nil
				}
				return m.calls(&customer{who: who, served: true, askedAgain: true})
			})
		}
	}
	return true, nil
}

// job is one as the API lists it.
type job struct {
	ID         string    `json:"id"`
	Status     string    `json:"status"`
	Service    string    `json:"service"`
	StartsAt   time.Time `json:"starts_at"`
	EndsAt     time.Time `json:"ends_at"`
	Technician string    `json:"technician"`
	Source     string    `json:"source"`
	CreatedAt  time.Time `json:"created_at"`
	Customer   struct {
		Name  string `json:"name"`
		Phone string `json:"phone"`
	} `json:"customer"`
	Address struct {
		Line1 string `json:"line1"`
		ZIP   string `json:"zip"`
	} `json:"address"`
}

// visit is the job as its customer remembers it.
func (j *job) visit() scheduling.Job {
	return scheduling.Job{
		ID: j.ID, Status: scheduling.StatusBooked, Service: j.Service, Slot: scheduling.Slot{Technician: j.Technician, Start: j.StartsAt, End: j.EndsAt},
		Customer: contact.Customer{Name: j.Customer.Name, Phone: j.Customer.Phone}, Address: contact.Address{Line1: j.Address.Line1, ZIP: j.Address.ZIP},
	}
}

// received is a text that has come to a phone.
func (m *month) received(t *text) error {
	if m.isOurs(t.to) {
		return m.asked(t)
	}
	c := m.phones[t.to]
	if c == nil || c.silent || !c.stopped.IsZero() || !m.policy.Texts {
		return nil // nobody of ours, or somebody who does not read it
	}
	if m.chance(stops) {
		c.stopped = m.clock.Now().Add(time.Minute)
		m.after(time.Minute, func() error { return m.writes(c, "STOP") })
		return nil
	}
	if c.booked || c.served || c.hired(m.clock.Now()) || !c.looking {
		return nil
	}
	if !c.texting {
		if !m.chance(repliesToText) {
			c.silent = true
			return nil
		}
		c.texting = true
	} else if m.chance(fallsSilent) {
		c.silent = true
		return nil
	}
	m.after(m.within(replyAfter), func() error { return m.answers(c, t.body) })
	return nil
}

// answers is a customer answering a text.
func (m *month) answers(c *customer, body string) error {
	if c.booked || !c.stopped.IsZero() {
		return nil
	}
	said := c.who.Answer(body, true, m.clock.Now())
	words := strings.TrimSpace(cmp.Or(said.Words, said.Keys))
	if words == "" {
		c.silent = true
		return nil
	}
	if err := m.writes(c, words); err != nil {
		return err
	}
	m.after(2*time.Second, func() error {
		booked, err := m.isBooked(c)
		if booked && !c.booked {
			c.booked, c.byText = true, true
		}
		return err
	})
	if said.HangUp {
		c.silent = true
	}
	return nil
}

// writes is a text of a customer to the line.
func (m *month) writes(c *customer, words string) error { return m.writesFrom(c.reach(), words) }

func (m *month) writesFrom(phone, words string) error {
	sid := m.newSID()
	_, err := m.webhook("/twilio/sms", url.Values{
		"MessageSid": {"SM" + sid[2:]}, "SmsSid": {"SM" + sid[2:]}, "AccountSid": {m.line.AccountSID}, "From": {phone}, "To": {m.line.Number},
		"Body": {words}, "NumMedia": {"0"}, "SmsStatus": {"received"},
	})
	return err
}
