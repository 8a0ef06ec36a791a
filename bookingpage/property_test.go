package bookingpage_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/bookingpage"
	"fixly/business"
	"fixly/clock"
	"fixly/scheduling"
	"fixly/store/storetest"
)

// TestWhateverIsPosted: visitors do anything in any order, with forms of each other's and nonsense in them. No answer is a
// failure of ours, nobody has two visits at once, and nothing is booked outside of the hours.
func TestWhateverIsPosted(t *testing.T) {
	s := open(t)
	phones := []string{karen, owen, "+13125550144", "800 555 0119", "x"}
	starts := []string{"2026-11-24T15:00:00Z", "2026-11-24T15:30:00Z", "2026-11-25T15:00:00Z", "2026-11-26T15:00:00Z", "2026-11-24T04:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon", ""}
	services := []string{"Drain cleaning", "Gas line service", "Free estimate", "Roofing", ""}
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		var visitors []*visitor
		for i := range 3 {
			visitors = append(visitors, s.visitor(fmt.Sprintf("10.%d.%d.%d", n/250, n%250, i+1)))
		}
		visit := func() string {
			all := s.jobs()
			if len(all) == 0 {
				return "/visit/none"
			}
			return s.links.Path(s.b.ID, rapid.SampledFrom(all).Draw(rt, "job").ID)
		}
		one := func() *visitor { return rapid.SampledFrom(visitors).Draw(rt, "visitor") }
		check := func(v *visitor) {
			if v.status >= 500 {
				rt.Fatalf("%s is answered %d: %s", v.path, v.status, v.text())
			}
		}
		// send sends whatever form a visitor has, with something else in it.
		send := func(v *visitor, pairs ...string) {
			if action.MatchString(v.page) {
				v.sendNow(pairs...)
				check(v)
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"look": func(*rapid.T) {
				path := rapid.SampledFrom([]string{"/book/mikes-plumbing", "/book/mikes-plumbing/times?" + url.Values{
					"service": {rapid.SampledFrom(services).Draw(rt, "service")}, "day": {rapid.SampledFrom([]string{"2026-11-24", "2026-11-26", "x"}).Draw(rt, "day")},
				}.Encode(), visit(), visit() + "/times", visit() + "/cancel"}).Draw(rt, "path")
				v := one()
				check(v.get(path))
			},
			"choose": func(*rapid.T) { send(one(), "start", rapid.SampledFrom(starts).Draw(rt, "start")) },
			"fill in": func(*rapid.T) {
				send(one(), details(rapid.SampledFrom(phones).Draw(rt, "phone"),
					"problem", rapid.SampledFrom([]string{"the sink is backed up", "i smell gas", "a burst pipe floods the basement", ""}).Draw(rt, "problem"),
					"zip", rapid.SampledFrom([]string{"60647", "60090", "x"}).Draw(rt, "zip"))...)
			},
			"code": func(*rapid.T) {
				s.mu.Lock()
				codes := len(s.texts)
				var phone string
				if codes > 0 {
					phone = s.texts[codes-1].Phone
				}
				s.mu.Unlock()
				if phone == "" {
					return
				}
				send(one(), "code", s.code(phone))
			},
			"anything": func(*rapid.T) {
				v := one()
				path := rapid.SampledFrom([]string{"/book/mikes-plumbing", "/book/mikes-plumbing/hold", visit() + "/hold", visit() + "/move", visit() + "/cancel", visit()}).Draw(rt, "path")
				f := url.Values{}
				if action.MatchString(v.page) {
					_, f = v.form() // a form of another page
				}
				f.Set("start", rapid.SampledFrom(starts).Draw(rt, "start"))
				f.Set(rapid.SampledFrom([]string{"service", "ticket", "name", "lang", "day", "calm", "website", "email"}).Draw(rt, "field"), rapid.String().Draw(rt, "value"))
				check(v.do(http.MethodPost, path, f))
			},
			"wait": func(*rapid.T) {
				s.clock.Advance(rapid.SampledFrom([]time.Duration{3 * time.Second, time.Minute}).Draw(rt, "a while"))
			},
			"": func(*rapid.T) {
				var live []scheduling.Job
				for _, j := range s.jobs() {
					if !j.Live() {
						continue
					}
					for _, o := range live {
						if o.Slot.Technician == j.Slot.Technician && o.Slot.Start.Before(j.BusyUntil) && j.Slot.Start.Before(o.BusyUntil) {
							rt.Fatalf("%s has two visits at once: %+v and %+v", j.Slot.Technician, o, j)
						}
					}
					if local := j.Slot.Start.In(s.b.Location()); local.Hour() < 8 || local.Day() == 26 {
						rt.Fatalf("booked outside of the hours: %v", local)
					}
					live = append(live, j)
				}
			},
		})
	})
}

// TestManyBookOneTime: as many as there are people to send get it, on both databases, and each number is told of one visit.
func TestManyBookOneTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := openAt(t, address, func(b *business.Business) { b.Profile.Languages = []string{"en"} })
		var ready []*visitor
		for i, day := range []string{"11-24", "11-27", "11-30", "12-01", "12-02", "12-03", "12-04", "12-07"} {
			phone := fmt.Sprintf("+1312555017%d", i)
			v := s.visitor(fmt.Sprintf("203.0.113.%d", i+1))
			v.chooses("Free estimate", "2026-"+day+"T15:00:00Z").send(details(phone)...).says(http.StatusOK, "Is this your number?")
			path, f := v.form()
			f.Set("start", "2026-11-25T15:00:00Z") // all want the same in the end
			f.Set("code", s.code(phone))
			v.page, v.path = f.Encode(), path
			ready = append(ready, v)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		booked := 0
		for _, v := range ready {
			for range 2 { // each presses twice
				wg.Add(1)
				w := &visitor{s: s, client: v.client, header: v.header}
				f, err := url.ParseQuery(v.page)
				if err != nil {
					t.Fatal(err)
				}
				go func() {
					defer wg.Done()
					w.do(http.MethodPost, v.path, f)
					mu.Lock()
					defer mu.Unlock()
					switch {
					case w.status == http.StatusOK && strings.Contains(w.page, "You&#39;re booked"):
						booked++
					case w.status >= 500:
						t.Errorf("answered %d", w.status)
					}
				}()
			}
		}
		wg.Wait()
		if all := s.jobs(); len(all) != 2 || len(s.told) != 2 || booked < 2 {
			t.Errorf("%d jobs, told %v, %d saw it booked", len(all), s.told, booked)
		}
	})
}

func FuzzVisitToken(f *testing.F) {
	l := bookingpage.NewLinks(secret, "https://fixly.example.com")
	f.Add(strings.TrimPrefix(l.Path("biz_1", "job_c9m2v1q8p4s6t0u2v4a0"), "/visit/"))
	f.Add("c9m2v1q8p4s6t0u2v4a0aaaaaaaaaaaaaaaaaaaaaaaaaa")
	f.Add("")
	own := strings.TrimPrefix(l.Path("biz_1", "job_c9m2v1q8p4s6t0u2v4a0"), "/visit/")
	f.Fuzz(func(t *testing.T, token string) {
		b, id := l.Find([]*business.Business{{ID: "biz_1"}}, token)
		if b != nil && l.Path("biz_1", id) != "/visit/"+token {
			t.Errorf("%q is taken for %s", token, id)
		}
		if token != own && id == "job_c9m2v1q8p4s6t0u2v4a0" {
			t.Errorf("%q opens another's visit", token)
		}
	})
}

func FuzzTicket(f *testing.F) {
	c := clock.NewManual(monday)
	good := bookingpage.IssueTicket(secret, c, "mikes-plumbing")
	f.Add(good)
	f.Add(".")
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, word string) {
		if bookingpage.IsTicket(secret, c, "mikes-plumbing", word) && word != good {
			t.Errorf("%q passes", word)
		}
	})
}
