package bookingpage_test

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fixly/bookingpage"
)

// plainly has the pages think that they are at http, as the browser of the tests is: cookies marked secure would not
// come back.
func plainly(d *bookingpage.Deps) { d.PublicURL = "" }

// types puts words into fields by their names, as a visitor without a keyboard of ours would.
func (p *page) types(pairs ...string) {
	p.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		value, err := json.Marshal(pairs[i+1])
		if err != nil {
			p.t.Fatal(err)
		}
		p.eval(`(document.querySelector("[name=` + pairs[i] + `]:not([type=hidden])").value = ` + string(value) + `, "")`)
	}
}

// presses presses the first button that says something.
func (p *page) presses(text string) {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	p.eval(`([...document.querySelectorAll("button, a.button")].find(b => (b.innerText + b.getAttribute("aria-label")).includes(` + string(quoted) + `)).click(), "")`)
}

// TestPagesAreAccessibleAndFit goes the whole way on a phone and on a desk, in light and in dark.
func TestPagesAreAccessibleAndFit(t *testing.T) {
	for _, l := range []look{phoneLight, phoneDark, desktopLight, desktopDark} {
		t.Run(l.name, func(t *testing.T) {
			s := openWith(t, plainly)
			p := tab(t, l)
			looks := func(name string) {
				t.Helper()
				p.fits()
				p.accessible()
				p.shot(name)
			}
			p.open(s.url + "/book/mikes-plumbing")
			p.has("What do you need?")
			looks("services")
			p.open(s.url + "/book/mikes-plumbing/times?" + url.Values{"service": {"Drain cleaning"}, "day": {"2026-11-24"}}.Encode())
			p.has("Soonest")
			looks("times")
			p.presses("9 to 11 AM, Tuesday, Nov 24")
			p.has("Where do we come to?")
			looks("details")
			s.clock.Advance(20 * time.Second)
			p.types("problem", "the sink is backed up", "name", "Karen Whitfield", "phone", "312 555 0142", "zip", "60090")
			p.presses("Book this visit")
			p.has("Something is missing")
			looks("faults")
			s.clock.Advance(20 * time.Second)
			p.types("problem", "I smell gas", "street", "1842 North Damen Avenue", "zip", "60647")
			p.presses("Book this visit")
			p.has("Call 911")
			looks("danger")

			p.open(s.url + "/book/mikes-plumbing/times?" + url.Values{"service": {"Drain cleaning"}, "day": {"2026-11-24"}}.Encode())
			p.presses("9 to 11 AM, Tuesday, Nov 24")
			p.has("Where do we come to?")
			s.clock.Advance(20 * time.Second)
			p.types("problem", "a pipe burst, the basement is flooding", "name", "Karen Whitfield", "phone", "312 555 0142", "street", "1842 North Damen Avenue", "zip", "60647")
			p.presses("Book this visit")
			p.has("sounds like an emergency")
			looks("emergency")
			s.clock.Advance(20 * time.Second)
			p.presses("It can wait")
			p.has("Is this your number?")
			looks("code")
			p.types("code", "12")
			p.presses("Book this visit")
			p.has("That isn't the code.")
			looks("wrong-code")
			p.types("code", s.code(karen))
			p.presses("Book this visit")
			p.has("You're booked")
			looks("visit")

			visit := s.url + s.links.Path(s.b.ID, s.jobs()[0].ID)
			p.open(visit + "/times?day=2026-11-25")
			p.has("instead")
			looks("move-times")
			p.presses("10 AM to 12 PM")
			p.has("New: Wednesday, Nov 25, 10 AM to 12 PM")
			looks("move")
			p.presses("Move the visit")
			p.has("has been moved")
			p.open(visit + "/cancel?lang=es")
			p.has("¿Cancelar esta visita?")
			looks("cancel-es")
			p.presses("Cancelar la visita")
			p.has("Esta visita está cancelada")
			looks("cancelled-es")
			p.open(s.url + s.mailed("karen@example.com"))
			p.has("No more e-mails?")
			looks("unsubscribe")
			p.do(chromedp.Click(chromedp.CSS("main form button")))
			p.has("Done")
			looks("unsubscribed")
			p.open(s.url + "/visit/nothing")
			p.has("There is no such page")
			looks("not-found")
		})
	}
}

// TestKeyboardAlone books with Tab and Enter: everything can be reached and is seen to be.
func TestKeyboardAlone(t *testing.T) {
	s := openWith(t, plainly)
	p := tab(t, phoneLight)
	p.open(s.url + "/book/mikes-plumbing")
	p.has("What do you need?")
	press := func(key string) {
		t.Helper()
		p.do(func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
			_, err := chromedp.KeyEvent(key)(ctx, target)
			return chromedp.Void{}, err
		})
	}
	reach := func(what string) {
		t.Helper()
		for range 80 {
			press("\t")
			if p.eval(`document.activeElement.innerText + " " + (document.activeElement.getAttribute("aria-label") || document.activeElement.id)`) == what {
				break
			}
		}
		if got := p.eval(`getComputedStyle(document.activeElement).outlineStyle`); got == "none" {
			t.Errorf("%s has the focus, and nothing shows it", what)
		}
	}
	reach("Skip to the page ")
	p.open(s.url + "/book/mikes-plumbing/times?" + url.Values{"service": {"Drain cleaning"}, "day": {"2026-11-24"}}.Encode())
	p.has("Soonest")
	reach("8 to 10 AM 8 to 10 AM, Tuesday, Nov 24")
	press("\r")
	p.has("Where do we come to?")
	reach(" problem")
}
