package routing

// Reason is why a call is routed as it is; it is kept with the call.
type Reason string

// The closed list of reasons.
const (
	Blocked           Reason = "blocked"            // the number is on the blocked list
	CameBack          Reason = "came_back"          // a phone that we are ringing forwards to us: our own ringing has come back
	Loop              Reason = "loop"               // one of our own lines calls or forwards: ringing people could go round for ever
	Bypass            Reason = "bypass"             // the number is on the bypass list: straight to everybody who takes calls
	VIP               Reason = "vip"                // the number is on the VIP list: straight to a person
	KnownCustomer     Reason = "known_customer"     // a customer on file, for whom the shop has a rule
	PersonFirst       Reason = "person_first"       // the answering plan rings people first
	ReceptionistFirst Reason = "receptionist_first" // the answering plan lets the receptionist answer
	PersonNow         Reason = "person_now"         // the same, by an entry of the plan for this time
	ReceptionistNow   Reason = "receptionist_now"
	Missed            Reason = "missed"           // forwarded by a phone that did not answer it: the receptionist takes what is missed
	Direct            Reason = "direct"           // called directly, where the receptionist takes only what is missed: people are rung
	NobodyAvailable   Reason = "nobody_available" // a person should ring, but nobody of the chain takes calls now
)
