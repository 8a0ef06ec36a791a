package icalendar

import (
	"slices"
	"strings"
)

// Component is what stands between a BEGIN and its END, in the order in which it stands there.
type Component struct {
	Name     string // upper case, as are the names of properties and parameters
	Props    []Prop
	Children []*Component
}

// Prop is a property: a line.
type Prop struct {
	Name   string
	Params []Param
	Value  string // as written: texts are escaped
}

// Param is a parameter of a property.
type Param struct {
	Name   string
	Values []string
}

// Param gives the first value of a parameter; empty where there is none.
func (p *Prop) Param(name string) string {
	for _, q := range p.Params {
		if q.Name == name && len(q.Values) > 0 {
			return q.Values[0]
		}
	}
	return ""
}

// Get gives the first property of a name; nil where there is none.
func (c *Component) Get(name string) *Prop {
	for i := range c.Props {
		if c.Props[i].Name == name {
			return &c.Props[i]
		}
	}
	return nil
}

// All gives the properties of a name.
func (c *Component) All(name string) []*Prop {
	var out []*Prop
	for i := range c.Props {
		if c.Props[i].Name == name {
			out = append(out, &c.Props[i])
		}
	}
	return out
}

// Value gives a property's value as written; empty where there is none.
func (c *Component) Value(name string) string {
	if p := c.Get(name); p != nil {
		return p.Value
	}
	return ""
}

// Text gives a property's text, unescaped; empty where there is none.
func (c *Component) Text(name string) string { return unescape(c.Value(name)) }

// Set gives a property the value, in place of any there were, with parameters given as name, value, name, value.
func (c *Component) Set(name, value string, params ...string) {
	p := Prop{Name: name, Value: value}
	for i := 0; i+1 < len(params); i += 2 {
		p.Params = append(p.Params, Param{Name: params[i], Values: []string{params[i+1]}})
	}
	at := slices.IndexFunc(c.Props, func(q Prop) bool { return q.Name == name })
	if at < 0 {
		c.Props = append(c.Props, p)
		return
	}
	c.Props[at] = p
	rest := slices.DeleteFunc(c.Props[at+1:], func(q Prop) bool { return q.Name == name })
	c.Props = c.Props[:at+1+len(rest)]
}

// SetText gives a property a text; an empty one takes the property out.
func (c *Component) SetText(name, text string, params ...string) {
	if text == "" {
		c.Remove(name)
		return
	}
	c.Set(name, escape(text), params...)
}

// Remove takes a property out.
func (c *Component) Remove(name string) {
	c.Props = slices.DeleteFunc(c.Props, func(q Prop) bool { return q.Name == name })
}

// escape writes a text as section 3.3.11 has it. What section 3.1 forbids, control characters other than line breaks,
// becomes a space.
func escape(s string) string {
	var out strings.Builder
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n") {
		switch {
		case r == '\n':
			out.WriteString(`\n`)
		case r < ' ' || r == 0x7f:
			out.WriteByte(' ')
		case r == '\\' || r == ';' || r == ',':
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unescape reads a text, an unknown escape as the character itself. What a database would refuse is taken out.
func unescape(s string) string {
	var out strings.Builder
	escaped := false
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == 0:
		case !escaped && r == '\\':
			escaped = true
			continue
		case escaped && (r == 'n' || r == 'N'):
			out.WriteByte('\n')
		default:
			out.WriteRune(r)
		}
		escaped = false
	}
	return out.String()
}
