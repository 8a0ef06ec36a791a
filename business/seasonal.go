package business

import (
	"strconv"
	"time"
)

// Seasonal says when the work of a service is offered again to a customer who had it: from a day of the year on, or some
// months after. One of the two is given.
type Seasonal struct {
	Service string `yaml:"service" json:"service"`
	Season  string `yaml:"season" json:"season"` // "10-01": month and day, by the business's calendar
	// AfterMonths is how many months after the visit; 0: it goes by Season.
	AfterMonths int `yaml:"after_months" json:"after_months"`
}

const (
	// seasonHour is the hour of the day, by the business's clock, at which somebody is reminded. No clock is put forward or
	// back over it.
	seasonHour = 10
	// seasonRest is for how many days after a visit a season that begins is taken to be the one that it was for.
	seasonRest = 180
)

// SeasonOf gives when the work of a service is offered again; nil where it isn't.
func (f *FollowUps) SeasonOf(service string) *Seasonal {
	for i := range f.Seasonal {
		if s := &f.Seasonal[i]; fold(s.Service) == fold(service) {
			return s
		}
	}
	return nil
}

// Due is when a customer whose visit was done at an instant is reminded, in a zone.
func (s *Seasonal) Due(done time.Time, zone *time.Location) time.Time {
	y, m, d := done.In(zone).Date()
	if s.AfterMonths > 0 {
		months := int(m) - 1 + s.AfterMonths
		last := time.Date(y, time.Month(months+2), 0, seasonHour, 0, 0, 0, zone) // of the month that it comes to
		return time.Date(last.Year(), last.Month(), min(d, last.Day()), seasonHour, 0, 0, 0, zone)
	}
	month, day, ok := monthDay(s.Season)
	if !ok {
		return time.Time{}
	}
	rested := time.Date(y, m, d+seasonRest, 0, 0, 0, 0, zone)
	due := time.Date(rested.Year(), month, day, seasonHour, 0, 0, 0, zone)
	if due.Before(rested) {
		due = time.Date(rested.Year()+1, month, day, seasonHour, 0, 0, 0, zone)
	}
	return due
}

// monthDay reads a day that is in every year, as "10-01".
func monthDay(s string) (time.Month, int, bool) {
	const layout, anyYear = "2006-01-02", 2001 // which has no February 29
	t, err := time.Parse(layout, strconv.Itoa(anyYear)+"-"+s)
	return t.Month(), t.Day(), err == nil
}
