package icalendar

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

const (
	deepest   = 8       // components lie in each other at most; an alarm in an event in a calendar is three
	mostLines = 500_000 // an iCalendar has at most, which is some fifty thousand events
)

// ErrNotCalendar says that something is no iCalendar.
var ErrNotCalendar = errors.New("icalendar: not a calendar")

// Read reads an iCalendar. The components of several, one after the other, come as one. Lines that are none are left
// out; without a BEGIN:VCALENDAR at the beginning, or where the end is missing, it is an error.
func Read(data []byte) (*Component, error) {
	var whole *Component
	var open []*Component
	n := 0
	for line := range lines(data) {
		if n++; n > mostLines {
			return nil, fmt.Errorf("%w: it has more than %d lines", ErrNotCalendar, mostLines)
		}
		p, ok := parseLine(line)
		switch {
		case len(open) == 0 && (!ok || p.Name != "BEGIN" || !strings.EqualFold(p.Value, "VCALENDAR")):
			return nil, fmt.Errorf("%w: it begins otherwise", ErrNotCalendar)
		case !ok:
		case p.Name == "BEGIN":
			if len(open) == deepest {
				return nil, fmt.Errorf("%w: components lie more than %d deep", ErrNotCalendar, deepest)
			}
			c := &Component{Name: strings.ToUpper(p.Value)}
			if len(open) > 0 {
				above := open[len(open)-1]
				above.Children = append(above.Children, c)
			} else if whole != nil {
				c = whole
			} else {
				whole = c
			}
			open = append(open, c)
		case p.Name == "END":
			if c := open[len(open)-1]; !strings.EqualFold(p.Value, c.Name) {
				return nil, fmt.Errorf("%w: a component ends as another", ErrNotCalendar)
			}
			open = open[:len(open)-1]
		default:
			c := open[len(open)-1]
			c.Props = append(c.Props, p)
		}
	}
	if whole == nil {
		return nil, fmt.Errorf("%w: it is empty", ErrNotCalendar)
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("%w: its end is missing", ErrNotCalendar)
	}
	return whole, nil
}

// lines gives the lines, unfolded, without the empty ones.
func lines(data []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		data := bytes.TrimPrefix(data, []byte("\uFEFF"))
		var line []byte
		for raw := range bytes.SplitSeq(data, []byte("\n")) {
			raw = bytes.TrimSuffix(raw, []byte("\r"))
			if len(raw) > 0 && (raw[0] == ' ' || raw[0] == '\t') {
				line = append(line, raw[1:]...)
				continue
			}
			if len(bytes.TrimSpace(line)) > 0 && !yield(string(line)) {
				return
			}
			line = append(line[:0], raw...)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			yield(string(line))
		}
	}
}

// parseLine reads NAME;PARAM=value,"value":value.
func parseLine(s string) (Prop, bool) {
	end := strings.IndexAny(s, ";:")
	if end <= 0 {
		return Prop{}, false
	}
	p := Prop{Name: strings.ToUpper(s[:end])}
	s = s[end:]
	for s[0] == ';' {
		name, rest, ok := strings.Cut(s[1:], "=")
		if !ok || name == "" {
			return Prop{}, false
		}
		param := Param{Name: strings.ToUpper(name)}
		for s = ","; s[0] == ','; {
			var value string
			if quoted := strings.HasPrefix(rest, `"`); quoted {
				value, rest, ok = strings.Cut(rest[1:], `"`)
				if !ok {
					return Prop{}, false
				}
			} else if end := strings.IndexAny(rest, ",;:"); end >= 0 {
				value, rest = rest[:end], rest[end:]
			} else {
				return Prop{}, false
			}
			param.Values = append(param.Values, value)
			if rest == "" || !strings.Contains(",;:", rest[:1]) {
				return Prop{}, false
			}
			s = rest
			rest = rest[1:]
		}
		p.Params = append(p.Params, param)
	}
	p.Value = s[1:]
	return p, true
}
