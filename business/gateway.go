package business

import "slices"

// Gateway sends texts by HTTP: a modem with a SIM card in the shop, a phone with an app, a provider of the town. It is told
// here what to ask of it and how to read what it answers; docs/providers/http-gateway.md goes through it.
type Gateway struct {
	Name string `yaml:"name" json:"name"` // what lines call it
	URL  string `yaml:"url" json:"url"`   // http or https
	// Method is POST where it is left out; with GET the fields travel in the address.
	Method string `yaml:"method" json:"method"`
	// Format is how the fields of a POST travel: "json" where it is left out, or "form".
	Format string `yaml:"format" json:"format"`
	// Secret is put wherever {secret} stands in Headers or Fields, and nowhere else.
	Secret  string         `yaml:"secret" json:"secret"`
	Headers []GatewayField `yaml:"headers" json:"headers"`
	// Fields are what is sent. {to}, {from} (E.164), {body} and {id} (the text's own, a word) stand for those of the text.
	// In JSON, a name with dots is nested (message.text), and one that ends in [] is a list of one.
	Fields []GatewayField `yaml:"fields" json:"fields"`
	// ID is where in the JSON of the answer the gateway's name for the text is, with dots where it is nested; empty: it goes
	// by its own {id}.
	ID string `yaml:"id" json:"id"`
	// Repeats is "ignored" where the gateway sends a text once, however often it is asked with the same {id}; empty: it may
	// send it again.
	Repeats  string           `yaml:"repeats" json:"repeats"`
	Refusals []GatewayRefusal `yaml:"refusals" json:"refusals"`
	Incoming GatewayIncoming  `yaml:"incoming" json:"incoming"`
}

// What Gateway's words may be.
const (
	GatewayJSON    = "json"
	GatewayForm    = "form"
	RepeatsIgnored = "ignored"
)

// GatewayField is a header or a field and its value.
type GatewayField struct {
	Name  string `yaml:"name" json:"name"`
	Value string `yaml:"value" json:"value"`
}

// GatewayRefusal says what an answer means that refuses a text.
type GatewayRefusal struct {
	Answer string `yaml:"answer" json:"answer"` // words in it
	Means  string `yaml:"means" json:"means"`   // one of Refusals
}

// Refusals lists what a refusal by a gateway can mean: the classes of messaging.SendError that only its words can tell.
func Refusals() []string {
	return []string{"opted_out", "landline", "unregistered", "invalid", "throttled"}
}

// GatewayIncoming is how the gateway tells of texts that come in, and of what became of those sent: by POST to
// /gateway/sms/TOKEN, as JSON or as a form. Each of the others is the name of a field, with dots where it is nested.
type GatewayIncoming struct {
	Token string `yaml:"token" json:"token"` // secret: 16 letters or digits at least; empty: it tells nothing
	// SigningKey is a secret with which the gateway signs: hex or base64 of the HMAC-SHA-256 of the body, in SignatureHeader.
	// Where TimestampHeader is given, the header's value (Unix seconds) follows the body in what is signed, and signatures
	// older than five minutes count for nothing. Empty: the token alone tells it from others.
	SigningKey      string `yaml:"signing_key" json:"signing_key"`
	SignatureHeader string `yaml:"signature_header" json:"signature_header"`
	TimestampHeader string `yaml:"timestamp_header" json:"timestamp_header"`

	From  string `yaml:"from" json:"from"`
	To    string `yaml:"to" json:"to"` // may be missing where one line alone has the gateway
	Body  string `yaml:"body" json:"body"`
	ID    string `yaml:"id" json:"id"`
	Media string `yaml:"media" json:"media"` // addresses of pictures, one or a list

	// Status is the field that says what became of a text sent, about which ID then is; without it, the gateway tells
	// nothing of that. What each of its words means is listed in the others.
	Status    string   `yaml:"status" json:"status"`
	Sent      []string `yaml:"sent" json:"sent"`
	Delivered []string `yaml:"delivered" json:"delivered"`
	Failed    []string `yaml:"failed" json:"failed"`
}

// GatewayOf is the gateway of a line, nil when it has none.
func (b *Business) GatewayOf(l *Line) *Gateway {
	i := slices.IndexFunc(b.Gateways, func(g Gateway) bool { return g.Name == l.Gateway && l.Carrier == CarrierGateway })
	if i < 0 {
		return nil
	}
	return &b.Gateways[i]
}
