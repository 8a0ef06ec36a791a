package business

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
