package month

import (
	"math"
	"net/http"
	"net/url"
	"time"
)

// person is one of the shop's people, by their phone.
type person struct {
	m         *month
	phone     string
	busyUntil time.Time
	waitsFor  time.Time // they asked for a call to their own phone, and have it in hand until then
}

func (m *month) person(phone string) *person {
	p := m.people[phone]
	if p == nil {
		p = &person{m: m, phone: phone}
		m.people[phone] = p
	}
	return p
}

// picksUp says whether they take a call at this moment.
func (p *person) picksUp() bool {
	now := p.m.clock.Now()
	if now.Before(p.busyUntil) {
		return false
	}
	if p.m.shop.IsOpen(now) {
		return p.m.chance(pickUpOpen)
	}
	return p.m.chance(pickUpClosed)
}

// expects says whether they wait for the call that comes, and that they do no longer.
func (p *person) expects() bool {
	waits := p.m.clock.Now().Before(p.waitsFor)
	p.waitsFor = time.Time{}
	return waits
}

// takesIt is a person who has a customer on the line: who can be booked is, as the person sees fit.
func (m *month) takesIt(c *customer) error {
	c.served = true
	if !c.who.Goal().Bookable() || !m.chance(personBooks) {
		return nil
	}
	return m.books(c)
}

// opening is an open time, as the API gives it.
type opening struct {
	StartsAt   string `json:"starts_at"`
	Technician string `json:"technician"`
}

// books books a customer for the first open time, through the API, as the office would.
func (m *month) books(c *customer) error {
	services, problem := c.who.Services()
	if len(services) == 0 {
		return nil
	}
	now := m.clock.Now()
	var open struct {
		Data []opening `json:"data"`
	}
	query := url.Values{"service": {services[0]}, "from": {now.Format(time.RFC3339)}, "to": {now.AddDate(0, 0, 14).Format(time.RFC3339)}, "limit": {"5"}}
	if status, err := m.api(http.MethodGet, "/availability?"+query.Encode(), nil, &open); err != nil || status != http.StatusOK {
		return err
	}
	line1, zip := c.who.Address()
	for _, o := range open.Data {
		status, err := m.api(http.MethodPost, "/jobs", map[string]any{
			"service": services[0], "starts_at": o.StartsAt, "technician": o.Technician, "problem": problem, "source": "owner",
			"customer": map[string]string{"name": c.who.Name(), "phone": c.reach()}, "address": map[string]string{"line1": line1, "zip": zip},
		}, nil)
		if err != nil {
			return err
		}
		if status == http.StatusCreated {
			c.booked, m.byPeople = true, m.byPeople+1
			return nil
		}
		if status != http.StatusConflict {
			return nil
		}
	}
	return nil
}

// assumed is the value of an assumption.
func (m *month) assumed(name string) float64 { return m.values[name] }

func (m *month) chance(name string) bool { return m.r.Float64() < m.assumed(name) }

// minutes is an assumption in minutes.
func (m *month) minutes(name string) time.Duration {
	return time.Duration(m.assumed(name) * float64(time.Minute))
}

// within draws a time whose median is an assumption in minutes: most are shorter, some are much longer.
func (m *month) within(name string) time.Duration {
	return time.Duration(-math.Log2(1-m.r.Float64()) * float64(m.minutes(name)))
}

// spent adds to the time that the shop's people spend on calls.
func (m *month) spent(d time.Duration) { m.spentTime += d }
