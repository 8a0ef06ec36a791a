package dashboard_test

import (
	"testing"
)

func TestCalendarShots(t *testing.T) {
	s := open(t)
	s.busyMorning()
	for _, l := range []look{phoneLight, phoneDark, desktopLight, desktopDark} {
		p := tab(t, l)
		for _, c := range []struct{ name, path string }{
			{"cal-day", "/calendar"},
			{"cal-day2", "/calendar?day=2026-11-24"},
			{"cal-week", "/calendar?view=week"},
			{"cal-block", "/calendar/block"},
			{"cal-off", "/calendar/off"},
			{"cal-list", "/jobs"},
			{"cal-job", "/jobs/" + s.jobs()[0].ID},
		} {
			p.open(s.url + c.path)
			p.fits()
			p.accessible()
			p.shot(c.name)
		}
	}
}
