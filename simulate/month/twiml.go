package month

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// verb is an element of TwiML.
type verb struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []verb     `xml:",any"`
}

// parse reads a document.
func parse(doc string) ([]verb, error) {
	var root verb
	if err := xml.Unmarshal([]byte(doc), &root); err != nil {
		return nil, fmt.Errorf("month: the answer to a call is not TwiML: %w: %s", err, doc)
	}
	return root.Kids, nil
}

func (v *verb) attr(name string) string {
	for _, a := range v.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// spoken is what is said in a verb and those within it.
func (v *verb) spoken() string {
	if v.XMLName.Local == "Say" {
		return strings.TrimSpace(v.Text)
	}
	var said []string
	for i := range v.Kids {
		if s := v.Kids[i].spoken(); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}
