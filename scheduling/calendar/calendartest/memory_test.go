package calendartest_test

import (
	"testing"
	"time"

	"fixly/scheduling/calendar/calendartest"
)

func TestMemory(t *testing.T) {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	calendartest.Run(t, func(*testing.T) calendartest.Bench {
		m := calendartest.NewMemory(zone)
		return calendartest.Bench{Calendars: m, Calendar: calendartest.MemoryID, Zone: zone, Hand: m.Hand()}
	})
}
