package feed

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// longestLine is how many bytes a line of iCalendar may have without its end (RFC 5545 section 3.1).
const longestLine = 75

// folder folds the lines that are written to it, one whole line or more at a time. The encoder leaves that out, and
// some readers cut what is longer.
type folder struct{ w io.Writer }

func (f *folder) Write(p []byte) (int, error) {
	var out bytes.Buffer
	for line := range bytes.SplitAfterSeq(p, []byte("\r\n")) {
		room := longestLine
		for len(bytes.TrimSuffix(line, []byte("\r\n"))) > room {
			at := room
			for at > 1 && !utf8.RuneStart(line[at]) {
				at-- // a character is not split
			}
			out.Write(line[:at])
			out.WriteString("\r\n ")
			line, room = line[at:], longestLine-1
		}
		out.Write(line)
	}
	if _, err := f.w.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}
