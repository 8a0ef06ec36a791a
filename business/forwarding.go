package business

import "time"

// Forwarding is the number that customers know, where it is not one of the lines but forwards to one.
type Forwarding struct {
	Number  string `yaml:"number" json:"number"`   // E.164; empty: nothing is forwarded
	Carrier string `yaml:"carrier" json:"carrier"` // one of ForwardingCarriers, for the codes to dial
	When    string `yaml:"when" json:"when"`       // which calls: one of ForwardingConditions; empty: missed
	Line    string `yaml:"line" json:"line"`       // E.164: the line that it forwards to; empty: the first
	// Weekly is when a call tests it each week, on the shop's clock: "tue 10:00". Empty: "tue 10:00"; "off": never.
	Weekly string `yaml:"weekly" json:"weekly"`
}

// ForwardingOff is Forwarding.Weekly where no call is to test it.
const ForwardingOff = "off"

const defaultForwardingTest = "tue 10:00"

// ForwardingCarriers lists what Forwarding.Carrier can be; package forwarding has their codes.
func ForwardingCarriers() []string {
	return []string{"verizon", "att", "tmobile", "gsm", "landline", "voip"}
}

// ForwardingConditions lists what Forwarding.When can be.
func ForwardingConditions() []string {
	return []string{"missed", "no_answer", "busy", "unreachable", "all"}
}

// ForwardsTo is the line that the known number forwards to, E.164; empty where there is none.
func (b *Business) ForwardsTo() string {
	if b.Forwarding.Line != "" {
		return b.Forwarding.Line
	}
	if len(b.Lines) == 0 {
		return ""
	}
	return b.Lines[0].Number
}

// TestedAt is the weekday, and the minutes after midnight, at which the forwarding is tested each week; false where it is
// not.
func (f *Forwarding) TestedAt() (weekday time.Weekday, minutes int, ok bool) {
	if f.Number == "" || f.Weekly == ForwardingOff {
		return 0, 0, false
	}
	o := OnCall{Changes: f.Weekly}
	if f.Weekly == "" {
		o.Changes = defaultForwardingTest
	}
	weekday, minutes, weekly, err := o.changes()
	return weekday, minutes, err == nil && weekly
}

// forwarding checks what forwards to the lines.
func (c *checker) forwarding() {
	f := &c.b.Forwarding
	if f.Number == "" {
		if f.Carrier != "" || f.When != "" || f.Line != "" || f.Weekly != "" {
			c.bad("forwarding.number", "is required where the rest of forwarding is given")
		}
		return
	}
	if c.phone("forwarding.number", f.Number) && c.b.LineByNumber(f.Number) != nil {
		c.bad("forwarding.number", "%s is one of lines: it needs no forwarding", f.Number)
	}
	c.oneOf("forwarding.carrier", f.Carrier, append(ForwardingCarriers(), "")...)
	c.oneOf("forwarding.when", f.When, append(ForwardingConditions(), "")...)
	if f.Line != "" && c.b.LineByNumber(f.Line) == nil {
		c.badFor("lines", "forwarding.line", "%s is none of lines", f.Line)
	}
	if _, _, ok := f.TestedAt(); !ok && f.Weekly != ForwardingOff {
		c.bad("forwarding.weekly", `must be a day and a time, like "tue 10:00", or off, but is %s`, quote(f.Weekly))
	}
}
