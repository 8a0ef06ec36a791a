package oncall

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fixly/business"
)

// words are what the people on call and the owner read and hear, in English, with the caller's own words beside it.
type words struct{}

func head(what string) string {
	if what == danger {
		return "DANGER"
	}
	return "EMERGENCY"
}

// sentence ends text with a full stop where nothing else ends it.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?\"") {
		return text
	}
	return text + "."
}

// Page is the text of a wave.
func (words) Page(p *Page, wave int, s Someone) string {
	again := ""
	if slices.ContainsFunc(slices.Concat(p.Waves[:wave]...), func(o Someone) bool { return o.Phone == s.Phone }) {
		again = "STILL OPEN: "
	}
	return again + head(p.What) + ": " + sentence(p.Text) + " Reply 1 to take it, 2 if you can't."
}

// Yours confirms that it is theirs.
func (words) Yours(p *Page) string { return "It's yours: " + sentence(p.Text) }

// Passed confirms that they can't.
func (words) Passed(p *Page) string {
	if p.State == Nobody {
		return "OK. Nobody has taken it: " + sentence(p.Text)
	}
	return "OK, I'm asking the next one."
}

// Also tells who answers one page of another that waits.
func (words) Also(p *Page) string { return " Still open: " + sentence(p.Text) + " Reply 1 to take it." }

// Taken tells the others who has it.
func (words) Taken(b *business.Business, p *Page) string {
	return fmt.Sprintf("TAKEN by %s at %s: %s", taker(p), p.TakenAt.In(b.Location()).Format("3:04 pm"), sentence(p.Text))
}

func taker(p *Page) string {
	switch {
	case p.TakenBy != "":
		return p.TakenBy
	case p.TakenHow == ByTransfer:
		return "whoever took the call"
	}
	return "the office"
}

// NobodyTook tells the owner. rung are the phones that a carrier has really been asked to ring.
func (words) NobodyTook(p *Page, paged []Paged, rung map[string]bool) string {
	var names, called []string
	for _, x := range paged {
		if !slices.Contains(names, x.Name) {
			names = append(names, x.Name)
			if rung[x.Phone] {
				called = append(called, x.Name)
			}
		}
	}
	tried := "texted and called " + strings.Join(names, ", ")
	switch {
	case len(called) == 0:
		tried = "texted " + strings.Join(names, ", ") + " and could call nobody"
	case len(called) < len(names):
		tried = "texted " + strings.Join(names, ", ") + " and called " + strings.Join(called, ", ") + " alone"
	}
	return fmt.Sprintf("NOBODY HAS TAKEN IT, I %s: %s Please call them. Reply 1 when you have it.", tried, sentence(p.Text))
}

// SayPage is said to who picks up.
func (words) SayPage(b *business.Business, p *Page) string {
	return fmt.Sprintf("This is the receptionist of %s, with %s. %s Press 1 to take it. Press 2 if you can't.",
		b.Profile.Name, map[bool]string{true: "a danger", false: "an emergency"}[p.What == danger], sentence(p.Text))
}

// SayTaken is said to who picks up too late.
func (words) SayTaken(b *business.Business, p *Page) string {
	return fmt.Sprintf("This is the receptionist of %s. There was an emergency, and %s has taken it. Goodbye.", b.Profile.Name, taker(p))
}

// SayYours, SayPassed and SayBye end the call.
func (words) SayYours() string { return "Thank you, it's yours. I'm texting you what I know. Goodbye." }

// SayPassed ends the call of who can't.
func (words) SayPassed() string { return "All right, I'm asking the next one. Goodbye." }

// SayBye ends the call of who pressed nothing.
func (words) SayBye() string { return "It's in your texts. Goodbye." }

// Long is a time to acknowledgement as people say it.
func Long(d time.Duration) string {
	d = d.Round(time.Second)
	switch m, s := int(d/time.Minute), int(d%time.Minute/time.Second); {
	case m == 0:
		return fmt.Sprintf("%d s", s)
	case m >= 60:
		return fmt.Sprintf("%d h %d min", m/60, m%60)
	default:
		return fmt.Sprintf("%d min %d s", m, s)
	}
}
