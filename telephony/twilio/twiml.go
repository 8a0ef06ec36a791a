package twilio

import (
	"net/http"
	"strconv"
	"unicode/utf8"
)

// twiml is a TwiML document being written. twilio-go/twiml writes the attributes of each element in random order
// and builds a tree for it; here the same call gives the same bytes, in one pass.
type twiml struct {
	b       []byte
	open    bool   // the last start tag still takes attributes
	element string // of that tag
	dialect *Dialect
}

// document begins a document in the carrier's dialect.
func (h *Handler) document() *twiml { return newTwiML(h.dialect) }

func newTwiML(dialect *Dialect) *twiml {
	return &twiml{dialect: dialect, b: append(make([]byte, 0, 2048), `<?xml version="1.0" encoding="UTF-8"?><Response>`...)}
}

// start begins an element.
func (d *twiml) start(name string) *twiml {
	d.seal()
	d.b = append(append(d.b, '<'), name...)
	d.open, d.element = true, name
	if more, ok := d.dialect.Always[name]; ok {
		d.attr(more[0], more[1])
	}
	return d
}

// attr adds an attribute to the element just begun; an empty value adds none.
func (d *twiml) attr(name, value string) *twiml {
	if d.dialect.Attribute != nil && value != "" {
		name, value = d.dialect.Attribute(d.element, name, value)
	}
	if name == "" || value == "" {
		return d
	}
	d.b = append(append(append(d.b, ' '), name...), '=', '"')
	d.b = appendEscaped(d.b, value)
	d.b = append(d.b, '"')
	return d
}

// number adds an attribute with a whole number.
func (d *twiml) number(name string, value int) *twiml { return d.attr(name, strconv.Itoa(value)) }

// text adds text to the element just begun.
func (d *twiml) text(s string) *twiml {
	d.seal()
	d.b = appendEscaped(d.b, s)
	return d
}

// end closes an element.
func (d *twiml) end(name string) *twiml {
	if d.open {
		d.b = append(d.b, '/', '>')
		d.open = false
		return d
	}
	d.b = append(append(append(d.b, '<', '/'), name...), '>')
	return d
}

// empty adds an element without content.
func (d *twiml) empty(name string) *twiml { return d.start(name).end(name) }

func (d *twiml) seal() {
	if d.open {
		d.b = append(d.b, '>')
		d.open = false
	}
}

// bytes is the finished document.
func (d *twiml) bytes() []byte {
	d.seal()
	return append(d.b, "</Response>"...)
}

// write answers a webhook with the document.
func (d *twiml) write(w http.ResponseWriter) {
	b := d.bytes()
	h := w.Header()
	h["Content-Type"] = []string{"text/xml; charset=utf-8"}
	h["Content-Length"] = []string{strconv.Itoa(len(b))}
	_, _ = w.Write(b) // Twilio hung up: nobody is left to tell
}

// appendEscaped writes text so that it may stand between tags and in a quoted attribute. What XML 1.0 cannot hold
// at all (control characters, broken UTF-8) becomes U+FFFD.
func appendEscaped(b []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		var esc string
		switch {
		case c == '&':
			esc = "&amp;"
		case c == '<':
			esc = "&lt;"
		case c == '>':
			esc = "&gt;"
		case c == '"':
			esc = "&quot;"
		case c == '\n' || c == '\t' || c == '\r':
			esc = " "
		case c < ' ' || c == 0xFFFE || c == 0xFFFF || c == utf8.RuneError && n == 1:
			esc = "\uFFFD"
		default:
			i += n
			continue
		}
		b = append(append(b, s[last:i]...), esc...)
		i += n
		last = i
	}
	return append(b, s[last:]...)
}
