package ownerdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
)

// question is what a text answers, and the words of the answer; nil where it answers no question. "12 yes we do" answers that of
// thread 12, settled too late or not; without a number it is the only one that is open.
func (t *text) question(ctx context.Context, body string) (q *receptionist.OwnerQuestion, answer string, err error) {
	if m := numbered.FindStringSubmatch(body); m != nil && m[2] != "" {
		peer, err := t.numbered(ctx, m[1])
		if err != nil || peer == "" {
			return nil, "", err
		}
		if q, err = t.tx.OwnerQuestion(ctx, t.b.ID, peer); err != nil || q == nil || q.Status == receptionist.QuestionAnswered {
			return nil, "", err
		}
		return q, m[2], nil
	}
	open, err := t.tx.OpenOwnerQuestions(ctx, t.b.ID)
	if err != nil || len(open) != 1 || body == "" {
		return nil, "", err
	}
	return &open[0], body, nil
}

// answerQuestion passes the owner's answer on to who asked.
func (t *text) answerQuestion(ctx context.Context, body string) (reply string, ok bool, err error) {
	q, answer, err := t.question(ctx, body)
	if err != nil || q == nil {
		return "", false, err
	}
	if plainAnswer.MatchString(strings.ToLower(body)) { // a visit that waits for a yes comes first
		open, err := t.tx.OpenApprovals(ctx, t.b.ID, t.now)
		if err != nil || len(open) > 0 {
			return "", false, err
		}
	}
	m, err := t.passOn(ctx, q, answer)
	if err != nil {
		return "", true, err
	}
	who, err := t.who(ctx, q.Peer)
	if err != nil {
		return "", true, err
	}
	if m.Status == messaging.Suppressed {
		return "Not sent to " + who + ": " + messaging.Reason(m.Reason).Explain(), true, nil
	}
	q.Status, q.Answer, q.SettledAt = receptionist.QuestionAnswered, answer, t.now
	if err := t.tx.UpdateOwnerQuestion(ctx, q); err != nil {
		return "", true, err
	}
	n, err := messaging.NumberThread(ctx, t.tx, t.now, t.b, q.Peer)
	if err != nil {
		return "", true, err
	}
	return fmt.Sprintf(`Passed on to %s. "keep %d" makes it my answer for whoever asks next.`, who, n), true, nil
}

// passOn writes the answer in the thread: as the owner's words, or by him where he holds it.
func (t *text) passOn(ctx context.Context, q *receptionist.OwnerQuestion, answer string) (messaging.Message, error) {
	held, err := t.tx.Takeover(ctx, t.b.ID, q.Peer)
	if err != nil {
		return messaging.Message{}, err
	}
	key := "answer:" + t.key
	if held.Holds(t.b, t.now) {
		return t.Threads.Write(ctx, t.tx, t.now, t.b, messaging.Words{Number: q.Peer, Body: answer, By: t.from.Name, Phone: t.from.Phone, Key: key})
	}
	return t.Threads.Relay(ctx, t.tx, t.now, t.b, messaging.Words{Number: q.Peer, Body: answer, By: t.from.Name, Key: key})
}

// keep makes an answer that was passed on one of the shop's own: "keep 12".
func (t *text) keep(ctx context.Context, rest string) (string, error) {
	m := numbered.FindStringSubmatch(rest)
	if m == nil {
		return `Say which one: "keep 12".`, nil
	}
	peer, err := t.numbered(ctx, m[1])
	if err != nil {
		return "", err
	}
	var q *receptionist.OwnerQuestion
	if peer != "" {
		if q, err = t.tx.OwnerQuestion(ctx, t.b.ID, peer); err != nil {
			return "", err
		}
	}
	switch {
	case q == nil || q.Status != receptionist.QuestionAnswered:
		return "There is no answer of yours in " + m[1] + ".", nil
	case q.Kept:
		return "That one is kept already.", nil
	}
	edited := t.b.Clone()
	edited.FAQs = slices.Concat(edited.FAQs, []business.FAQ{{Q: strings.TrimSpace(q.Question), A: strings.TrimSpace(q.Answer)}})
	var wrong business.Problems
	if errors.As(business.Validate(edited), &wrong) {
		return "That can't be kept: " + wrong.Error(), nil
	}
	if err := t.tx.UpdateBusiness(ctx, edited); err != nil {
		return "", err
	}
	q.Kept = true
	if err := t.tx.UpdateOwnerQuestion(ctx, q); err != nil {
		return "", err
	}
	return fmt.Sprintf(`Kept. Whoever asks "%s" hears: "%s"`, q.Question, q.Answer), nil
}
