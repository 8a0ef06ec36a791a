package mail

import (
	"html"
	"regexp"
	"strings"
)

// address is what becomes a link: an address of the web, without a full stop that ends the sentence.
var address = regexp.MustCompile(`https?://[^\s<>"']*[^\s<>"'.,;:!?)]`)

// HTML makes a plain text the simplest page that shows it: paragraphs, lists of the lines that begin with "- ", headings of
// the lines in capitals, and links. Nothing in the text is taken for HTML.
func HTML(text string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>` +
		`<body style="font-family:sans-serif;line-height:1.45;max-width:40em">` + "\n")
	list := false
	end := func() {
		if list {
			b.WriteString("</ul>\n")
		}
		list = false
	}
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			b.WriteString("<p>" + strings.Join(paragraph, "<br>\n") + "</p>\n")
		}
		paragraph = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case isItem:
			flush()
			if !list {
				b.WriteString("<ul>\n")
			}
			list = true
			b.WriteString("<li>" + linked(item) + "</li>\n")
		case line == "":
			flush()
			end()
		case len(paragraph) == 0 && isHeading(line):
			end()
			b.WriteString("<h3>" + linked(line) + "</h3>\n")
		default:
			end()
			paragraph = append(paragraph, linked(line))
		}
	}
	flush()
	end()
	b.WriteString("</body></html>\n")
	return b.String()
}

// isHeading says whether a line begins with a word in capitals of four letters or more.
func isHeading(line string) bool {
	n := 0
	for _, r := range line {
		if r < 'A' || r > 'Z' {
			break
		}
		n++
	}
	return n >= 4 && (n == len(line) || line[n] == ' ' || line[n] == ',')
}

// linked escapes a line and makes its addresses links.
func linked(line string) string {
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(line, -1) {
		b.WriteString(html.EscapeString(line[at:m[0]]))
		to := html.EscapeString(line[m[0]:m[1]])
		b.WriteString(`<a href="` + to + `">` + to + `</a>`)
		at = m[1]
	}
	b.WriteString(html.EscapeString(line[at:]))
	return b.String()
}
