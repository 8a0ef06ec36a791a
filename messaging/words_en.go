package messaging

import (
	"fmt"
	"strings"
)

// english is the English catalogue, and what the owner reads. It keeps to the GSM alphabet: one other character would halve what fits into
// a segment.
type english struct{}

func (english) LateTextBack(shop string) string {
	return fmt.Sprintf("Sorry we missed you earlier, this is %s. What can we help with?", shop)
}

func (english) Stopped(shop string) string {
	return fmt.Sprintf("%s: you won't get any more texts from us. Reply START to get them again.", shop)
}

func (english) NoCalls(shop string) string {
	return fmt.Sprintf("%s: we won't call you any more. Reply STOP to end texts, too.", shop)
}

func (english) Started(shop string) string {
	return fmt.Sprintf("%s: you'll get our texts again. Reply STOP to end them, HELP for help.", shop)
}

func (english) Help(shop, line string) string {
	return fmt.Sprintf("%s: text us what you need and when it suits you, or call %s. Msg&data rates may apply. Reply STOP to end texts.", shop, line)
}

func (english) Says(who, answer string) string { return fmt.Sprintf("%s says: \"%s\"", who, answer) }

// NotDelivered tells the owner that a text of a kind did not reach number, and the carrier's reason.
func (english) NotDelivered(kind Kind, number, why string) string {
	return fmt.Sprintf("Not delivered: %s to %s. %s Please call them.", english{}.kind(kind), number, why)
}

// LineBlocked tells the owner that a line may text no customers: because of its registration as the business file has
// it, or because the carrier refused its texts.
func (english) LineBlocked(line string, refused bool) string {
	why := "is not registered for business texting yet"
	if refused {
		why = "may not send texts: the phone carriers refuse them until it is registered"
	}
	return fmt.Sprintf("Your line %s %s. Customers get no texts from it, so please call them. The page Texting in your dashboard leads you through the registration.", line, why)
}

// Unanswered tells the owner of a text that the receptionist did not answer.
func (english) Unanswered(number, body string, why Reason) string {
	return fmt.Sprintf("Text from %s, not answered: \"%s\" %s", number, clip(body, 300), why.Explain())
}

// Forwarded passes a customer's text on to who holds the thread.
func (english) Forwarded(thread int, name, number, body string, pictures int) string {
	who := number
	if name != "" {
		who = name + " " + number
	}
	with := ""
	switch {
	case pictures == 1:
		with = " (with a picture)"
	case pictures > 1:
		with = fmt.Sprintf(" (with %d pictures)", pictures)
	}
	return fmt.Sprintf("%d %s: \"%s\"%s Reply \"to %d: ...\", or \"release %d\" to let me answer again.", thread, who, clip(body, 600), with, thread, thread)
}

func (english) kind(k Kind) string {
	switch k {
	case Confirmation:
		return "the confirmation"
	case Reminder:
		return "the reminder"
	case TextBack:
		return "the text-back"
	case Talk:
		return "our answer"
	case Late:
		return "the text that you run late"
	case ByPerson:
		return "your text"
	case Code:
		return "the code"
	case OnMyWay:
		return "the text that you're on your way"
	}
	return "a text"
}

// clip puts text on one line and cuts it to at most n characters.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-3]) + "..."
	}
	return s
}
