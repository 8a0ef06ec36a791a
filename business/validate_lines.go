package business

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// accountSID is the form of a Twilio account's identifier.
// https://www.twilio.com/docs/glossary/what-is-a-sid
var accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)

func (c *checker) lines() {
	if len(c.b.Lines) == 0 {
		c.bad("lines", "needs at least one line for callers to reach the business")
	}
	first := map[string]int{}
	for i := range c.b.Lines {
		l := &c.b.Lines[i]
		key := fmt.Sprintf("lines[%d]", i)
		if c.phone(key+".number", l.Number) {
			if j, again := first[l.Number]; again {
				c.bad(key+".number", "%s is already the number of lines[%d]", l.Number, j)
			} else {
				first[l.Number] = i
			}
		}
		c.oneOf(key+".carrier", l.Carrier, Carriers()...)
		c.oneOf(key+".mode", string(l.Mode), string(ModeRelay), string(ModeGather), string(ModeStream))
		switch l.Carrier {
		case CarrierTwilio:
			if c.required(key+".account_sid", l.AccountSID) && !accountSID.MatchString(l.AccountSID) {
				c.bad(key+".account_sid", "%s is not a Twilio account SID: AC and 32 hexadecimal digits", quote(l.AccountSID))
			}
			c.secret(key+".auth_token", l.AuthToken)
		case CarrierTelnyx:
			c.telnyxLine(key, l)
		case CarrierGateway:
			if c.required(key+".gateway", l.Gateway) && c.b.GatewayOf(l) == nil {
				c.badFor("gateways", key+".gateway", "no gateway is called %s", quote(l.Gateway))
			}
		}
		if l.Gateway != "" && l.Carrier != CarrierGateway {
			c.badFor(key+".carrier", key+".gateway", "belongs to a line whose carrier is gateway; this one's is %s", l.Carrier)
		}
	}
}

func (c *checker) telnyxLine(key string, l *Line) {
	c.secret(key+".api_key", l.APIKey)
	if c.required(key+".public_key", l.PublicKey) {
		if raw, err := base64.StdEncoding.DecodeString(l.PublicKey); err != nil || len(raw) != ed25519.PublicKeySize {
			c.bad(key+".public_key", "is not the public key of a Telnyx account: base64 of 32 bytes, 44 characters")
		}
	}
	for _, id := range []struct{ key, value string }{{".connection_id", l.ConnectionID}, {".messaging_profile_id", l.MessagingProfileID}} {
		if strings.ContainsFunc(id.value, func(r rune) bool { return r <= ' ' || strings.ContainsRune("/?#&", r) }) {
			c.bad(key+id.key, "%s is no identifier of Telnyx's", quote(id.value))
		}
	}
}

// secret refuses a credential that is missing, or masked where none may be.
func (c *checker) secret(key, value string) {
	if c.required(key, value) {
		c.unmasked(key, value)
	}
}

func (c *checker) unmasked(key, value string) {
	if value == Mask && c.masks == refuseMasks {
		c.bad(key, "is masked; write the token itself")
	}
}

// gatewayToken is what may stand in an address and is not guessed.
var gatewayToken = regexp.MustCompile(`^[0-9A-Za-z_-]{16,}$`)

func (c *checker) gateways() {
	var names, tokens []string
	for i := range c.b.Gateways {
		g := &c.b.Gateways[i]
		key := fmt.Sprintf("gateways[%d]", i)
		if c.required(key+".name", g.Name) && slices.Contains(names, g.Name) {
			c.bad(key+".name", "another gateway is called %s already", quote(g.Name))
		}
		names = append(names, g.Name)
		if c.required(key+".url", g.URL) {
			u, err := url.Parse(g.URL)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
				c.bad(key+".url", "%s is not an address like https://gateway.example.com/send", quote(g.URL))
			}
		}
		c.oneOf(key+".method", g.Method, "", "POST", "GET")
		c.oneOf(key+".format", g.Format, "", GatewayJSON, GatewayForm)
		c.oneOf(key+".repeats", g.Repeats, "", RepeatsIgnored)
		c.unmasked(key+".secret", g.Secret)
		c.gatewayFields(key, g)
		for j, r := range g.Refusals {
			k := fmt.Sprintf("%s.refusals[%d]", key, j)
			c.required(k+".answer", r.Answer)
			c.oneOf(k+".means", r.Means, Refusals()...)
		}
		c.gatewayIncoming(key+".incoming", g)
		if t := g.Incoming.Token; t != "" && t != Mask {
			if slices.Contains(tokens, t) {
				c.bad(key+".incoming.token", "is the token of another gateway too; each needs its own")
			}
			tokens = append(tokens, t)
		}
	}
}

// httpName is what a header may be called, RFC 9110 section 5.1.
var httpName = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

func (c *checker) gatewayFields(key string, g *Gateway) {
	for j, h := range g.Headers {
		k := fmt.Sprintf("%s.headers[%d]", key, j)
		if c.required(k+".name", h.Name) && !httpName.MatchString(h.Name) {
			c.bad(k+".name", "%s is no name of a header", quote(h.Name))
		}
		if strings.ContainsAny(h.Value, "\r\n") {
			c.bad(k+".value", "has a line break in it")
		}
	}
	said := ""
	for j, f := range g.Fields {
		c.required(fmt.Sprintf("%s.fields[%d].name", key, j), f.Name)
		said += f.Value
	}
	for _, what := range []string{"{to}", "{body}"} {
		if !strings.Contains(said, what) {
			c.bad(key+".fields", "must hold %s in some value, or the gateway can't know it", what)
		}
	}
	if g.Repeats == RepeatsIgnored && !strings.Contains(said, "{id}") {
		c.bad(key+".repeats", "is ignored, so some field must hold {id}, by which the gateway knows a repeat")
	}
}

func (c *checker) gatewayIncoming(key string, g *Gateway) {
	in := &g.Incoming
	if in.Token == "" {
		return
	}
	c.unmasked(key+".token", in.Token)
	c.unmasked(key+".signing_key", in.SigningKey)
	if in.Token != Mask && !gatewayToken.MatchString(in.Token) {
		c.bad(key+".token", "needs 16 letters, digits, - or _ at least: who knows it can send texts in anybody's name")
	}
	c.required(key+".from", in.From)
	c.required(key+".body", in.Body)
	c.required(key+".id", in.ID)
	if in.SigningKey != "" {
		c.required(key+".signature_header", in.SignatureHeader)
	}
	if in.To != "" {
		return
	}
	lines := 0
	for _, l := range c.b.Lines {
		if l.Carrier == CarrierGateway && l.Gateway == g.Name {
			lines++
		}
	}
	if lines > 1 {
		c.bad(key+".to", "is required, for more than one line has this gateway")
	}
}
