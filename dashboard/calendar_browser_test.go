package dashboard_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixly/scheduling"
)

// place is a point of the page, in pixels.
type place struct{ X, Y float64 }

// where gives a point of the page by a script that makes one.
func (p *page) where(script string) place {
	p.t.Helper()
	var out place
	if err := json.Unmarshal([]byte(p.eval(`JSON.stringify((() => {`+script+`})())`)), &out); err != nil {
		p.t.Fatal(err)
	}
	return out
}

// card is a point of what shows a text on the calendar, a few pixels below its top: a finger takes the grip.
func (p *page) card(text string) place {
	p.t.Helper()
	return p.where(fmt.Sprintf(`
		const el = [...document.querySelectorAll(".item")].find(e => e.innerText.includes(%q));
		el.scrollIntoView({block: "center", inline: "center"});
		const r = (matchMedia("(pointer: coarse)").matches && el.querySelector(".grip") || el).getBoundingClientRect();
		return {X: r.left + r.width / 2, Y: el.getBoundingClientRect().top + 8};`, text))
}

// cell is the point of a column at a time of the day, a few pixels below it.
func (p *page) cell(column string, hour, minute int) place {
	p.t.Helper()
	return p.where(fmt.Sprintf(`
		const col = [...document.querySelectorAll(".col")].find(c => c.getAttribute("aria-label").startsWith(%q));
		const list = col.querySelector(".items").getBoundingClientRect();
		const row = document.querySelector(".hours span").getBoundingClientRect().height / 4;
		const first = Number(document.querySelector(".cal").dataset.first);
		return {X: list.left + list.width / 2, Y: list.top + (%d - first) / 15 * row + 8};`, column, 60*hour+minute))
}

func (p *page) mouse(kind input.DispatchMouseEventType, at place) {
	p.t.Helper()
	p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: kind, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1,
		})
		return chromedp.Void{}, err
	})
}

// finger touches the page at places, or leaves it.
func (p *page) finger(kind input.DispatchTouchEventType, at ...place) {
	p.t.Helper()
	points := []*input.TouchPoint{}
	for _, x := range at {
		points = append(points, &input.TouchPoint{X: x.X, Y: x.Y})
	}
	p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		return chromedp.Void{}, err
	})
}

// drag presses the mouse at a place, moves it to another in steps, and lets it go.
func (p *page) drag(from, to place) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMousePressed, from)
	for i := range 5 {
		part := float64(i+1) / 5
		p.mouse(input.DispatchMouseEventTypeMouseMoved, place{from.X + (to.X-from.X)*part, from.Y + (to.Y-from.Y)*part})
	}
	p.mouse(input.DispatchMouseEventTypeMouseReleased, to)
}

func (s *shop) of(customer string) *scheduling.Job {
	s.t.Helper()
	for _, j := range s.jobs() {
		if j.Customer.Name == customer {
			return &j
		}
	}
	s.t.Fatal("there is no job of ", customer)
	return nil
}

// TestDraggingAJob drags a visit to another time and technician, to where another one is, and to after hours.
func TestDraggingAJob(t *testing.T) {
	s := open(t)
	s.fullCalendar()
	p := tab(t, desktopLight)
	p.open(s.url + "/calendar?day=2026-11-25")
	p.until(`typeof htmx === "object"`)

	p.drag(p.card("Greta Olsen"), p.cell("Mike Rossi", 13, 15))
	p.until(`document.getElementById("move-dialog").open`)
	p.has("Move Greta Olsen, Fixture installation to Mike Rossi, Wednesday, November 25, 1:15 PM?")
	p.accessible()
	p.shot("move-dialog")
	p.press(kb.Tab + kb.Enter) // from Move to Leave it
	p.until(`!document.getElementById("move-dialog").open`)
	if at := s.of("Greta Olsen").Slot.Start; !at.Equal(s.at(25, 8, 0)) {
		t.Errorf("left alone, but moved to %v", at)
	}

	p.drag(p.card("Greta Olsen"), p.cell("Mike Rossi", 13, 15))
	p.until(`document.getElementById("move-dialog").open`)
	p.press(kb.Enter)
	p.has("Moved. The customer gets a text")
	if got := s.of("Greta Olsen").Slot; !got.Start.Equal(s.at(25, 13, 15)) || got.Technician != "Mike Rossi" {
		t.Errorf("moved to %v", got)
	}

	p.drag(p.card("Greta Olsen"), p.cell("Luis Ortega", 11, 0)) // where Sam's is
	p.until(`document.getElementById("move-dialog").open`)
	p.press(kb.Enter)
	p.until(`document.querySelector("[role=alert]") !== null`)
	p.shot("move-refused")
	p.accessible()
	if got := s.of("Greta Olsen").Slot; !got.Start.Equal(s.at(25, 13, 15)) {
		t.Errorf("onto another visit: %v", got)
	}

	// What fits no longer into the day asks for the owner's word.
	p.open(s.url + "/calendar?day=2026-11-25")
	p.until(`typeof htmx === "object"`)
	p.drag(p.card("Greta Olsen"), p.cell("Mike Rossi", 16, 0))
	p.until(`document.getElementById("move-dialog").open`)
	p.press(kb.Enter)
	p.has("Move it there anyway")
	p.shot("move-anyway")
	p.do(chromedp.Click(chromedp.CSS(`form:has([name=anyway]) button`)))
	p.has("Moved. The customer gets a text")
	if got := s.of("Greta Olsen").Slot.Start.In(s.b.Location()); got.Day() != 25 || got.Hour() < 15 {
		t.Errorf("moved anyway to %v", got)
	}
}

// TestDraggingOverEmptyTimeBlocksIt drags over empty time, fills in the form by the keyboard, and takes the block away.
func TestDraggingOverEmptyTimeBlocksIt(t *testing.T) {
	s := open(t)
	p := tab(t, desktopLight)
	p.open(s.url + "/calendar?view=week&technician=Luis+Ortega")
	p.until(`typeof htmx === "object"`)
	p.drag(p.cell("Wednesday", 13, 0), p.cell("Wednesday", 14, 15))
	p.has("Block time")
	for field, want := range map[string]string{"technician": "Luis Ortega", "from_date": "2026-11-25", "from_time": "13:00", "to_date": "2026-11-25", "to_time": "14:30"} {
		if got := p.eval(`document.getElementById("` + field + `").value`); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	p.focus("#title")
	p.press("Dentist" + kb.Enter)
	p.has("Nothing is offered there any more")
	p.until(`[...document.querySelectorAll(".item.block")].some(e => e.innerText.includes("Dentist"))`)
	p.focus(".item.block")
	p.press(kb.Enter)
	p.has("Blocked time")
	p.focus("button[value=remove]")
	p.press(kb.Enter)
	p.has("The time is open again")
	p.until(`document.querySelectorAll(".item.block").length === 0`)
}

// TestMovingWithTheKeyboard moves and cancels a visit without a pointer.
func TestMovingWithTheKeyboard(t *testing.T) {
	s := open(t)
	s.busyMorning()
	p := tab(t, phoneLight)
	p.open(s.url + "/calendar?day=2026-11-24")
	p.until(`typeof htmx === "object"`)
	p.focus("[data-what^='Karen']")
	p.press(kb.Enter)
	p.has("Move to")
	p.focus("#time")
	p.press("1100AM" + kb.Enter)
	p.has("Moved. The customer gets a text")
	if at := s.of("Karen Whitfield").Slot.Start; !at.Equal(s.at(24, 11, 0)) {
		t.Errorf("moved to %v", at)
	}
	p.open(s.url + "/jobs/" + s.of("Karen Whitfield").ID)
	p.until(`typeof htmx === "object"`)
	p.focus("summary")
	p.press(kb.Enter + kb.Tab + kb.Enter)
	p.has("Cancelled. The customer gets a text")
	if s.of("Karen Whitfield").Live() {
		t.Error("it was not cancelled")
	}
}

// TestAFingerDragsTheGrip drags a visit on a phone, and taps empty time.
func TestAFingerDragsTheGrip(t *testing.T) {
	s := open(t)
	s.busyMorning()
	p := tab(t, phoneLight)
	p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
		return chromedp.Void{}, err
	})
	p.open(s.url + "/calendar?day=2026-11-24&technician=Luis+Ortega")
	p.until(`typeof htmx === "object" && matchMedia("(pointer: coarse)").matches`)
	from := p.card("Karen Whitfield")
	to := p.cell("Luis Ortega", 11, 0)
	p.finger(input.DispatchTouchEventTypeTouchStart, from)
	for i := range 4 {
		part := float64(i+1) / 4
		p.finger(input.DispatchTouchEventTypeTouchMove, place{from.X, from.Y + (to.Y-from.Y)*part})
	}
	p.shot("finger")
	p.finger(input.DispatchTouchEventTypeTouchEnd)
	p.until(`document.getElementById("move-dialog").open`)
	p.has("November 24, 11:00 AM?")
	p.fits()
	p.shot("finger-dialog")
	p.do(chromedp.Click(chromedp.CSS("#move-dialog .primary")))
	p.has("Moved. The customer gets a text")
	if at := s.of("Karen Whitfield").Slot.Start; !at.Equal(s.at(24, 11, 0)) {
		t.Errorf("moved to %v", at)
	}

	p.until(`typeof htmx === "object"`)
	p.where(`document.querySelector(".items").scrollIntoView({block: "center"}); return {X: 0, Y: 0};`)
	tap := p.cell("Luis Ortega", 14, 0)
	p.finger(input.DispatchTouchEventTypeTouchStart, tap)
	p.finger(input.DispatchTouchEventTypeTouchEnd)
	p.has("Block 2:00 PM")
	p.do(chromedp.Click(chromedp.CSS(".offer a")))
	p.until(`document.getElementById("from_time")?.value === "14:00" && document.getElementById("technician").value === "Luis Ortega"`)
}

// TestTheCalendarFollowsWhatHappens: a calendar that lies open shows what is booked and blocked.
func TestTheCalendarFollowsWhatHappens(t *testing.T) {
	s := open(t)
	p := tab(t, desktopLight)
	p.open(s.url + "/calendar?day=2026-11-24")
	p.until(`typeof htmx === "object"`)
	s.book(24, 9, "Drain cleaning", "", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", "")
	p.has("Karen Whitfield")
	s.blocked("Dentist", "Mike Rossi", 24, 13, 14)
	p.has("Dentist")
}
