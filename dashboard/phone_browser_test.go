package dashboard_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixly/ledger"
	"fixly/scheduling"
	"fixly/telephony"
)

// press types keys into whatever has the focus.
func (p *page) press(keys string) { p.t.Helper(); p.do(chromedp.KeyEvent(keys)) }

// say types words into the phone and waits for the receptionist's answer.
func (p *page) say(words string) string {
	p.t.Helper()
	before := p.eval(`String(document.querySelectorAll("#log .turn:not(.us):not(.note)").length)`)
	p.press(words + kb.Enter)
	p.until(`document.querySelectorAll("#log .turn:not(.us):not(.note)").length > ` + before)
	return p.lastReply()
}

func (p *page) lastReply() string {
	return p.eval(`[...document.querySelectorAll("#log .turn:not(.us):not(.note) .bubble")].pop().innerText`)
}

// ring opens the phone and rings with the keyboard alone.
func (p *page) ring(s *shop) {
	p.t.Helper()
	p.open(s.url + "/phone")
	p.until(`document.activeElement === document.body && typeof htmx === "object"`)
	p.focus("#from")
	p.press(kb.Tab + kb.Enter)
	p.until(`document.querySelectorAll("#log .turn").length > 0 && document.activeElement.id === "words"`)
}

func (s *shop) calls() []telephony.Call {
	s.t.Helper()
	calls, err := s.db.ListCalls(s.t.Context(), s.b.ID, telephony.CallFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	return calls
}

func (s *shop) jobs() []scheduling.Job {
	s.t.Helper()
	jobs, err := s.db.ListJobs(s.t.Context(), s.b.ID, scheduling.JobFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	return jobs
}

// TestRingingTheLineBooksAJob is a whole call, by keyboard alone: ring, say what is wrong, choose, confirm, and find
// the job in the calendar.
func TestRingingTheLineBooksAJob(t *testing.T) {
	for _, l := range []look{desktopLight, phoneDark} {
		t.Run(l.name, func(t *testing.T) {
			s := open(t)
			p := tab(t, l)
			p.ring(s)
			p.has("virtual assistant")
			p.has("The call began: your greeting")
			p.accessible()
			reply := p.say("my kitchen drain is clogged")
			for range 12 {
				low := strings.ToLower(reply)
				words := "yes"
				switch {
				case len(s.jobs()) > 0:
					words = "no that's all, thanks, bye"
				case strings.Contains(low, "name"):
					words = "Karen Whitfield"
				case strings.Contains(low, "address"), strings.Contains(low, "where"), strings.Contains(low, "zip"):
					words = "1842 North Damen Avenue, 60647"
				case strings.Contains(low, "which"), strings.Contains(low, " or "):
					words = "the first one"
				}
				p.shot("talking")
				p.press(words + kb.Enter)
				if words[:2] == "no" {
					break
				}
				p.until(`document.querySelector("#log").lastElementChild.className.trim() === "turn"`)
				reply = p.lastReply()
			}
			p.until(`document.getElementById("state").innerText === "Call ended"`)
			p.has("What came of it")
			p.until(`document.querySelector("#outcome .job") !== null`)
			p.accessible()
			p.shot("booked")
			jobs, calls := s.jobs(), s.calls()
			if len(jobs) != 1 || jobs[0].Service != "Drain cleaning" || jobs[0].Address.ZIP != "60647" || jobs[0].Customer.Phone != "+13125550177" {
				t.Fatalf("jobs: %+v", jobs)
			}
			if len(calls) != 1 || calls[0].Outcome != ledger.Booked || calls[0].JobID != jobs[0].ID || calls[0].EndedAt.IsZero() ||
				!strings.HasPrefix(calls[0].CarrierID, "BP") {
				t.Fatalf("calls: %+v", calls)
			}
			p.open(s.url + "/jobs/" + jobs[0].ID)
			p.has("Karen Whitfield")
		})
	}
}

func TestTransferShowsWhoWouldBeRung(t *testing.T) {
	s := open(t)
	p := tab(t, desktopLight)
	p.ring(s)
	p.press("can I talk to a real person please" + kb.Enter)
	p.until(`document.querySelector("#log .note .chips button") !== null || document.querySelectorAll("#log .turn:not(.us):not(.note)").length > 1`)
	if p.eval(`String(document.querySelector("#log .note .chips button") !== null)`) != "true" {
		p.press("yes" + kb.Enter)
		p.until(`document.querySelector("#log .note .chips button") !== null`)
	}
	p.has("Would ring")
	p.accessible()
	p.press(kb.Enter) // the focus is on "… picks up"
	p.until(`document.getElementById("state").innerText === "Call ended"`)
	if c := s.calls(); len(c) != 1 || c[0].HandledBy != ledger.ByPerson || c[0].Outcome != ledger.Transferred {
		t.Errorf("calls: %+v", c)
	}
}

func TestHangingUpAndLeavingEndTheCall(t *testing.T) {
	s := open(t)
	p := tab(t, desktopLight)
	p.ring(s)
	p.press(kb.Escape)
	p.until(`document.getElementById("state").innerText === "Call ended"`)
	p.ring(s)
	p.open(s.url + "/calls") // leaves the page in the middle of a call
	p.until(`document.querySelectorAll(".row .badge").length === 2 && !document.querySelector(".badge.live")`)
	for _, c := range s.calls() {
		if c.Outcome != ledger.Abandoned {
			t.Errorf("%s: %s", c.ID, c.Outcome)
		}
	}
}

// TestKeyboardReachesEverything walks a page with the Tab key alone.
func TestKeyboardReachesEverything(t *testing.T) {
	s := open(t)
	s.busyMorning()
	p := tab(t, desktopLight)
	p.open(s.url + "/")
	p.press(kb.Tab)
	if got := p.eval(`document.activeElement.innerText`); got != "Skip to the page" {
		t.Errorf("the first stop is %q", got)
	}
	p.press(kb.Enter)
	p.until(`document.activeElement.id === "main" || location.hash === "#main"`)
	seen := map[string]bool{}
	for range 40 {
		p.press(kb.Tab)
		seen[p.eval(`document.activeElement.innerText.split("\n")[0].trim()`)] = true
		if p.eval(`getComputedStyle(document.activeElement).outlineStyle`) == "none" && p.eval(`document.activeElement.tagName`) != "BODY" {
			t.Errorf("no visible focus on %s", p.eval(`document.activeElement.outerHTML.slice(0, 120)`))
		}
	}
	for _, want := range []string{"Ring the line", "Done", "What was said", "The week"} {
		if !seen[want] {
			t.Errorf("Tab never comes to %q: %v", want, seen)
		}
	}
	// A callback is ticked off with the keyboard.
	p.focus(`#needs form button`)
	p.press(kb.Enter)
	p.until(`document.querySelectorAll("#needs form button").length === 1`)
	owed, err := s.db.Callbacks(context.Background(), s.b.ID)
	if err != nil || len(owed) != 1 {
		t.Errorf("still owed: %v %v", owed, err)
	}
}
