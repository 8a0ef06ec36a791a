package caldav_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/caldav"
	"fixly/scheduling/calendar/calendartest"
)

const password = "app-password-5hk2"

var now = time.Date(2027, 2, 20, 15, 0, 0, 0, time.UTC)

// radicale is a Radicale on this machine, with a folder of its own.
type radicale struct {
	url   *url.URL
	dir   string
	users int
}

var listening = regexp.MustCompile(`Listening on '\[?127\.0\.0\.1\]?:(\d+)'`)

// startRadicale starts the server for a test and those within it. Without one installed, the test is skipped, unless
// FIXLY_TEST_RADICALE is "required".
func startRadicale(t *testing.T) *radicale {
	t.Helper()
	program, err := exec.LookPath("radicale")
	if err != nil {
		if os.Getenv("FIXLY_TEST_RADICALE") == "required" {
			t.Fatal("FIXLY_TEST_RADICALE is required, and there is no Radicale: apt-get install radicale python3-tz")
		}
		t.Skip("Radicale is not installed, so CalDAV is not tried on a real server (Debian: apt-get install radicale python3-tz)")
	}
	r := &radicale{dir: t.TempDir()}
	if err := os.WriteFile(r.passwords(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--config", "", "--server-hosts", "127.0.0.1:0", "--server-max-connections", "100",
		"--auth-type", "htpasswd", "--auth-htpasswd-filename", r.passwords(), "--auth-htpasswd-encryption", "plain", "--auth-delay", "0",
		"--rights-type", "owner_only", "--storage-type", "multifilesystem", "--storage-filesystem-folder", filepath.Join(r.dir, "data"),
		"--logging-level", "info")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var rest sync.WaitGroup
	t.Cleanup(func() {
		rest.Wait() // the context has ended, and the server with it
		_ = cmd.Wait()
	})
	giveUp := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(said)
	for r.url == nil && lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			r.url = &url.URL{Scheme: "http", Host: "127.0.0.1:" + m[1]}
		}
	}
	giveUp.Stop()
	rest.Go(func() { _, _ = io.Copy(io.Discard, said) })
	if r.url == nil {
		t.Fatal("Radicale doesn't start")
	}
	return r
}

func (r *radicale) passwords() string { return filepath.Join(r.dir, "users") }

// hand is that of an owner with an account at Radicale, who uses plain HTTP; Fixly comes through a proxy that can fail.
type hand struct {
	*radicale
	user, home string
	proxy      *httptest.Server
	made       int
	plain      bool // the proxy makes of Radicale a server that knows no sync-collection and tells no etags after writing

	mu    sync.Mutex
	fault calendartest.Fault
	drop  bool
	mend  chan struct{}
	asked []string
}

// zone is the calendar's.
var zone = func() *time.Location {
	l, err := time.LoadLocation("America/Chicago")
	if err != nil {
		panic(err)
	}
	return l
}()

const chicago = `BEGIN:VTIMEZONE
TZID:America/Chicago
BEGIN:DAYLIGHT
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
`

// account makes an account with an empty calendar.
func (r *radicale) account(t *testing.T) *hand {
	t.Helper()
	r.users++
	h := &hand{radicale: r, user: fmt.Sprintf("mike%d@example.com", r.users), mend: make(chan struct{})}
	h.home = "/" + strings.ReplaceAll(h.user, "@", "%40") + "/" // as the server writes it
	f, err := os.OpenFile(r.passwords(), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(h.user + ":" + password + "\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	h.send(t, "MKCALENDAR", h.home+"work/", `<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>`+
		`<D:displayname>Work</D:displayname><C:calendar-timezone>`+ics(chicago)+`</C:calendar-timezone></D:prop></D:set></C:mkcalendar>`)
	h.proxy = httptest.NewServer(h.failing(&httputil.ReverseProxy{
		Rewrite:        func(p *httputil.ProxyRequest) { p.SetURL(r.url); p.Out.Host = p.In.Host },
		ModifyResponse: h.simplify,
	}))
	t.Cleanup(h.proxy.Close)
	t.Cleanup(h.Mend)
	return h
}

// simplify takes out of answers what simpler servers don't have.
func (h *hand) simplify(resp *http.Response) error {
	if !h.plain {
		return nil
	}
	if resp.Request.Method == http.MethodPut {
		resp.Header.Del("ETag")
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	raw = bytes.ReplaceAll(raw, []byte("sync-collection"), []byte("expand-property"))
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	resp.Header.Set("Content-Length", fmt.Sprint(len(raw)))
	return nil
}

// failing puts the faults of a hand before a server.
func (h *hand) failing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		h.mu.Lock()
		fault, mend, drop := h.fault, h.mend, h.drop && (req.Method == http.MethodPut || req.Method == http.MethodDelete)
		if drop {
			h.drop = false
		}
		h.asked = append(h.asked, req.Method)
		h.mu.Unlock()
		switch fault {
		case calendartest.Down:
			http.Error(w, "down", http.StatusServiceUnavailable)
		case calendartest.Throttled:
			w.Header().Set("Retry-After", fmt.Sprint(int(calendartest.RetryAfter.Seconds())))
			http.Error(w, "slow down", http.StatusTooManyRequests)
		case calendartest.Garbled:
			fmt.Fprint(w, "<html>Welcome to the hotel's network</html>")
		case calendartest.Hung:
			select {
			case <-mend:
			case <-req.Context().Done():
			}
		default:
			if !drop {
				next.ServeHTTP(w, req)
				return
			}
			next.ServeHTTP(httptest.NewRecorder(), req)
			panic(http.ErrAbortHandler)
		}
	})
}

func (h *hand) Break(f calendartest.Fault) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fault = f
}

func (h *hand) Mend() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fault = ""
	close(h.mend)
	h.mend = make(chan struct{})
}

func (h *hand) DropReply() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop = true
}

// Revoke takes the password back.
func (h *hand) Revoke() {
	if err := os.WriteFile(h.passwords(), nil, 0o600); err != nil {
		panic(err)
	}
}

// syncing is a hand at a server whose cursors can expire.
type syncing struct{ *hand }

// ExpireCursors takes from the server what it remembers of its tokens.
func (h syncing) ExpireCursors() {
	if err := os.RemoveAll(filepath.Join(h.dir, "data", "collection-root", h.user, "work", ".Radicale.cache")); err != nil {
		panic(err)
	}
}

// calendar is the address of the calendar, through the proxy.
func (h *hand) calendar() string { return h.proxy.URL + h.home + "work/" }

// send asks the server itself and gives its answer.
func (h *hand) send(t testing.TB, method, path, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, h.url.String()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(h.user, password)
	if method == http.MethodPut {
		req.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil || resp.StatusCode/100 != 2 {
		t.Fatalf("%s %s: %d %s %v\n%s", method, path, resp.StatusCode, raw, err, body)
	}
	return string(raw)
}

func (h *hand) path(name string) string { return h.home + "work/" + name }

// ics is an iCalendar of components.
func ics(components ...string) string {
	return strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Somebody//Phone//EN\n"+strings.Join(components, "")+"END:VCALENDAR\n", "\n", "\r\n")
}

// event makes an event with the properties that are no text.
func (h *hand) event(lines ...string) (name string, e *ical.Event) {
	h.made++
	e = ical.NewEvent()
	e.Props.SetText(ical.PropUID, fmt.Sprintf("phone-%d", h.made))
	e.Props.SetDateTime(ical.PropDateTimeStamp, now)
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		name, param, _ := strings.Cut(name, ";")
		p := ical.NewProp(name)
		if param != "" {
			key, v, _ := strings.Cut(param, "=")
			p.Params.Set(key, v)
		}
		p.Value = value
		e.Props.Add(p)
	}
	return fmt.Sprintf("phone-%d.ics", h.made), e
}

// dress gives an event what people see of it.
func dress(e *ical.Event, a calendartest.Appointment) {
	texts := map[string]string{ical.PropSummary: a.Title, ical.PropLocation: a.Place, ical.PropDescription: a.Notes}
	for name, text := range texts {
		if e.Props.Del(name); text != "" {
			e.Props.SetText(name, text)
		}
	}
	if a.AllDay {
		e.Props.SetDate(ical.PropDateTimeStart, a.Start.In(zone))
		e.Props.SetDate(ical.PropDateTimeEnd, a.End.In(zone))
	} else {
		e.Props.SetDateTime(ical.PropDateTimeStart, a.Start.UTC())
		e.Props.SetDateTime(ical.PropDateTimeEnd, a.End.UTC())
	}
	e.Props.SetText(ical.PropTransparency, map[bool]string{true: "TRANSPARENT", false: "OPAQUE"}[a.Free])
}

func (h *hand) put(t testing.TB, name string, children ...*ical.Component) {
	t.Helper()
	h.send(t, http.MethodPut, h.path(name), encoded(t, children...))
}

func encoded(t testing.TB, children ...*ical.Component) string {
	t.Helper()
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//Somebody//Phone//EN")
	c.Children = children
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// AddMany puts files where the server keeps them, as who restores a backup: sent one by one, each is compared with all.
func (h *hand) AddMany(t testing.TB, all []calendartest.Appointment) []string {
	t.Helper()
	var names []string
	for _, a := range all {
		name, e := h.event()
		dress(e, a)
		h.store(t, name, e.Component)
		names = append(names, name)
	}
	return names
}

// ChangeMany changes the files.
func (h *hand) ChangeMany(t testing.TB, ids []string, change func(*calendartest.Appointment)) {
	t.Helper()
	for _, id := range ids {
		raw, err := os.ReadFile(h.file(id))
		if err != nil {
			t.Fatal(err)
		}
		c, err := ical.NewDecoder(bytes.NewReader(raw)).Decode()
		if err != nil {
			t.Fatal(err)
		}
		redress(t, &ical.Event{Component: c.Children[0]}, change)
		h.store(t, id, c.Children...)
	}
}

func (h *hand) file(name string) string {
	return filepath.Join(h.dir, "data", "collection-root", h.user, "work", name)
}

func (h *hand) store(t testing.TB, name string, children ...*ical.Component) {
	t.Helper()
	if err := os.WriteFile(h.file(name), []byte(encoded(t, children...)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// get reads what lies at a name, in another program's way.
func (h *hand) get(t testing.TB, name string) []*ical.Component {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(h.send(t, http.MethodGet, h.path(name), ""))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return c.Children
}

// edit changes what lies at a name.
func (h *hand) edit(t testing.TB, name string, change func(e *ical.Event)) {
	t.Helper()
	all := h.get(t, name)
	for _, c := range all {
		if c.Name == ical.CompEvent && c.Props.Get(ical.PropRecurrenceID) == nil {
			change(&ical.Event{Component: c})
		}
	}
	h.put(t, name, all...)
}

func (h *hand) Add(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	name, e := h.event()
	dress(e, a)
	h.put(t, name, e.Component)
	return name
}

func (h *hand) Change(t testing.TB, id string, change func(*calendartest.Appointment)) {
	t.Helper()
	h.edit(t, id, func(e *ical.Event) { redress(t, e, change) })
}

// redress changes what people see of an event.
func redress(t testing.TB, e *ical.Event, change func(*calendartest.Appointment)) {
	t.Helper()
	var a calendartest.Appointment
	var err error
	if a.Start, err = e.DateTimeStart(zone); err != nil {
		t.Fatal(err)
	}
	if a.End, err = e.DateTimeEnd(zone); err != nil {
		t.Fatal(err)
	}
	a.AllDay = e.Props.Get(ical.PropDateTimeStart).ValueType() == ical.ValueDate
	for name, text := range map[string]*string{ical.PropSummary: &a.Title, ical.PropLocation: &a.Place, ical.PropDescription: &a.Notes} {
		if *text, err = e.Props.Text(name); err != nil {
			t.Fatal(err)
		}
	}
	transparency, _ := e.Props.Text(ical.PropTransparency)
	a.Free = transparency == "TRANSPARENT"
	change(&a)
	dress(e, a)
}

func (h *hand) Delete(t testing.TB, id string) {
	t.Helper()
	h.send(t, http.MethodDelete, h.path(id), "")
}

func (h *hand) AddWeekly(t testing.TB, a calendartest.Appointment, times int) string {
	t.Helper()
	name, e := h.event(fmt.Sprintf("RRULE:FREQ=WEEKLY;COUNT=%d", times))
	dress(e, a)
	if !a.AllDay {
		e.Props.SetDateTime(ical.PropDateTimeStart, a.Start.In(zone))
		e.Props.SetDateTime(ical.PropDateTimeEnd, a.End.In(zone))
	}
	clocks, err := ical.NewDecoder(strings.NewReader(ics(chicago))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	h.put(t, name, clocks.Children[0], e.Component)
	return name
}

func (h *hand) MoveOne(t testing.TB, series string, at, to time.Time) {
	t.Helper()
	all := h.get(t, series)
	for _, c := range all {
		if c.Name != ical.CompEvent || c.Props.Get(ical.PropRecurrenceID) != nil {
			continue
		}
		was := &ical.Event{Component: c}
		start, err := was.DateTimeStart(zone)
		if err != nil {
			t.Fatal(err)
		}
		end, err := was.DateTimeEnd(zone)
		if err != nil {
			t.Fatal(err)
		}
		moved := ical.NewEvent()
		for name, props := range c.Props {
			if name != ical.PropRecurrenceRule && name != ical.PropExceptionDates {
				moved.Props[name] = props
			}
		}
		moved.Props.SetDateTime(ical.PropDateTimeStart, to.In(zone))
		moved.Props.SetDateTime(ical.PropDateTimeEnd, to.Add(end.Sub(start)).In(zone))
		moved.Props.SetDateTime(ical.PropRecurrenceID, at.In(zone))
		all = append(all, moved.Component)
		break
	}
	h.put(t, series, all...)
}

func (h *hand) CancelOne(t testing.TB, series string, at time.Time) {
	t.Helper()
	h.edit(t, series, func(e *ical.Event) {
		p := ical.NewProp(ical.PropExceptionDates)
		p.SetDateTime(at.In(zone))
		e.Props.Add(p)
	})
}

func (h *hand) AddInvitation(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	name, e := h.event("ORGANIZER:mailto:boss@example.net", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:boss@example.net",
		"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:"+h.user, "ATTENDEE;PARTSTAT=DECLINED:mailto:somebody@example.net")
	dress(e, a)
	h.put(t, name, e.Component)
	return name
}

func (h *hand) Decline(t testing.TB, id string) {
	t.Helper()
	h.edit(t, id, func(e *ical.Event) {
		for _, p := range e.Props[ical.PropAttendee] {
			if p.Value == "mailto:"+h.user {
				p.Params.Set("PARTSTAT", "DECLINED")
			}
		}
	})
}

func (h *hand) Annotate(t testing.TB, id string) {
	t.Helper()
	h.edit(t, id, func(e *ical.Event) {
		e.Props.SetText(ical.PropCategories, "Boilers")
		e.Props.SetText("X-COLOR", "tomato")
		alarm := ical.NewComponent(ical.CompAlarm)
		alarm.Props.SetText(ical.PropAction, "AUDIO")
		trigger := ical.NewProp(ical.PropTrigger)
		trigger.Value = "-PT30M"
		alarm.Props.Set(trigger)
		e.Children = append(e.Children, alarm)
	})
}

func (h *hand) Annotated(t testing.TB, id string) bool {
	t.Helper()
	e := h.get(t, id)[0]
	color, _ := e.Props.Text("X-COLOR")
	categories, _ := e.Props.Text(ical.PropCategories)
	return color == "tomato" && categories == "Boilers" && len(e.Children) == 1 && e.Children[0].Props.Get(ical.PropTrigger).Value == "-PT30M"
}

// connect connects the account as its owner would, and opens it.
func (h *hand) connect(t testing.TB) calendar.Calendars {
	t.Helper()
	return connect(t, h.proxy.URL, h.user)
}

func connect(t testing.TB, server, user string) calendar.Calendars {
	t.Helper()
	p := caldav.New(caldav.Options{Clock: clock.NewManual(now)})
	credentials, name, err := p.Connect(t.Context(), map[string]string{"server": server, "user": user, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Open(calendar.Account{Name: name, Credentials: credentials}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRadicaleIsACalendar(t *testing.T) {
	r := startRadicale(t)
	for _, plain := range []bool{false, true} {
		t.Run(map[bool]string{false: "as it is", true: "without sync-collection"}[plain], func(t *testing.T) {
			calendartest.Run(t, func(t *testing.T) calendartest.Bench {
				h := r.account(t)
				h.plain = plain
				b := calendartest.Bench{
					Calendars: h.connect(t), Calendar: h.calendar(), Zone: zone, Hand: h,
					Secrets: func() []string { return []string{password, h.user} },
				}
				if !plain {
					b.Hand = syncing{h}
				}
				return b
			})
		})
	}
}

// TestOnlyWhatChangedIsRead: after the first reading, a request says that nothing changed, and the others read what did.
func TestOnlyWhatChangedIsRead(t *testing.T) {
	r := startRadicale(t)
	for _, plain := range []bool{false, true} {
		h := r.account(t)
		h.plain = plain
		h.Add(t, calendartest.Appointment{Title: "Dentist", Start: now.AddDate(0, 0, 20), End: now.AddDate(0, 0, 20).Add(time.Hour)})
		c := calendartest.NewCopy(h.connect(t), h.calendar(), calendar.Window{From: now, To: now.AddDate(0, 2, 0)})
		c.Pull(t)
		h.mu.Lock()
		h.asked = nil
		h.mu.Unlock()
		c.Pull(t)
		want := "PROPFIND REPORT"
		if plain {
			want = "PROPFIND"
		}
		h.mu.Lock()
		got := strings.Join(h.asked, " ")
		h.mu.Unlock()
		if got != want {
			t.Errorf("plain %v: asked %q, want %q", plain, got, want)
		}
	}
}
