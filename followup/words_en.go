package followup

import (
	"fmt"
	"strings"
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
)

// english is the English catalogue, and what the owner and the people on call read. It keeps to the GSM alphabet,
// because one other character halves what fits into a segment, and asks nothing: a text that follows up needs no answer.
type english struct{}

// Confirmation ends with the link, where there is one: what follows an address may be taken for a part of it.
func (e english) Confirmation(c change, shop string, v visit) string {
	switch c {
	case moved:
		return fmt.Sprintf("Your visit from %s has been moved. New time: %s. %s. To change it again, %s", shop, e.promise(v), e.job(v), e.textBack(v))
	case cancelled:
		return fmt.Sprintf("Your visit from %s on %s has been cancelled. To book another time, just text back.", shop, e.window(v))
	default:
		if v.Link != "" {
			return fmt.Sprintf("You're booked with %s: %s. %s. STOP ends texts. To change it, %s", shop, e.promise(v), e.job(v), e.textBack(v))
		}
		return fmt.Sprintf("You're booked with %s: %s. %s. To change it, just text back. STOP ends texts.", shop, e.promise(v), e.job(v))
	}
}

// Mail has a line for each thing.
func (e english) Mail(c change, shop, line string, v visit) (subject, body string) {
	head := "You're booked with " + shop + "."
	subject = "Booked: "
	switch c {
	case moved:
		subject, head = "New time: ", "Your visit from "+shop+" has been moved."
	case cancelled:
		subject, head = "Cancelled: ", "Your visit from "+shop+" has been cancelled."
	}
	lines := []string{hello("Hello", v.Customer), "", head, "", "When: " + e.promise(v), "What: " + v.Service}
	if p := e.place(v.Address); p != "" {
		lines = append(lines, "Where: "+p)
	}
	lines = append(lines, "")
	if v.Link != "" && c != cancelled {
		lines = append(lines, "To move or cancel the visit: "+v.Link)
	}
	if line != "" {
		lines = append(lines, "To reach us: "+contact.National(line))
	}
	return subject + v.Service + ", " + e.promise(v), strings.Join(append(lines, "", shop), "\n") + "\n"
}

func (english) MailTitle(shop string, v visit) string { return v.Service + ", " + shop }

// Late names the end of the window alone: that is what they can rely on.
func (e english) Late(shop string, minutes int, v visit) string {
	who := "We're"
	if v.Technician != "" {
		who = first(v.Technician) + " is"
	}
	return fmt.Sprintf("%s: %s running about %d minutes late, sorry about that. Expect the visit by %s at the latest.", shop, who, minutes, clockTime(v.To)+" "+v.To.Format("PM"))
}

// hello greets a customer by the first name, where one is known.
func hello(word, name string) string {
	if first, _, _ := strings.Cut(name, " "); first != "" {
		return word + " " + first + ","
	}
	return word + ","
}

// textBack is how to change a visit.
func (english) textBack(v visit) string {
	if v.Link == "" {
		return "just text back."
	}
	return "text back or go to " + v.Link
}

func (e english) PutDown(shop, owner string, v visit) string {
	return fmt.Sprintf("%s has you down for %s. %s. %s will confirm by text. STOP ends texts. To change it, %s", shop, e.promise(v), e.job(v), owner, e.textBack(v))
}

// TextBack is the shop's own words as they are, and after them what is known. One that is written in another language
// gets plain words in its place.
func (english) TextBack(shop string, m missed) string {
	body := m.Own
	if body == "" {
		body = fmt.Sprintf("%s this is %s. Sorry we missed your call.", hello("Hi", m.Name), shop)
		if m.Service == "" {
			body += " What can we help with?"
		}
	}
	switch {
	case m.Service != "" && m.Closed:
		return body + " About the " + inSentence(m.Service) + ": we're closed right now, but text back a day that suits you and we'll get you a time."
	case m.Service != "":
		return body + " About the " + inSentence(m.Service) + ": text back a day that suits you and we'll get you a time."
	case m.Closed:
		return body + " We're closed right now, but text back and we'll get you a time."
	}
	return body
}

// inSentence is the name of a service within a sentence: "Leak repair" becomes "leak repair", "AC tune-up" stays.
func inSentence(service string) string {
	first, rest, _ := strings.Cut(service, " ")
	if first == strings.ToUpper(first) {
		return service
	}
	return strings.TrimSpace(strings.ToLower(first) + " " + rest)
}

// Changed tells the owner of a change.
func (e english) Changed(c change, v visit) string {
	head, when := "Booked", e.slot(v)
	switch c {
	case moved:
		head, when = "Moved", "now "+when
	case cancelled:
		head, when = "Cancelled", "was "+when
	}
	if v.Urgency == scheduling.Emergency {
		head = "EMERGENCY " + strings.ToLower(head)
	}
	parts := []string{e.who(v.Customer, ""), e.what(v), when, e.place(v.Address)}
	if v.Urgency == scheduling.Urgent {
		parts = append(parts, "urgent")
	}
	return fmt.Sprintf("%s: %s. %s", head, list(parts), contact.National(v.Phone))
}

// Call tells the owner what came of a call.
func (e english) Call(c callNews) string {
	said := e.call(c)
	if c.Gist == "" {
		return said
	}
	if !strings.HasSuffix(said, ".") {
		said += "."
	}
	return said + " In brief: " + sentence(c.Gist)
}

func (e english) call(c callNews) string {
	if c.Visit != nil {
		var how change
		switch c.Outcome {
		case ledger.Booked:
			how = booked
		case ledger.Rescheduled:
			how = moved
		case ledger.Cancelled:
			how = cancelled
		}
		if how != "" {
			s := e.Changed(how, *c.Visit)
			if c.Waits {
				s = e.Ask(*c.Visit, c.Number)
			}
			if c.From != "" && c.From != c.Visit.Phone {
				s += ", called from " + contact.National(c.From)
			}
			return s
		}
	}
	parts := []string{e.caller(c)}
	if c.TextBack != nil {
		if c.TextBack.Status == messaging.Suppressed {
			parts = append(parts, "No text back: "+messaging.Reason(c.TextBack.Reason).Explain())
		} else {
			parts = append(parts, "Texted back.")
		}
	}
	if c.OwedCall {
		parts = append(parts, "Owed a call.")
	}
	return strings.Join(present(parts), " ")
}

// heads are how a summary begins.
var heads = map[ledger.Outcome]string{
	ledger.Message: "Message", ledger.Transferred: "Put through", ledger.Answered: "Answered", ledger.Spam: "Spam",
	ledger.Missed: "Missed", ledger.Abandoned: "Hung up",
}

// caller is who called and what they wanted. The line about what they wanted often names them already.
func (e english) caller(c callNews) string {
	head := or(heads[c.Outcome], "Call") // a job's outcome whose job is gone meanwhile
	wanted := strings.TrimPrefix(sentence(c.Wanted), head+": ")
	who := e.who(c.Name, c.From)
	for _, kind := range []string{"DANGER", "EMERGENCY", "Complaint", "Billing question", "Looks for work"} {
		if c.Outcome != ledger.Abandoned && strings.HasPrefix(wanted, kind) {
			return wanted // says by itself what kind of call it was
		}
	}
	switch {
	case wanted == "" && c.Outcome == ledger.Abandoned:
		return head + ": " + who + ". Said nothing we could note."
	case wanted == "":
		return head + ": " + who + "."
	case c.From != "" && strings.Contains(wanted, contact.National(c.From)):
		return head + ": " + wanted
	case c.Outcome == ledger.Message:
		return head + " from " + who + ": " + wanted
	}
	return head + ": " + who + ". " + wanted
}

// Voicemail is for the owner, what was said in one.
func (e english) Voicemail(name, from, words string) string {
	return "Voicemail from " + e.who(name, from) + ": \"" + oneLine(words, 300) + "\""
}

// Card is for a person who has taken a call. It ends with the link: what follows an address may be taken for a part of it.
func (e english) Card(c card) string {
	head := "Your call for " + c.Shop + ": "
	if c.Urgent {
		head = "EMERGENCY, your call for " + c.Shop + ": "
	}
	what := c.Service
	switch {
	case c.Danger != "":
		what = "DANGER: " + oneLine(c.Danger, 160)
	case c.Message != "":
		what = "Message: " + oneLine(c.Message, 200)
	case c.Problem != "" && what != "":
		what += ": " + oneLine(c.Problem, 160)
	case c.Problem != "":
		what = oneLine(c.Problem, 160)
	}
	parts := []string{e.who(c.Name, c.Phone), what, e.place(c.Address)}
	said := head + strings.Join(present(parts), ". ") + "."
	if c.Link != "" {
		said += " Book it: " + c.Link
	}
	return said
}

func (english) AtOnce(what, text string) string {
	head := "For you"
	switch what {
	case "complaint":
		head = "COMPLAINT"
	case "late":
		head = "WAITING FOR US"
	case "more_work":
		head = "Added to a visit"
	}
	return head + ": " + sentence(text)
}

// InTheWay is for the owner: an emergency was put over a job.
func (e english) InTheWay(v, emergency visit) string {
	return fmt.Sprintf("IN THE WAY: the emergency at %s, %s, takes the time of %s. They were not told: please give them another time.",
		e.place(emergency.Address), e.slot(emergency), list([]string{e.who(v.Customer, v.Phone), v.Service, e.slot(v)}))
}

// AskAddress is answered with the address alone.
func (english) AskAddress(shop string) string {
	return fmt.Sprintf("This is %s. What's the street address for your visit, with the ZIP code? Just answer this text and we'll finish booking it.", shop)
}

func (english) PageCode(code, shop string) string {
	return fmt.Sprintf("%s is your code for %s. Type it in on the page to book your visit. If you did not ask for it, ignore this text.", code, shop)
}

func (english) Code(code, shop string) string {
	return fmt.Sprintf("%s is your code for %s. Read it to the assistant on the phone. If you did not ask for it, ignore this text.", code, shop)
}

// promise is when a customer is visited: the arrival window, and on how many days where it is not one.
func (e english) promise(v visit) string {
	if v.Days > 1 {
		return fmt.Sprintf("%d days, beginning %s", v.Days, e.window(v))
	}
	return e.window(v)
}

// window is the arrival window as a customer reads it: "Tuesday, Nov 24 between 8 and 10 AM".
func (english) window(v visit) string {
	day := v.From.Format("Monday, Jan 2")
	if !sameDay(v.From, v.To) || !v.To.After(v.From) {
		return day + " at " + clockTime(v.From) + " " + v.From.Format("PM")
	}
	from := clockTime(v.From)
	if v.From.Format("PM") != v.To.Format("PM") {
		from += " " + v.From.Format("PM")
	}
	return day + " between " + from + " and " + clockTime(v.To) + " " + v.To.Format("PM")
}

// slot is the same for the owner, with who goes: "Tue Nov 24 8-10 am (Luis)".
func (english) slot(v visit) string {
	s := v.From.Format("Mon Jan 2 ") + clockTime(v.From)
	if sameDay(v.From, v.To) && v.To.After(v.From) {
		if v.From.Format("pm") != v.To.Format("pm") {
			s += " " + v.From.Format("pm")
		}
		s += "-" + clockTime(v.To) + " " + v.To.Format("pm")
	} else {
		s += " " + v.From.Format("pm")
	}
	if first, _, _ := strings.Cut(v.Technician, " "); first != "" {
		second, _, _ := strings.Cut(v.Helper, " ")
		s += " (" + strings.Join(present([]string{first, second}), " and ") + ")"
	}
	if v.Days > 1 {
		s += fmt.Sprintf(", %d days", v.Days)
	}
	return s
}

// job is what is done where, for the customer.
func (e english) job(v visit) string {
	s := v.Service
	if p := e.place(v.Address); p != "" {
		s += " at " + p
	}
	return s
}

// what is the problem in the customer's words, the service where there are none, and both where the words are not
// English.
func (english) what(v visit) string {
	said, _, _ := strings.Cut(v.Problem, "\n") // what follows is for the technician
	p := oneLine(said, 100)
	switch {
	case p == "", strings.EqualFold(p, v.Service):
		return v.Service
	case v.Language != "" && v.Language != "en":
		return fmt.Sprintf("%s (in their words: \"%s\")", v.Service, p)
	}
	return p
}

func (english) place(a contact.Address) string {
	s := list([]string{a.Line1, a.Unit})
	if a.ZIP != "" {
		return strings.TrimSpace(s + " " + a.ZIP)
	}
	return list([]string{s, a.City})
}

// who is a name with a number, or whichever is known.
func (english) who(name, number string) string {
	switch {
	case name != "" && number != "":
		return name + " " + contact.National(number)
	case name != "":
		return name
	case number != "":
		return contact.National(number)
	}
	return "a caller who withheld the number"
}

// clockTime is "8" or "8:30".
func clockTime(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3")
	}
	return t.Format("3:04")
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// list joins what is there with commas.
func list(parts []string) string { return strings.Join(present(parts), ", ") }

// present drops what is empty.
func present(parts []string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// sentence puts words on one line with an end; empty stays empty.
func sentence(s string) string {
	s = oneLine(s, 400)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// oneLine puts words on one line of at most n characters.
func oneLine(s string, n int) string {
	s = plain.Replace(strings.Join(strings.Fields(s), " "))
	if r := []rune(s); len(r) > n {
		return string(r[:n-3]) + "..."
	}
	return s
}

// plain writes in the GSM alphabet what typing and pasting bring into it.
var plain = strings.NewReplacer(" \u00b7 ", ", ", "\u2019", "'", "\u2018", "'", "\u201c", `"`, "\u201d", `"`, "\u2013", "-", "\u2014", "-", "\u2026", "...",
	"\u00ab", `"`, "\u00bb", `"`, "\u00e1", "a", "\u00ed", "i", "\u00f3", "o", "\u00fa", "u", "\u00c1", "A", "\u00cd", "I", "\u00d3", "O", "\u00da", "U")
