package business

// The carriers a line can have.
const (
	CarrierTwilio  = "twilio"  // Twilio, and whoever speaks its dialect
	CarrierTelnyx  = "telnyx"  // Telnyx: TeXML for calls, Messaging API for texts
	CarrierGateway = "gateway" // texts alone, by one of the business's own gateways
)

// Carriers lists the carriers a line can have.
func Carriers() []string { return []string{CarrierTwilio, CarrierTelnyx, CarrierGateway} }

// Line is a number of the business and the carrier behind it. Which of the credentials are needed depends on the carrier;
// the others stay empty.
type Line struct {
	Number  string `yaml:"number" json:"number"`   // E.164
	Carrier string `yaml:"carrier" json:"carrier"` // one of Carriers
	Mode    Mode   `yaml:"mode" json:"mode"`       // of its calls; a gateway has none

	AccountSID string `yaml:"account_sid" json:"account_sid"` // Twilio
	AuthToken  string `yaml:"auth_token" json:"auth_token"`   // Twilio; secret: masked in the API

	APIKey             string `yaml:"api_key" json:"api_key"`                           // Telnyx; secret
	PublicKey          string `yaml:"public_key" json:"public_key"`                     // Telnyx: of the account, which signs its webhooks; base64 of 32 bytes
	ConnectionID       string `yaml:"connection_id" json:"connection_id"`               // Telnyx: the TeXML application's, needed to place calls
	MessagingProfileID string `yaml:"messaging_profile_id" json:"messaging_profile_id"` // Telnyx; empty: the one that the number is assigned to

	Gateway string `yaml:"gateway" json:"gateway"` // the name of one of Business.Gateways

	Registration Registration `yaml:"registration" json:"registration"`
}

// Account tells the line's account at its carrier from other accounts there: whoever has the secrets of one line of an
// account has those of all. Empty when the line names none.
func (l *Line) Account() string {
	switch l.Carrier {
	case CarrierTelnyx:
		return l.PublicKey
	case CarrierGateway:
		return l.Gateway
	}
	return l.AccountSID
}

// AtCarrier is what the carrier's own messages call the line's account, by which its business is found where a message
// names no number of ours: Twilio's AccountSid, or the id of the application at Telnyx. Empty when it is not known.
func (l *Line) AtCarrier() string {
	if l.Carrier == CarrierTelnyx {
		return l.ConnectionID
	}
	return l.AccountSID
}

// PlacesCalls says whether calls can be placed from the line.
func (l *Line) PlacesCalls() bool {
	return l.Carrier == CarrierTwilio || l.Carrier == CarrierTelnyx && l.ConnectionID != ""
}

// Calls says whether calls come in on the line.
func (l *Line) Calls() bool { return l.Carrier != CarrierGateway }
