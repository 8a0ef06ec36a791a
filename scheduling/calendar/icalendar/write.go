package icalendar

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes a line may have without its end (section 3.1).
const longest = 75

// Write writes a component and all in it, its lines folded. Values are written as they are, but for what would end a
// line.
func Write(w io.Writer, c *Component) error {
	var out bytes.Buffer
	c.write(&out)
	_, err := w.Write(out.Bytes())
	return err
}

func (c *Component) write(out *bytes.Buffer) {
	fold(out, "BEGIN:"+c.Name)
	for i := range c.Props {
		fold(out, c.Props[i].line())
	}
	for _, child := range c.Children {
		child.write(out)
	}
	fold(out, "END:"+c.Name)
}

var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

func (p *Prop) line() string {
	var out strings.Builder
	out.WriteString(p.Name)
	for _, q := range p.Params {
		out.WriteString(";" + q.Name + "=")
		for i, v := range q.Values {
			if i > 0 {
				out.WriteByte(',')
			}
			v = strings.ReplaceAll(v, `"`, "'") // which a parameter can't hold (section 3.2)
			if strings.ContainsAny(v, ",;:") {
				v = `"` + v + `"`
			}
			out.WriteString(v)
		}
	}
	out.WriteString(":" + p.Value)
	return oneLine.Replace(out.String())
}

// fold writes a line, in several where it is long; a character is not split. Some readers cut what is longer.
func fold(out *bytes.Buffer, line string) {
	for room := longest; len(line) > room; room = longest - 1 {
		at := room
		for at > 1 && !utf8.RuneStart(line[at]) {
			at--
		}
		out.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	out.WriteString(line + "\r\n")
}
