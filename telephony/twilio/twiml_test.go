package twilio

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTwiMLIsWrittenInOrder(t *testing.T) {
	d := newTwiML(&Dialect{})
	say(d, "en-US", `Mike's "Plumbing" & <Heating>`).start("Dial").attr("action", "https://x/y?a=1&b=2").number("timeout", 15).attr("none", "")
	d.start("Number").text("+13125550101").end("Number").end("Dial").empty("Hangup")
	want := `<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Mike's &quot;Plumbing&quot; &amp; &lt;Heating&gt;</Say>` +
		`<Dial action="https://x/y?a=1&amp;b=2" timeout="15"><Number>+13125550101</Number></Dial><Hangup/></Response>`
	if got := string(d.bytes()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := string(newTwiML(&Dialect{}).bytes()); got != `<?xml version="1.0" encoding="UTF-8"?><Response></Response>` {
		t.Errorf("an empty document is %s", got)
	}
}

// TestTwiMLSurvivesAnyText reads back what was written, whatever it was.
func TestTwiMLSurvivesAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		doc := newTwiML(&Dialect{})
		doc.start("Say").attr("language", "x"+text).text(text).end("Say")
		dec := xml.NewDecoder(strings.NewReader(string(doc.bytes())))
		var attr, content string
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q gives %s: %v", text, doc.b, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				for _, a := range x.Attr {
					attr = a.Value
				}
			case xml.CharData:
				content += string(x)
			}
		}
		if attr != "x"+content {
			t.Fatalf("%q comes back as %q and %q", text, attr, content)
		}
		if utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0xFFFE || r == 0xFFFF }) && content != text {
			t.Fatalf("%q comes back as %q", text, content)
		}
	})
}

func TestHintsStayWithinTwiliosLimits(t *testing.T) {
	var words []string
	for range 600 {
		words = append(words, "leak")
	}
	words[0], words[1], words[2] = "", strings.Repeat("x", 101), "gas, oil"
	hints := strings.Split(joinHints(words), ",")
	if len(hints) != maxHints || hints[0] != "gas  oil" {
		t.Errorf("%d hints, the first %q", len(hints), hints[0])
	}
}
