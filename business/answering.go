package business

// Who answers first.
const (
	FirstReceptionist = "receptionist"
	FirstPerson       = "person"
	// FirstMissed rings people on direct calls. What a phone of theirs forwarded was missed there, and goes straight to
	// the receptionist.
	FirstMissed = "missed"
)

// Firsts lists what Answering.First can be.
func Firsts() []string { return []string{FirstReceptionist, FirstPerson, FirstMissed} }

// How several people are rung.
const (
	RingInTurn   = "in_turn"
	RingTogether = "together"
)

// How a person takes a call in mid-conversation.
const (
	HandOverWarm = "warm" // they hear what it is about, and press 1
	HandOverCold = "cold" // they are through as soon as they pick up, as is their voicemail, but for emergencies
)

// When a caller can leave a voicemail.
const (
	VoicemailLastResort = "last_resort" // only where there is nothing else: we are broken and nobody picks up
	VoicemailNobodyTook = "nobody_took" // wherever people were rung first and nobody took the call
	VoicemailOff        = "off"
)

// Answering is the answering plan.
type Answering struct {
	First string `yaml:"first" json:"first"` // one of Firsts
	// Plan says who answers first at certain times: the first entry that fits counts, and where none does, First.
	Plan        []PlanEntry `yaml:"plan" json:"plan"`
	RingSeconds int         `yaml:"ring_seconds" json:"ring_seconds"` // how long each person's phone rings, 5 to 60
	Ring        string      `yaml:"ring" json:"ring"`                 // "in_turn" or "together"
	// HandOver is how the receptionist puts a caller through: "warm" or "cold". People who are rung before anybody answered,
	// for an emergency, or several at once press 1 in any case.
	HandOver string   `yaml:"hand_over" json:"hand_over"`
	Chain    []Person `yaml:"chain" json:"chain"`
	// MachineDetection asks the carrier to tell voicemails from people on the phones it rings, which it charges for. A
	// machine is hung up on at once; pressing 1 stays the proof of a person.
	MachineDetection bool     `yaml:"machine_detection" json:"machine_detection"`
	Blocked          []string `yaml:"blocked" json:"blocked"` // E.164
	VIP              []string `yaml:"vip" json:"vip"`         // E.164: the first person who takes calls is rung
	Bypass           []string `yaml:"bypass" json:"bypass"`   // E.164: everybody who takes calls is rung, whatever the plan
	// KnownCustomers is who answers customers on file first, "receptionist" or "person", whatever the plan; empty: the plan.
	KnownCustomers string `yaml:"known_customers" json:"known_customers"`
	Voicemail      string `yaml:"voicemail" json:"voicemail"` // "last_resort", "nobody_took" or "off"
}

// PlanEntry is who answers first at some times.
type PlanEntry struct {
	When  string `yaml:"when" json:"when"`   // see Fits
	First string `yaml:"first" json:"first"` // one of Firsts
}

// Person is someone who can take a call.
type Person struct {
	Name        string `yaml:"name" json:"name"`
	Role        string `yaml:"role" json:"role"`
	Phone       string `yaml:"phone" json:"phone"`     // E.164
	Hours       string `yaml:"hours" json:"hours"`     // when their phone may be rung, see Fits
	Seconds     int    `yaml:"seconds" json:"seconds"` // how long it rings, 5 to 60; 0: ring_seconds
	Emergencies bool   `yaml:"emergencies" json:"emergencies"`
	// Topics are what callers are put through to them for: words of Topics, or names of services. Who has none is there for
	// everything.
	Topics []string `yaml:"topics" json:"topics"`
}

// What callers can be put through for, besides a service.
const (
	TopicBilling    = "billing"
	TopicComplaints = "complaints"
	TopicHiring     = "hiring"
	TopicBooking    = "booking"
	TopicVisits     = "visits" // where a technician is, and what else is about a visit that is booked
)

// Topics lists what Person.Topics can hold, besides the names of services.
func Topics() []string {
	return []string{TopicBilling, TopicComplaints, TopicHiring, TopicBooking, TopicVisits}
}
