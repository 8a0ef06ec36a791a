// Package ownerdesk takes what the owner and his technicians text to the shop's own line: what is on today, time to be
// blocked, "running late", "done", a call to be put through, words for a customer, a yes or a no to what was asked.
//
// A command is one word and what belongs to it, a file each. What is none is an answer to a question (package approval), words
// for the customer whose thread is in the sender's hands, or a text like any other customer's: who owns the shop may try his
// own receptionist.
package ownerdesk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/receptionist/understanding"
)

// Bridge rings somebody of the shop, then a customer, and connects the two; the customer sees the shop's line. It enqueues
// that inside the transaction. The error is a NotCalled where the shop is to hear why not.
type Bridge interface {
	Bridge(ctx context.Context, tx Tx, b *business.Business, from business.Staff, customer, key string) error
}

// Desk takes texts from people of the shop.
type Desk struct {
	Threads   messaging.Threads
	Approvals Approvals
	Clock     clock.Clock
	// Understand is how words are understood for a business, asked for something.
	Understand func(b *business.Business, text string, asked understanding.Asked, now time.Time) understanding.Understanding
	// Bridge connects calls; nil: the number to call is told instead.
	Bridge Bridge
}

// text is one text being answered.
type text struct {
	*Desk
	tx   Tx
	b    *business.Business
	from business.Staff
	key  string
	now  time.Time
}

func (d *Desk) text(tx Tx, b *business.Business, t messaging.StaffText) *text {
	return &text{d, tx, b, t.From, t.Key, d.Clock.Now()}
}

// command does what a word asks for, with the rest of the text.
type command struct {
	word   string
	owners bool // only the owner says it
	do     func(t *text, ctx context.Context, rest string) (string, error)
}

// commands are all of them, in the order in which help names them.
func commands() []command {
	return []command{
		{"today", false, (*text).today},
		{"tomorrow", false, (*text).tomorrow},
		{"late", false, (*text).late},
		{"omw", false, (*text).omw},
		{"done", false, (*text).done},
		{"call", false, (*text).call},
		{"block", false, (*text).block},
		{"to", true, (*text).to},
		{"release", true, (*text).release},
		{"keep", true, (*text).keep},
		{"commands", false, (*text).help},
	}
}

// find reads the command that a text begins with; nil when it begins with none.
func (t *text) find(body string) (c *command, rest string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(body), " ")
	word = strings.ToLower(strings.Trim(word, ".,:;!#/"))
	for _, c := range commands() {
		if c.word == word && (t.from.Owner || !c.owners) {
			return &c, strings.TrimSpace(rest)
		}
	}
	return nil, ""
}

// Answer does what a text asks for and gives the reply, empty for none; ok is false for a text that is a customer's like any
// other.
func (d *Desk) Answer(ctx context.Context, tx Tx, b *business.Business, in messaging.StaffText) (reply string, ok bool, err error) {
	t := d.text(tx, b, in)
	reply, ok, err = t.answer(ctx, strings.TrimSpace(in.Body))
	if err != nil {
		return "", ok, fmt.Errorf("ownerdesk: answer %s: %w", t.from.Name, err)
	}
	return reply, ok, nil
}

func (t *text) answer(ctx context.Context, body string) (reply string, ok bool, err error) {
	if c, rest := t.find(body); c != nil && t.isCommand(c, rest) {
		reply, err = c.do(t, ctx, rest)
		return reply, true, err
	}
	if !t.from.Owner {
		return t.orHelp(ctx, body)
	}
	if numbered.MatchString(body) { // it says which one
		if reply, ok, err := t.answerQuestion(ctx, body); ok || err != nil {
			return reply, ok, err
		}
	}
	if reply, ok, err := t.toMine(ctx, body); ok || err != nil {
		return reply, ok, err
	}
	if reply, ok, err := t.answerQuestion(ctx, body); ok || err != nil {
		return reply, ok, err
	}
	if reply, ok, err = t.Approvals.Answer(ctx, t.tx, t.b, body); ok || err != nil {
		return reply, ok, err
	}
	return t.orHelp(ctx, body)
}

// longestCommand is how many words follow a command at most; a longer text that happens to begin with one is none. What is
// written to a customer has no such bound.
const longestCommand = 8

func (t *text) isCommand(c *command, rest string) bool {
	if c.word == "to" {
		return numbered.MatchString(rest)
	}
	return len(strings.Fields(rest)) <= longestCommand
}
