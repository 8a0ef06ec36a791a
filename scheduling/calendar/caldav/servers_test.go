package caldav_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/caldav"
)

// world answers every request, whatever its host; nothing leaves the machine. It keeps who was told the password.
type world struct {
	answers map[string]string // by method and address; the first line is the status and headers, then the body
	told    []string
	asked   []string
}

func (w *world) RoundTrip(req *http.Request) (*http.Response, error) {
	key := req.Method + " " + req.URL.String()
	if body, err := io.ReadAll(req.Body); err == nil {
		w.asked = append(w.asked, key+" "+string(body))
	}
	if _, p, ok := req.BasicAuth(); ok && p == password && !slices.Contains(w.told, req.URL.Host) {
		w.told = append(w.told, req.URL.Host)
	}
	answer, ok := w.answers[key]
	if !ok {
		answer = "404"
	}
	head, body, _ := strings.Cut(answer, "\n")
	lines := strings.Split(head, "|")
	resp := &http.Response{Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: req}
	if _, err := fmt.Sscan(lines[0], &resp.StatusCode); err != nil {
		return nil, err
	}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		resp.Header.Add(name, value)
	}
	return resp, nil
}

// open connects an account in a world, and gives the error of connecting as it is.
func (w *world) open(t *testing.T, server string) (calendar.Calendars, error) {
	t.Helper()
	p := caldav.New(caldav.Options{Clock: clock.NewManual(now), Transport: w})
	credentials, _, err := p.Connect(t.Context(), map[string]string{"server": server, "user": "mike@example.com", "password": password})
	if err != nil {
		return nil, err
	}
	return p.Open(calendar.Account{Credentials: credentials}, nil)
}

// icloud answers as iCloud does: in the default namespace, with the calendars on another of its hosts.
func icloud() *world {
	const home = "https://p62-caldav.icloud.com:443/17149682/calendars/"
	status := func(body string) string {
		return "207|Content-Type: text/xml\n<?xml version='1.0' encoding='UTF-8'?><multistatus xmlns='DAV:'>" + body + "</multistatus>"
	}
	return &world{answers: map[string]string{
		"PROPFIND https://caldav.icloud.com/.well-known/caldav": "301|Location: https://caldav.icloud.com/",
		"PROPFIND https://caldav.icloud.com/": status(`<response xmlns="DAV:"><href>/</href><propstat><prop><current-user-principal xmlns="DAV:">
			<href xmlns="DAV:">/17149682/principal/</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status></propstat>
			<propstat><prop><calendar-home-set xmlns="urn:ietf:params:xml:ns:caldav"/></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>`),
		"PROPFIND https://caldav.icloud.com/17149682/principal/": status(`<response><href>/17149682/principal/</href><propstat><prop>
			<calendar-home-set xmlns="urn:ietf:params:xml:ns:caldav"><href xmlns="DAV:">` + home + `</href></calendar-home-set>
			<calendar-user-address-set xmlns="urn:ietf:params:xml:ns:caldav"><href xmlns="DAV:">mailto:Mike@icloud.com</href><href xmlns="DAV:">/17149682/principal/</href></calendar-user-address-set>
			</prop><status>HTTP/1.1 200 OK</status></propstat></response>`),
		"PROPFIND " + home: status(`
			<response><href>/17149682/calendars/</href><propstat><prop><resourcetype><collection/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>
			<response><href>/17149682/calendars/home/</href><propstat><prop>
				<resourcetype><collection/><calendar xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype><displayname>Home</displayname>
				<current-user-privilege-set><privilege><all/></privilege><privilege><read/></privilege></current-user-privilege-set>
				<supported-calendar-component-set xmlns="urn:ietf:params:xml:ns:caldav"><comp name='VEVENT'/></supported-calendar-component-set>
				<calendar-timezone xmlns="urn:ietf:params:xml:ns:caldav"><![CDATA[` + ics(chicago) + `]]></calendar-timezone>
			</prop><status>HTTP/1.1 200 OK</status></propstat></response>
			<response><href>/17149682/calendars/tasks/</href><propstat><prop>
				<resourcetype><collection/><calendar xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype><displayname>Reminders</displayname>
				<supported-calendar-component-set xmlns="urn:ietf:params:xml:ns:caldav"><comp name='VTODO'/></supported-calendar-component-set>
			</prop><status>HTTP/1.1 200 OK</status></propstat></response>
			<response><href>/17149682/calendars/inbox/</href><propstat><prop><resourcetype><collection/><schedule-inbox xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype></prop>
				<status>HTTP/1.1 200 OK</status></propstat></response>`),
	}}
}

func TestICloud(t *testing.T) {
	w := icloud()
	c, err := w.open(t, "caldav.icloud.com")
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.List(t.Context())
	want := calendar.Info{ID: "https://p62-caldav.icloud.com:443/17149682/calendars/home/", Name: "Home", Zone: "America/Chicago", Writable: true}
	if err != nil || len(all) != 1 || all[0] != want {
		t.Errorf("%+v, %v; want %+v", all, err, want)
	}
	if want := []string{"caldav.icloud.com", "p62-caldav.icloud.com:443"}; !slices.Equal(w.told, want) {
		t.Errorf("the password went to %v, want %v", w.told, want)
	}
}

// nextcloud answers as Nextcloud does (sabre/dav).
func nextcloud() *world {
	const dav = "https://cloud.example.com/remote.php/dav/"
	status := func(body string) string {
		return `207|Content-Type: application/xml; charset=utf-8
<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">` + body + `</d:multistatus>`
	}
	ok := func(href, props string) string {
		return `<d:response><d:href>` + href + `</d:href><d:propstat><d:prop>` + props + `</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>` +
			`<d:propstat><d:prop><cal:calendar-timezone-id/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>`
	}
	const aCalendar = `<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype><cal:supported-calendar-component-set><cal:comp name="VEVENT"/><cal:comp name="VTODO"/></cal:supported-calendar-component-set>`
	const read, write = `<d:privilege><d:read/></d:privilege>`, `<d:privilege><d:write/></d:privilege><d:privilege><d:write-content/></d:privilege>`
	rights := func(s string) string { return `<d:current-user-privilege-set>` + s + `</d:current-user-privilege-set>` }
	return &world{answers: map[string]string{
		"PROPFIND https://cloud.example.com/.well-known/caldav": "301|Location: " + dav,
		"PROPFIND " + dav: status(ok("/remote.php/dav/", `<d:current-user-principal><d:href>/remote.php/dav/principals/users/mike/</d:href></d:current-user-principal>`)),
		"PROPFIND " + dav + "principals/users/mike/": status(ok("/remote.php/dav/principals/users/mike/",
			`<cal:calendar-home-set><d:href>/remote.php/dav/calendars/mike/</d:href></cal:calendar-home-set>`)),
		"PROPFIND " + dav + "calendars/mike/": status(
			ok("/remote.php/dav/calendars/mike/", `<d:resourcetype><d:collection/></d:resourcetype>`) +
				ok("/remote.php/dav/calendars/mike/personal/", aCalendar+`<d:displayname>Personal</d:displayname>`+rights(read+write)) +
				ok("/remote.php/dav/calendars/mike/team_shared_by_ann/", aCalendar+`<d:displayname>Team (Ann)</d:displayname>`+rights(read)) +
				ok("/remote.php/dav/calendars/mike/holidays/", `<d:resourcetype><d:collection/><cal:calendar/><cs:subscribed/></d:resourcetype><d:displayname>Holidays</d:displayname>`) +
				ok("/remote.php/dav/calendars/mike/trashbin/", `<d:resourcetype><d:collection/><nc:trash-bin/></d:resourcetype>`)),
		"PROPFIND " + dav + "calendars/mike/personal/": status(ok("/remote.php/dav/calendars/mike/personal/",
			`<d:sync-token>http://sabre.io/ns/sync/42</d:sync-token><d:supported-report-set><d:supported-report><d:report><cal:calendar-query/></d:report></d:supported-report>`+
				`<d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report></d:supported-report-set><cs:getctag>http://sabre.io/ns/sync/42</cs:getctag>`)),
	}}
}

func TestNextcloud(t *testing.T) {
	w := nextcloud()
	c, err := w.open(t, "https://cloud.example.com")
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.List(t.Context())
	var got []string
	for _, i := range all {
		got = append(got, fmt.Sprint(i.Name, i.Writable))
	}
	if err != nil || !slices.Equal(got, []string{"Personaltrue", "Team (Ann)false"}) {
		t.Errorf("%v, %v", got, err)
	}

	// A token of long ago, and a UID that lies at another address.
	const personal = "https://cloud.example.com/remote.php/dav/calendars/mike/personal/"
	w.answers["REPORT "+personal] = "403\n<d:error xmlns:d=\"DAV:\"><d:valid-sync-token/></d:error>"
	if _, err := c.Changes(t.Context(), personal, `{"token":"http://sabre.io/ns/sync/1"}`, calendar.Window{From: now, To: now.AddDate(0, 1, 0)}); calendar.KindOf(err) != calendar.Expired {
		t.Errorf("an old token: %v", err)
	}
	w.answers["PUT "+personal+"fixly-job_1-0.ics"] = "400\n<s:message>Calendar object with uid already exists in this calendar collection.</s:message>"
	w.answers["REPORT "+personal] = `207
<d:multistatus xmlns:d="DAV:"><d:response><d:href>/remote.php/dav/calendars/mike/personal/A%20B.ics</d:href><d:propstat><d:prop><d:getetag>W/"7"</d:getetag>` +
		`<c:calendar-data xmlns:c="urn:ietf:params:xml:ns:caldav">` + ics("BEGIN:VEVENT\nUID:job_1@fixly\nDTSTART:20270309T160000Z\nDTEND:20270309T170000Z\nX-FIXLY-JOB:job_1\nEND:VEVENT\n") +
		`</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`
	e, existed, err := c.Insert(t.Context(), personal, calendar.Event{Job: "job_1", Title: "x", Start: now, End: now.Add(time.Hour)})
	if err != nil || !existed || e.ID != "A%20B.ics" || e.ETag != `"7"` || e.Job != "job_1" {
		t.Errorf("%+v, existed %v, %v", e, existed, err)
	}
	// Its weak etag guards the next write as a strong one: a proxy made it weak.
	w.answers["DELETE "+personal+"A%20B.ics"] = "412"
	if err := c.Delete(t.Context(), personal, e.ID, e.ETag); calendar.KindOf(err) != calendar.Conflict {
		t.Errorf("Delete: %v", err)
	}
}

// TestThePasswordGoesToNobodyElse: wherever an answer points.
func TestThePasswordGoesToNobodyElse(t *testing.T) {
	for name, answers := range map[string]map[string]string{
		"a redirect":                     {"PROPFIND https://dav.example.com/.well-known/caldav": "301|Location: https://evil.example.com/"},
		"a redirect without encryption":  {"PROPFIND https://dav.example.com/.well-known/caldav": "301|Location: http://dav.example.com/"},
		"a redirect to another port":     {"PROPFIND https://dav.example.com/.well-known/caldav": "301|Location: https://dav.example.com:8443/"},
		"a redirect to this machine":     {"PROPFIND https://dav.example.com/.well-known/caldav": "302|Location: http://127.0.0.1/"},
		"a principal":                    {"PROPFIND https://dav.example.com/": "207\n<multistatus xmlns='DAV:'><response><href>/</href><propstat><prop><current-user-principal><href>https://evil.example.com/me/</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"},
		"a home":                         {"PROPFIND https://dav.example.com/": "207\n<multistatus xmlns='DAV:'><response><href>/</href><propstat><prop><calendar-home-set xmlns='urn:ietf:params:xml:ns:caldav'><href xmlns='DAV:'>//evil.example.com/me/</href></calendar-home-set></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"},
		"a redirect to itself, for ever": {"PROPFIND https://dav.example.com/.well-known/caldav": "301|Location: https://dav.example.com/.well-known/caldav"},
	} {
		w := &world{answers: answers}
		_, err := w.open(t, "dav.example.com")
		if err == nil || !slices.Equal(w.told, []string{"dav.example.com"}) {
			t.Errorf("%s: %v; the password went to %v", name, err, w.told)
		}
		if strings.Contains(answers["PROPFIND https://dav.example.com/.well-known/caldav"], "evil") && !strings.Contains(err.Error(), "evil.example.com") {
			t.Errorf("%s: %v doesn't say where it leads", name, err)
		}
	}
	// A name that only ends like one of iCloud's is none.
	w := icloud()
	for key, answer := range w.answers {
		w.answers[key] = strings.ReplaceAll(answer, "p62-caldav.icloud.com", "p62-caldav.noticloud.com")
	}
	if _, err := w.open(t, "caldav.icloud.com"); err == nil || !slices.Equal(w.told, []string{"caldav.icloud.com"}) {
		t.Errorf("%v; the password went to %v", err, w.told)
	}
}

func TestConnectTellsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		server, answer string
		kind           calendar.Kind
		says           string
	}{
		{"", "", calendar.Invalid, "isn't an address"},
		{"http://dav.example.com", "", calendar.Invalid, "https://"},
		{"ftp://dav.example.com", "", calendar.Invalid, "https://"},
		{"https://mike:secret@dav.example.com", "", calendar.Invalid, "isn't an address"},
		{"dav.example.com", "401|WWW-Authenticate: Basic realm=\"x\"", calendar.Unauthorized, "app password"},
		{"dav.example.com", "401|WWW-Authenticate: Digest realm=\"x\"", calendar.Invalid, "Digest"},
		{"dav.example.com", "404", calendar.NotFound, "no CalDAV calendar"},
		{"dav.example.com", "200\n<html>", calendar.Unavailable, "can't be reached"},
		{"dav.example.com", "429|Retry-After: 60", calendar.Limited, "left alone"},
		{"dav.example.com", "403", calendar.Forbidden, "doesn't let you"},
	} {
		w := &world{answers: map[string]string{"PROPFIND https://dav.example.com/": c.answer, "PROPFIND https://dav.example.com/.well-known/caldav": c.answer}}
		_, err := w.open(t, c.server)
		if calendar.KindOf(err) != c.kind || !strings.Contains(fmt.Sprint(err), c.says) || strings.Contains(fmt.Sprint(err), password) {
			t.Errorf("%s, %q: %v (%s), want %s, %q", c.server, c.answer, err, calendar.KindOf(err), c.kind, c.says)
		}
	}
}

func TestRefusals(t *testing.T) {
	const personal = "https://cloud.example.com/remote.php/dav/calendars/mike/personal/"
	for answer, want := range map[string]calendar.Error{
		"401":                 {Kind: calendar.Unauthorized},
		"403":                 {Kind: calendar.Forbidden},
		"404":                 {Kind: calendar.NotFound},
		"413":                 {Kind: calendar.Invalid},
		"415":                 {Kind: calendar.Invalid},
		"423":                 {Kind: calendar.Unavailable},
		"429":                 {Kind: calendar.Limited},
		"500":                 {Kind: calendar.Unavailable},
		"503":                 {Kind: calendar.Unavailable},
		"503|Retry-After: 30": {Kind: calendar.Limited, RetryAfter: 30 * time.Second},
		"507":                 {Kind: calendar.Unavailable},
		"429|Retry-After: Sat, 20 Feb 2027 15:02:00 GMT|Date: Sat, 20 Feb 2027 15:00:00 GMT":          {Kind: calendar.Limited, RetryAfter: 2 * time.Minute},
		"403\n<error xmlns='DAV:'><max-resource-size xmlns='urn:ietf:params:xml:ns:caldav'/></error>": {Kind: calendar.Invalid},
	} {
		w := nextcloud()
		c, err := w.open(t, "https://cloud.example.com")
		if err != nil {
			t.Fatal(err)
		}
		w.answers["REPORT "+personal] = "207\n<multistatus xmlns='DAV:'></multistatus>"
		w.answers["PUT "+personal+"fixly-job_1-0.ics"] = answer
		_, _, err = c.Insert(t.Context(), personal, calendar.Event{Job: "job_1", Title: "Secret boiler", Start: now, End: now.Add(time.Hour)})
		var e *calendar.Error
		if !errors.As(err, &e) || e.Kind != want.Kind || e.RetryAfter != want.RetryAfter {
			t.Errorf("%q: %v, again after %v; want %s, %v", answer, err, e.RetryAfter, want.Kind, want.RetryAfter)
		}
		if strings.Contains(fmt.Sprint(err), "Secret") || strings.Contains(fmt.Sprint(err), password) {
			t.Errorf("the error tells too much: %v", err)
		}
	}
}

// TestCancelledIsGone: apps that cancel an event leave it there, marked.
func TestCancelledIsGone(t *testing.T) {
	const personal = "https://cloud.example.com/remote.php/dav/calendars/mike/personal/"
	w := nextcloud()
	c, err := w.open(t, "https://cloud.example.com")
	if err != nil {
		t.Fatal(err)
	}
	w.answers["REPORT "+personal] = `207
<multistatus xmlns="DAV:"><response><href>/remote.php/dav/calendars/mike/personal/fixly-job_1-0.ics</href><propstat><prop><getetag>"7"</getetag>` +
		`<calendar-data xmlns="urn:ietf:params:xml:ns:caldav">` + ics("BEGIN:VEVENT\nUID:job_1@fixly\nDTSTART:20270309T160000Z\nDTEND:20270309T170000Z\nSTATUS:CANCELLED\nX-FIXLY-JOB:job_1\nEND:VEVENT\n") +
		`</calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`
	want := calendar.Event{ID: "fixly-job_1-0.ics", ETag: `"7"`, Job: "job_1", Gone: true}
	if e, err := c.Event(t.Context(), personal, want.ID); err != nil || e != want {
		t.Errorf("read as %+v, %v; want %+v", e, err, want)
	}
	e := calendar.Event{ID: want.ID, ETag: `"7"`, Job: "job_1", Title: "Boiler", Start: now, End: now.Add(time.Hour)}
	if _, err := c.Update(t.Context(), personal, e); calendar.KindOf(err) != calendar.NotFound {
		t.Errorf("Update: %v", err)
	}
	// Its job is booked again: the event is written anew in its place.
	w.answers["PUT "+personal+want.ID] = "412"
	if _, _, err := c.Insert(t.Context(), personal, e); calendar.KindOf(err) != calendar.Unavailable {
		t.Errorf("Insert that never succeeds: %v", err)
	}
	w.answers["PUT "+personal+want.ID] = `204|ETag: "8"`
	if e, existed, err := c.Insert(t.Context(), personal, e); err != nil || existed || e.ETag != `"8"` || e.Title != "Boiler" {
		t.Errorf("Insert: %+v, existed %v, %v", e, existed, err)
	}
}

// TestWhatIsWritten compares the event of a job as it is sent.
func TestWhatIsWritten(t *testing.T) {
	const personal = "https://cloud.example.com/remote.php/dav/calendars/mike/personal/"
	w := nextcloud()
	c, err := w.open(t, "https://cloud.example.com")
	if err != nil {
		t.Fatal(err)
	}
	w.answers["PUT "+personal+"fixly-job_1-2.ics"] = `201|ETag: "1"`
	e, existed, err := c.Insert(t.Context(), personal, calendar.Event{
		Job: "job_1", Part: 2, Title: "Water heater, Ann Lee", Notes: "It drips.", Start: now, End: now.Add(time.Hour), Tentative: true,
	})
	if err != nil || existed || e.ID != "fixly-job_1-2.ics" || e.ETag != `"1"` || e.Part != 2 || !e.Tentative {
		t.Errorf("%+v, %v, %v", e, existed, err)
	}
	want := "PUT " + personal + "fixly-job_1-2.ics " + strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Fixly//Jobs//EN
BEGIN:VEVENT
UID:job_1-2@fixly
DTSTAMP:20270220T150000Z
CREATED:20270220T150000Z
SEQUENCE:0
DTSTART:20270220T150000Z
DTEND:20270220T160000Z
SUMMARY:Water heater\, Ann Lee
DESCRIPTION:It drips.
STATUS:TENTATIVE
X-FIXLY-JOB:job_1
X-FIXLY-PART:2
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got := w.asked[len(w.asked)-1]; got != want {
		t.Errorf("sent\n%s\nwant\n%s", got, want)
	}
}
