package scheduling

import (
	"strings"
	"time"
)

// QuoteGoodFor is how long ago the visit to quote may have been for the work to be booked without another.
const QuoteGoodFor = 180 * 24 * time.Hour

// HadVisit says whether a visit for a service is among a customer's jobs of the last QuoteGoodFor and took place by now.
func HadVisit(jobs []Job, service string, now time.Time) bool {
	for i := range jobs {
		j := &jobs[i]
		if strings.EqualFold(j.Service, service) && j.Status != StatusCancelled && j.Slot.End.Before(now) && !j.Slot.Start.Before(now.Add(-QuoteGoodFor)) {
			return true
		}
	}
	return false
}
