package bookingpage_test

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/store"
)

func TestBookMoveCancel(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7")
	v.get("/book/mikes-plumbing").says(http.StatusOK, "Book a visit with Mike's Plumbing & Heating", "Drain cleaning", "from $149", "clogged drain", "(312) 555-0100", "emergency")
	v.get("/book/mikes-plumbing/times?service=Drain+cleaning").says(http.StatusOK, "Drain cleaning", "Soonest", "Monday, Nov 23", "Tuesday, Nov 24")
	v.send("start", "2026-11-24T15:00:00Z").says(http.StatusOK, "Tuesday, Nov 24, 9 to 11 AM", "keeping this time")
	if len(s.taken()) != 1 {
		t.Fatalf("the time is not held: %v", s.taken())
	}
	v.send(details("312-555-0142", "email", "karen@example.com", "unit", "2")...).says(http.StatusOK, "Is this your number?", "(312) 555-0142")
	if len(s.jobs()) != 0 {
		t.Fatal("booked before the number was proved")
	}
	v.send("code", s.code(karen)).says(http.StatusOK, "You're booked", "Tuesday, Nov 24, 9 to 11 AM", "1842 North Damen Avenue, 2, Chicago, IL 60647")
	all := s.jobs()
	if len(all) != 1 {
		t.Fatalf("booked %d jobs", len(all))
	}
	j := all[0]
	if j.Source != scheduling.FromWeb || j.Status != scheduling.StatusBooked || j.Service != "Drain cleaning" || j.Problem != "the kitchen sink is backed up" ||
		j.Customer.Name != "Karen Whitfield" || j.Customer.Phone != karen || j.Customer.Email != "karen@example.com" || j.Customer.Language != "en" ||
		!j.Slot.Start.Equal(time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)) {
		t.Errorf("booked %+v", j)
	}
	if path := s.links.Path(s.b.ID, j.ID); !strings.HasPrefix(v.path, path) {
		t.Errorf("after booking at %s, not at %s", v.path, path)
	}
	if len(s.taken()) != 1 {
		t.Errorf("the hold was not given up: %v", s.taken())
	}

	visit := s.links.Path(s.b.ID, j.ID)
	other := s.visitor("203.0.113.8") // the link opened on another phone
	other.get(visit).says(http.StatusOK, "Your visit", "Luis", "Move it", "Cancel it")
	other.get(visit+"/times?day=2026-11-25").says(http.StatusOK, "Now: Tuesday, Nov 24, 9 to 11 AM", "Wednesday, Nov 25")
	other.send("start", "2026-11-25T16:00:00Z").says(http.StatusOK, "New: Wednesday, Nov 25, 10 AM to 12 PM")
	other.send().says(http.StatusOK, "has been moved", "Wednesday, Nov 25, 10 AM to 12 PM")
	if got := s.jobs()[0]; got.ID != j.ID || !got.Slot.Start.Equal(time.Date(2026, 11, 25, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("moved: %+v", got)
	}
	other.get(visit+"/cancel").says(http.StatusOK, "Cancel this visit?", "Drain cleaning, Wednesday, Nov 25")
	other.send().says(http.StatusOK, "This visit is cancelled")
	if got := s.jobs()[0]; got.Status != scheduling.StatusCancelled || len(s.taken()) != 0 {
		t.Errorf("cancelled: %+v, taken %v", got, s.taken())
	}
	if told := strings.Join(s.told, " "); told != "booked moved cancelled" {
		t.Errorf("told of %q", told)
	}
	other.get(visit+"/times").says(http.StatusOK, "This visit is cancelled")
	v.get(visit).says(http.StatusOK, "Book another visit")
}

// TestLookingChangesNothing: messengers open links to draw a preview of them.
func TestLookingChangesNothing(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7")
	v.books("Leak repair", "2026-11-24T15:00:00Z", karen).says(http.StatusOK, "You're booked")
	visit := s.links.Path(s.b.ID, s.jobs()[0].ID)
	before, told := s.jobs()[0], len(s.told)
	for _, path := range []string{
		"/book/mikes-plumbing", "/book/mikes-plumbing/times?service=Leak+repair", "/book/mikes-plumbing/times?service=Leak+repair&day=2026-11-25&start=2026-11-25T15:00:00Z",
		visit, visit + "/times", visit + "/cancel", visit + "/cancel?ticket=x", visit + "/move", visit + "/hold", "/book/mikes-plumbing/hold",
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			s.visitor("203.0.113.9").do(method, path, nil)
		}
	}
	if after := s.jobs()[0]; !reflect.DeepEqual(after, before) || len(s.taken()) != 1 || len(s.told) != told {
		t.Errorf("was %+v, is %+v; taken %v, told %v", before, after, s.taken(), s.told)
	}
}

func TestWhatIsTypedInIsChecked(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		pairs []string
		says  string
	}{
		"no problem":     {[]string{"problem", " "}, "What's wrong? : This is needed."},
		"no name":        {[]string{"name", ""}, "Your name : This is needed."},
		"no number":      {[]string{"phone", "hello"}, "Mobile number : This is no phone number"},
		"toll-free":      {[]string{"phone", "800 555 0119"}, "We can't text this number"},
		"our own":        {[]string{"phone", "312 555 0100"}, "We can't text this number"},
		"no street":      {[]string{"street", ""}, "Street address : This is needed."},
		"no ZIP":         {[]string{"zip", "606"}, "A ZIP code has five digits."},
		"outside":        {[]string{"zip", "60090"}, "We don't come to 60090. We serve Chicago, IL."},
		"no e-mail":      {[]string{"email", "karen@"}, "This is no e-mail address."},
		"header":         {[]string{"email", "k@example.com\r\nBcc: x@example.com"}, "can't be read"},
		"control":        {[]string{"name", "Ka\x00ren"}, "can't be read"},
		"long":           {[]string{"name", strings.Repeat("x", 101)}, "longer than 100"},
		"blocked number": {[]string{"phone", "312 555 0199"}, "This can't be booked here"},
		"a robot's work": {[]string{"website", "https://spam.example.com"}, "This can't be booked here"},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visitor("203.0.113." + string(rune('1'+len(name)%9)))
			v.chooses("Drain cleaning", "2026-11-24T15:00:00Z")
			v.send(details("312 555 0142", c.pairs...)...).says(http.StatusUnprocessableEntity, c.says)
			s.clock.Advance(time.Hour) // holds and limits are over
		})
	}
	if len(s.jobs()) != 0 || len(s.texts) != 0 {
		t.Errorf("jobs %v, codes %v", s.jobs(), s.texts)
	}
	// What was right is still there.
	v := s.visitor("203.0.113.50").chooses("Drain cleaning", "2026-11-24T15:00:00Z").send(details(karen, "zip", "1")...)
	if _, f := v.form(); f.Get("name") != "Karen Whitfield" || f.Get("problem") != "the kitchen sink is backed up" || f.Get("start") != "2026-11-24T15:00:00Z" {
		t.Errorf("typed in again: %v", f)
	}
	if !strings.Contains(v.page, `aria-invalid="true"`) || !strings.Contains(v.page, `aria-describedby="zip-wrong"`) {
		t.Error("the fault is not tied to its field")
	}
}

func TestDangerIsNeverBooked(t *testing.T) {
	s := open(t)
	for problem, says := range map[string]string{
		"I smell gas in the kitchen":             "Please leave the building now.",
		"the carbon monoxide alarm is going off": "Get everyone outside into fresh air now.",
	} {
		v := s.visitor("203.0.113.7").chooses("Furnace repair", "2026-11-24T15:00:00Z")
		v.send(details(karen, "problem", problem, "calm", "yes")...).says(http.StatusUnprocessableEntity, says, "Call 911", "Nothing was booked", "(312) 555-0100")
	}
	// Whatever else is wrong with the form: this comes first.
	w := s.visitor("203.0.113.9").chooses("Furnace repair", "2026-11-24T15:00:00Z")
	w.sendNow("problem", "i smell gas", "ticket", "x").says(http.StatusUnprocessableEntity, "Please leave the building now.")
	s.clock.Advance(time.Hour)
	v := s.visitor("203.0.113.8").get("/book/mikes-plumbing/times?service=Gas+line+service&lang=es").send("start", "2026-11-24T15:00:00Z")
	v.send(details(karen, "problem", "huele a gas en la cocina")...).says(http.StatusUnprocessableEntity, "Por favor salgan de la casa ahora mismo", "Llamar al 911")
	if len(s.jobs()) != 0 || len(s.texts) != 0 || len(s.taken()) != 0 {
		t.Errorf("jobs %v, codes %v, taken %v", s.jobs(), s.texts, s.taken())
	}
}

func TestEmergenciesRingUs(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Leak repair", "2026-11-24T15:00:00Z")
	v.send(details(karen, "problem", "a pipe burst and the basement is flooding")...).says(http.StatusUnprocessableEntity, "sounds like an emergency", "Call (312) 555-0100", "It can wait: book Tuesday, Nov 24, 9 to 11 AM")
	v.send().says(http.StatusOK, "Is this your number?")
	v.send("code", s.code(karen)).says(http.StatusOK, "You're booked")
	if j := s.jobs()[0]; j.Urgency != scheduling.Routine {
		t.Errorf("booked as %s", j.Urgency)
	}
	calm := open(t, func(b *business.Business) { b.Emergencies.Accepted = false })
	calm.visitor("203.0.113.7").chooses("Leak repair", "2026-11-24T15:00:00Z").
		send(details(karen, "problem", "a pipe burst and the basement is flooding")...).says(http.StatusOK, "Is this your number?")
}

func TestSpanish(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7")
	v.header.Set("Accept-Language", "de-DE;q=0.9, es-MX;q=0.8, en;q=0.2")
	v.get("/book/mikes-plumbing").says(http.StatusOK, "Agende una visita", "Limpieza de drenajes", "desde $149", "English")
	v.books("Drain cleaning", "2026-11-24T15:00:00Z", karen).says(http.StatusOK, "Su visita está agendada", "martes 24 de noviembre, 9 a 11 a.m.")
	if j := s.jobs()[0]; j.Customer.Language != "es" {
		t.Errorf("the language is %q", j.Customer.Language)
	}
	if s.texts[0].Language != "es" {
		t.Errorf("the code is texted in %q", s.texts[0].Language)
	}
	visit := s.links.Path(s.b.ID, s.jobs()[0].ID)
	s.visitor("203.0.113.8").get(visit).says(http.StatusOK, "Su visita") // the customer's language, not the browser's
	s.visitor("203.0.113.8").get(visit+"?lang=en").says(http.StatusOK, "Your visit")
	english := open(t, func(b *business.Business) { b.Profile.Languages = []string{"en"} })
	w := english.visitor("203.0.113.7")
	w.header.Set("Accept-Language", "es")
	w.get("/book/mikes-plumbing?lang=es").says(http.StatusOK, "Book a visit")
}

func TestHoldKeepsTheTime(t *testing.T) {
	s := open(t)
	first, second := s.visitor("203.0.113.7"), s.visitor("203.0.113.8")
	first.chooses("Gas line service", "2026-11-24T15:00:00Z").says(http.StatusOK, "keeping this time") // only one technician does it
	second.chooses("Gas line service", "2026-11-24T15:00:00Z").says(http.StatusConflict, "taken just now")
	if got := second.starts(); len(got) == 0 || got[0] == "2026-11-24T15:00:00Z" {
		t.Errorf("offered %v instead", got)
	}
	// The holder's own page still shows it, and another choice gives it up.
	first.get("/book/mikes-plumbing/times?service=Gas+line+service&day=2026-11-24")
	if !strings.Contains(first.page, "2026-11-24T15:00:00Z") {
		t.Error("their own hold is in their way")
	}
	first.send("start", "2026-11-24T19:00:00Z").says(http.StatusOK, "1 to 3 PM")
	if n := len(s.taken()); n != 1 {
		t.Errorf("%d holds of one visitor", n)
	}
	second.chooses("Gas line service", "2026-11-24T15:00:00Z").says(http.StatusOK, "keeping this time")
	s.clock.Advance(scheduling.DefaultHold + time.Second)
	if n := len(s.taken()); n != 0 {
		t.Errorf("%d holds after their time", n)
	}
}

// TestTakenMeanwhile: somebody books the time while the form is filled in. What was typed in is not lost.
func TestTakenMeanwhile(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").chooses("Gas line service", "2026-11-24T15:00:00Z")
	s.clock.Advance(scheduling.DefaultHold + time.Minute)
	s.visitor("203.0.113.8").books("Gas line service", "2026-11-24T15:00:00Z", owen).says(http.StatusOK, "You're booked")
	v.send(details(karen)...).says(http.StatusOK, "Is this your number?")
	v.send("code", s.code(karen)).says(http.StatusConflict, "taken just now")
	next := v.starts()[0]
	v.send("start", next).says(http.StatusOK)
	if _, f := v.form(); f.Get("name") != "Karen Whitfield" || f.Get("zip") != "60647" {
		t.Errorf("typed in again: %v", f)
	}
	v.send().says(http.StatusOK, "You're booked") // and the number is known by now
	if len(s.jobs()) != 2 {
		t.Errorf("jobs %v", s.jobs())
	}
}

func TestOverTooLateAndUnknown(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7")
	v.books("Drain cleaning", "2026-11-24T15:00:00Z", karen)
	j := s.jobs()[0]
	visit := s.links.Path(s.b.ID, j.ID)
	v.get(visit + "/cancel").says(http.StatusOK)
	s.clock.Advance(time.Date(2026, 11, 24, 15, 10, 0, 0, time.UTC).Sub(s.clock.Now())) // the window has begun
	v.sendNow().says(http.StatusConflict, "too late")
	v.get(visit).says(http.StatusOK, "too late to change", "Call (312) 555-0100")
	if strings.Contains(v.page, "/cancel") || strings.Contains(v.page, "/times") {
		t.Error("offers to change it")
	}
	s.clock.Advance(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC).Sub(s.clock.Now()))
	v.get(visit).says(http.StatusOK, "This visit is over", "Drain cleaning")
	s.clock.Advance(time.Date(2026, 12, 24, 15, 0, 0, 0, time.UTC).Sub(s.clock.Now()))
	if v.get(visit).says(http.StatusOK, "This visit is over"); strings.Contains(v.page, "Drain cleaning") || strings.Contains(v.page, "Damen") {
		t.Error("still tells what it was")
	}
	for _, path := range []string{
		"/book/nobody", "/book/nobody/times", "/visit/x", visit + "x", visit[:len(visit)-1], "/book/", "/visit/", "/book/mikes-plumbing/nothing",
		"/visit/" + strings.Repeat("a", 46),
	} {
		s.visitor("203.0.113.20").get(path).says(http.StatusNotFound, "There is no such page")
	}
	s.visitor("203.0.113.20").get("/book/mikes-plumbing/times?service=Roofing").says(http.StatusOK, "What do you need?")
}

// TestShopWithoutAPage: where the shop wants no such page it is as if there were none, but visits still have theirs.
func TestShopWithoutAPage(t *testing.T) {
	s := open(t)
	v := s.visitor("203.0.113.7").books("Drain cleaning", "2026-11-24T15:00:00Z", karen).says(http.StatusOK, "You're booked")
	visit := s.links.Path(s.b.ID, s.jobs()[0].ID)
	v.get("/book/mikes-plumbing/times?service=Drain+cleaning")
	b := s.b.Clone()
	b.Profile.BookingPage = business.BookingPageOff
	if err := s.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.UpdateBusiness(ctx, b) }); err != nil {
		t.Fatal(err)
	}
	v.send("start", "2026-11-25T15:00:00Z").says(http.StatusNotFound)
	unknown := s.visitor("203.0.113.8").get("/book/nobody").says(http.StatusNotFound).text()
	for _, path := range []string{"/book/mikes-plumbing", "/book/mikes-plumbing/times?service=Drain+cleaning"} {
		if got := v.get(path).says(http.StatusNotFound).text(); got != unknown {
			t.Errorf("%s tells that there is such a shop: %s", path, got)
		}
	}
	v.get(visit).says(http.StatusOK, "Move it")
	v.get(visit+"/cancel").send().says(http.StatusOK, "This visit is cancelled")
	if strings.Contains(v.text(), "Book another visit") {
		t.Error("the visit's page leads to the one that is switched off")
	}
}

func TestHeaders(t *testing.T) {
	s := open(t)
	resp, err := http.Get(s.url + "/book/mikes-plumbing/times?" + url.Values{"service": {"Leak repair"}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	for name, want := range map[string]string{
		"X-Robots-Tag": "noindex, nofollow", "X-Frame-Options": "DENY", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff", "Strict-Transport-Security": "max-age=31536000",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") {
		t.Errorf("content policy %q", csp)
	}
	if c := resp.Header.Get("Set-Cookie"); !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "Secure") || !strings.Contains(c, "SameSite=Lax") {
		t.Errorf("cookie %q", c)
	}
	style, err := http.Get(s.url + "/booking.css")
	if err != nil {
		t.Fatal(err)
	}
	_ = style.Body.Close()
	if style.StatusCode != http.StatusOK || style.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("style: %d %v", style.StatusCode, style.Header)
	}
}
