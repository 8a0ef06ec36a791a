package business

// FollowUps says what is sent after the call.
type FollowUps struct {
	Confirmation bool       `yaml:"confirmation" json:"confirmation"`
	Reminder     []Duration `yaml:"reminder" json:"reminder"` // before the visit
	Nudge        Duration   `yaml:"nudge" json:"nudge"`       // to who stopped answering texts before booking, after that long; 0: never
	ReviewLink   string     `yaml:"review_link" json:"review_link"`
	// ReviewAfter is how long after a visit is completed its customer is asked for a review; 0: two hours. Nobody is asked
	// without a link.
	ReviewAfter Duration `yaml:"review_after" json:"review_after"`
	// Leads are how long after a call or a thread that came to nothing it is asked whether the work is still needed, and
	// Estimates how long after a visit for a price whether it is to be done. Each is asked until they answer or book.
	Leads     []Duration `yaml:"leads" json:"leads"`
	Estimates []Duration `yaml:"estimates" json:"estimates"`
	// Seasonal is which work is offered again to who had it, and when; empty: nobody is.
	Seasonal   []Seasonal `yaml:"seasonal" json:"seasonal"`
	QuietHours string     `yaml:"quiet_hours" json:"quiet_hours"` // "21:00-08:00", by the clock of who is texted
}

// IsEstimate says whether the visits of a service are to tell a price.
func (b *Business) IsEstimate(service string) bool {
	s := b.Service(service)
	if s == nil {
		return false
	}
	if s.Estimate {
		return true
	}
	for i := range b.Services {
		if first := b.Services[i].QuoteFirst; first != "" && fold(first) == fold(s.Name) {
			return true
		}
	}
	return false
}
