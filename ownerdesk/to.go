package ownerdesk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/followup"
	"fixly/messaging"
)

// numbered is a thread by its number, and the words for it: "12: on our way".
var numbered = regexp.MustCompile(`(?s)^#?(\d{1,2})\b[\s.:,)-]*(.*)$`)

// Concerns lists the customers in whose threads a text may write, by their numbers.
func (d *Desk) Concerns(ctx context.Context, tx Tx, b *business.Business, in messaging.StaffText) ([]string, error) {
	t := d.text(tx, b, in)
	if !t.from.Owner {
		return nil, nil
	}
	body := strings.TrimSpace(in.Body)
	if c, rest := t.find(body); c != nil && t.isCommand(c, rest) {
		if c.word != "to" && c.word != "release" {
			return nil, nil
		}
		body = rest
	}
	peers, err := t.mine(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := t.tx.OpenOwnerQuestions(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	for i := range asked {
		if !slices.Contains(peers, asked[i].Peer) {
			peers = append(peers, asked[i].Peer)
		}
	}
	slices.Sort(peers) // two texts lock in one order
	if m := numbered.FindStringSubmatch(body); m != nil {
		peer, err := t.numbered(ctx, m[1])
		if err != nil {
			return nil, err
		}
		if peer != "" {
			peers = append(peers, peer)
		}
	}
	return peers, nil
}

// numbered is whose thread has a number; empty when none has it.
func (t *text) numbered(ctx context.Context, number string) (peer string, err error) {
	given, err := t.tx.ThreadNumbers(ctx, t.b.ID)
	if err != nil {
		return "", err
	}
	n, _ := strconv.Atoi(number)
	for _, x := range given {
		if x.Number == n {
			return x.Peer, nil
		}
	}
	return "", nil
}

// mine lists whose threads are in the sender's hands, in the order of their numbers.
func (t *text) mine(ctx context.Context) ([]string, error) {
	held, err := t.tx.Takeovers(ctx, t.b.ID)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range held {
		if x.Phone == t.from.Phone && x.Holds(t.b, t.now) {
			out = append(out, x.Number)
		}
	}
	return out, nil
}

// to writes to a customer: "to 12: on our way".
func (t *text) to(ctx context.Context, rest string) (string, error) {
	m := numbered.FindStringSubmatch(rest)
	if m == nil {
		return `Say who, and what: "to 12: on our way".`, nil
	}
	peer, err := t.numbered(ctx, m[1])
	switch {
	case err != nil:
		return "", err
	case peer == "":
		return t.noSuchThread(ctx, m[1])
	case m[2] == "":
		return fmt.Sprintf(`Say what, too: "to %s: on our way".`, m[1]), nil
	}
	return t.write(ctx, peer, m[2])
}

// toMine writes to the customer whose thread alone is in the sender's hands, unless the text is an answer to something else.
// Where several are, it asks which one is meant.
func (t *text) toMine(ctx context.Context, body string) (reply string, ok bool, err error) {
	peers, err := t.mine(ctx)
	if err != nil || len(peers) == 0 || body == "" {
		return "", false, err
	}
	if other, err := t.answersElse(ctx, body); other || err != nil {
		return "", false, err
	}
	if len(peers) == 1 {
		reply, err = t.write(ctx, peers[0], body)
		return reply, true, err
	}
	known, first, err := t.list(ctx, func(peer string) bool { return slices.Contains(peers, peer) })
	if err != nil || known == "" {
		return "", false, err
	}
	return fmt.Sprintf(`For whom? %s. Say "to %d: ...".`, known, first), true, nil
}

// answersElse says whether a text is the answer to something that the sender was asked: a plain yes or no, or one that begins
// with the number of a visit that waits.
func (t *text) answersElse(ctx context.Context, body string) (bool, error) {
	if plainAnswer.MatchString(strings.ToLower(body)) {
		return true, nil
	}
	m := numbered.FindStringSubmatch(body)
	if m == nil {
		return false, nil
	}
	open, err := t.tx.OpenApprovals(ctx, t.b.ID, t.now)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(open, func(a followup.Approval) bool { return strconv.Itoa(a.Number) == m[1] }), nil
}

// plainAnswer is a yes or a no by itself, with the number of what was asked or without.
var plainAnswer = regexp.MustCompile(`^(#?\d{1,2}\W*)?(y|yes|n|no|si|sí)(\W*#?\d{1,2})?\W*$`)

// write takes a thread over with the sender's words. The reply tells of it at the first of them.
func (t *text) write(ctx context.Context, peer, body string) (string, error) {
	before, err := t.tx.Takeover(ctx, t.b.ID, peer)
	if err != nil {
		return "", err
	}
	m, err := t.Threads.Write(ctx, t.tx, t.now, t.b, messaging.Words{
		Number: peer, Body: body, By: t.from.Name, Phone: t.from.Phone, Key: "person:" + t.key,
	})
	if err != nil {
		return "", err
	}
	who, err := t.who(ctx, peer)
	switch {
	case err != nil:
		return "", err
	case m.Status == messaging.Suppressed:
		return "Not sent to " + who + ": " + messaging.Reason(m.Reason).Explain(), nil
	case before.Holds(t.b, t.now):
		return "", nil
	}
	n, err := messaging.NumberThread(ctx, t.tx, t.now, t.b, peer)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`Sent to %s. Their thread is yours now, I stay out of it until you are silent for %s or say "release %d".`, who, spoken(t.b.TakeoverIdle()), n), nil
}

// release gives threads back: one by its number, or all that are the sender's.
func (t *text) release(ctx context.Context, rest string) (string, error) {
	peers, err := t.mine(ctx)
	if err != nil {
		return "", err
	}
	if m := numbered.FindStringSubmatch(rest); m != nil {
		peer, err := t.numbered(ctx, m[1])
		if err != nil {
			return "", err
		}
		if peer == "" {
			return t.noSuchThread(ctx, m[1])
		}
		peers = []string{peer}
	}
	var names []string
	for _, peer := range peers {
		ended, err := t.Threads.Release(ctx, t.tx, t.b, peer)
		if err != nil {
			return "", err
		}
		if !ended {
			continue
		}
		who, err := t.who(ctx, peer)
		if err != nil {
			return "", err
		}
		names = append(names, who)
	}
	if len(names) == 0 {
		return "I answer there already.", nil
	}
	return "I answer " + strings.Join(names, " and ") + " again.", nil
}

// noSuchThread lists the threads that were told of last.
func (t *text) noSuchThread(ctx context.Context, number string) (string, error) {
	known, _, err := t.list(ctx, func(string) bool { return true })
	if err != nil {
		return "", err
	}
	if known == "" {
		return "There is no thread " + number + ".", nil
	}
	return "There is no thread " + number + ". The latest: " + known + ".", nil
}

// list names those of the threads told of last that are wanted, by their numbers; lowest is the lowest of these.
func (t *text) list(ctx context.Context, wanted func(peer string) bool) (known string, lowest int, err error) {
	const most = 5
	given, err := t.tx.ThreadNumbers(ctx, t.b.ID)
	if err != nil {
		return "", 0, err
	}
	var shown []messaging.ThreadNumber
	for _, x := range given {
		if wanted(x.Peer) && len(shown) < most {
			shown = append(shown, x)
		}
	}
	slices.SortFunc(shown, func(a, b messaging.ThreadNumber) int { return a.Number - b.Number })
	var lines []string
	for _, x := range shown {
		who, err := t.who(ctx, x.Peer)
		if err != nil {
			return "", 0, err
		}
		lines = append(lines, fmt.Sprintf("%d %s", x.Number, who))
	}
	if len(shown) == 0 {
		return "", 0, nil
	}
	return strings.Join(lines, "; "), shown[0].Number, nil
}

// who names a customer: by the name on file, or by the number.
func (t *text) who(ctx context.Context, number string) (string, error) {
	c, err := t.tx.CustomerByPhone(ctx, t.b.ID, number)
	if err != nil {
		return "", err
	}
	if c == nil || c.Name == "" {
		return contact.National(number), nil
	}
	return c.Name, nil
}

// spoken is a length of time in words: "2 hours", "90 minutes".
func spoken(d time.Duration) string {
	n, unit := int(d/time.Minute), "minute"
	if d%time.Hour == 0 {
		n, unit = int(d/time.Hour), "hour"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}
