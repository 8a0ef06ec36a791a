package caldav

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"fixly/scheduling/calendar"
)

// multistatus is the answer to PROPFIND and REPORT (RFC 4918 section 13).
type multistatus struct {
	XMLName   xml.Name `xml:"DAV: multistatus"`
	Answers   []answer `xml:"DAV: response"`
	SyncToken string   `xml:"DAV: sync-token"`

	from *url.URL
}

// answer is about one resource.
type answer struct {
	Href   string `xml:"DAV: href"`
	Status string `xml:"DAV: status"`
	Stats  []struct {
		Props  props  `xml:"DAV: prop"`
		Status string `xml:"DAV: status"`
	} `xml:"DAV: propstat"`
}

type href struct {
	Hrefs []string `xml:"DAV: href"`
}

// props are the properties that we ask for; each answer has some.
type props struct {
	Principal *href `xml:"DAV: current-user-principal"`
	Homes     *href `xml:"urn:ietf:params:xml:ns:caldav calendar-home-set"`
	Addresses *href `xml:"urn:ietf:params:xml:ns:caldav calendar-user-address-set"`

	Type *struct {
		Calendar   *struct{} `xml:"urn:ietf:params:xml:ns:caldav calendar"`
		Subscribed *struct{} `xml:"http://calendarserver.org/ns/ subscribed"`
	} `xml:"DAV: resourcetype"`
	Name       string `xml:"DAV: displayname"`
	Components *struct {
		All []struct {
			Name string `xml:"name,attr"`
		} `xml:"urn:ietf:params:xml:ns:caldav comp"`
	} `xml:"urn:ietf:params:xml:ns:caldav supported-calendar-component-set"`
	Privileges *struct {
		All []struct {
			All          *struct{} `xml:"DAV: all"`
			Write        *struct{} `xml:"DAV: write"`
			WriteContent *struct{} `xml:"DAV: write-content"`
			Bind         *struct{} `xml:"DAV: bind"`
		} `xml:"DAV: privilege"`
	} `xml:"DAV: current-user-privilege-set"`
	Reports *struct {
		All []struct {
			Sync *struct{} `xml:"DAV: report>sync-collection"`
		} `xml:"DAV: supported-report"`
	} `xml:"DAV: supported-report-set"`
	Timezone   string `xml:"urn:ietf:params:xml:ns:caldav calendar-timezone"`
	TimezoneID string `xml:"urn:ietf:params:xml:ns:caldav calendar-timezone-id"`
	CTag       string `xml:"http://calendarserver.org/ns/ getctag"`
	SyncToken  string `xml:"DAV: sync-token"`

	ETag string `xml:"DAV: getetag"`
	Data string `xml:"urn:ietf:params:xml:ns:caldav calendar-data"`
}

// status is the number in "HTTP/1.1 404 Not Found"; 200 where there is none.
func status(line string) int {
	f := strings.Fields(line)
	if len(f) < 2 || len(f[1]) != 3 {
		return http.StatusOK
	}
	n := 0
	for _, r := range f[1] {
		n = 10*n + int(r-'0')
	}
	return n
}

// found gives the properties that the server has of a resource.
func (a *answer) found() *props {
	for i := range a.Stats {
		if status(a.Stats[i].Status)/100 == 2 {
			return &a.Stats[i].Props
		}
	}
	return &props{}
}

// multi asks for a multistatus.
func (s *session) multi(ctx context.Context, method string, to *url.URL, depth, body, doing string) (*multistatus, error) {
	a, err := s.do(ctx, request{
		method: method, to: to, body: []byte(xml.Header + body), doing: doing,
		head: map[string]string{"Depth": depth, "Content-Type": "application/xml; charset=utf-8"},
	})
	if err != nil {
		return nil, err
	}
	var m multistatus
	if a.status != http.StatusMultiStatus {
		return nil, fail(doing, calendar.Unavailable, errors.New("the answer is none of a CalDAV server"))
	}
	if err := xml.Unmarshal(a.body, &m); err != nil {
		return nil, fail(doing, calendar.Unavailable, errors.New("the answer can't be read")) // its text may be in the error
	}
	m.from = a.from
	return &m, nil
}

// first gives the properties of the first answer about anything.
func (m *multistatus) first() *props {
	if len(m.Answers) == 0 {
		return &props{}
	}
	return m.Answers[0].found()
}

// address is where a link of the answer leads.
func (m *multistatus) address(link string) (*url.URL, bool) {
	u, err := m.from.Parse(strings.TrimSpace(link))
	return u, err == nil && link != ""
}

const namespaces = ` xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"`

func propfind(props string) string {
	return `<D:propfind` + namespaces + `><D:prop>` + props + `</D:prop></D:propfind>`
}

// text is text in XML.
func text(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a Builder takes everything
	return out.String()
}
