package ownerdesk

import (
	"context"
	"errors"

	"fixly/contact"
	"fixly/scheduling"
)

// NotCalled is why somebody is not called, in a sentence for who asked for it.
type NotCalled string

func (n NotCalled) Error() string { return "ownerdesk: not called: " + string(n) }

// call connects the sender with a customer, who sees the shop's line: "call", "call karen", "call 312 555 0142". Without a name
// it is who was told of last, or else whose visit is next.
func (t *text) call(ctx context.Context, whom string) (string, error) {
	number, err := t.whom(ctx, whom)
	if err != nil {
		return "", err
	}
	if number == "" {
		if whom == "" {
			return `Whom? Say "call karen", or a number.`, nil
		}
		return "I know nobody called " + whom + " with a visit today or a text lately. Say the number.", nil
	}
	who, err := t.who(ctx, number)
	if err != nil {
		return "", err
	}
	if t.Bridge == nil {
		return who + ": " + contact.National(number), nil
	}
	err = t.Bridge.Bridge(ctx, t.tx, t.b, t.from, number, "call:"+t.key)
	var refused NotCalled
	if errors.As(err, &refused) {
		return who + ": " + string(refused), nil
	}
	if err != nil {
		return "", err
	}
	return "Calling you, then " + who + ".", nil
}

// whom is the number that a name means, or a number itself; empty when nobody is meant.
func (t *text) whom(ctx context.Context, whom string) (string, error) {
	if n, err := contact.NormalizePhone(whom, "US"); err == nil && len(whom) >= 7 {
		return n, nil
	}
	if m := numbered.FindStringSubmatch(whom); m != nil && t.from.Owner {
		return t.numbered(ctx, m[1])
	}
	jobs, err := t.live(ctx)
	if err != nil {
		return "", err
	}
	var peers []string
	if t.from.Owner {
		given, err := t.tx.ThreadNumbers(ctx, t.b.ID)
		if err != nil {
			return "", err
		}
		for _, x := range given {
			peers = append(peers, x.Peer)
		}
	}
	if whom == "" {
		return t.nextToCall(jobs, peers), nil
	}
	if found := named(jobs, whom); len(found) > 0 {
		return found[0].Customer.Phone, nil
	}
	for _, p := range peers {
		c, err := t.tx.CustomerByPhone(ctx, t.b.ID, p)
		if err != nil {
			return "", err
		}
		if c != nil && matches(c.Name, whom) {
			return p, nil
		}
	}
	return "", nil
}

// nextToCall is who was told of last, or whose visit is next.
func (t *text) nextToCall(jobs []scheduling.Job, peers []string) string {
	if len(peers) > 0 {
		return peers[0]
	}
	for i := range jobs {
		if jobs[i].Slot.End.After(t.now) {
			return jobs[i].Customer.Phone
		}
	}
	return ""
}
