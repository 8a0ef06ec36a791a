package business

import "time"

// Registration is how a line stands with those who let businesses text in the United States. A line without one is not
// judged: its texts go out, and the carriers may filter them.
type Registration struct {
	Kind   string `yaml:"kind" json:"kind"`     // "10dlc", "toll_free" or "exempt"; empty: nothing is known
	Status string `yaml:"status" json:"status"` // "none", "pending" or "approved"; of "exempt": empty
	// Campaign is the registry's id of it, or the carrier's, for the owner's own eyes.
	Campaign string `yaml:"campaign" json:"campaign"`
}

// The kinds of registration.
const (
	Registration10DLC    = "10dlc"     // a local number, registered with The Campaign Registry
	RegistrationTollFree = "toll_free" // a toll-free number, verified by the carriers
	RegistrationExempt   = "exempt"    // texts go to no number in the United States, or another company's registration covers them
)

// How far a registration is.
const (
	RegistrationNone     = "none"
	RegistrationPending  = "pending"
	RegistrationApproved = "approved"
)

// MayText says whether customers may be texted by the line, as far as the file tells.
func (r Registration) MayText() bool {
	return r.Kind == "" || r.Kind == RegistrationExempt || r.Status == RegistrationApproved
}

// IsKnown says whether the file tells anything about it.
func (r Registration) IsKnown() bool { return r.Kind != "" }

// TextsPerSecond is how many texts (segments) a second a carrier lets leave a line; the others wait in its queue. Twilio:
// one of a long code (https://www.twilio.com/docs/errors/21611), three of a toll-free number to begin with. What a 10DLC
// campaign gets depends on its trust score; the least is about one.
func (r Registration) TextsPerSecond() int {
	if r.Kind == RegistrationTollFree {
		return 3
	}
	return 1
}

// textBackPromise is within what time of the end of a call its text-back is promised.
const textBackPromise = 30 * time.Second

// TextsInTime is how many callers missed at the same moment have their text-back within the time promised, as far as the
// carrier lets texts leave the line: what it is handed sooner waits in its queue.
func (r Registration) TextsInTime() int { return r.TextsPerSecond() * int(textBackPromise/time.Second) }
