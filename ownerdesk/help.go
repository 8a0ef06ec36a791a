package ownerdesk

import (
	"context"
	"strings"

	"fixly/receptionist/understanding"
)

// help lists the commands in one text.
func (t *text) help(context.Context, string) (string, error) {
	lines := []string{
		"today / tomorrow: the visits",
		"late 20 / omw: tell the next customer",
		"done: the visit is over",
		"call karen: connect you two",
		"block fri 1-5pm: no visits then",
	}
	if t.from.Owner {
		lines = append(lines, "to 12: ... writes to a customer, release 12 hands them back to me", "12 ... answers their question", "y / n: your answer to what I asked")
	}
	return strings.Join(lines, "\n"), nil
}

// sure is how sure understanding must be that a text is a wish as customers have them.
const sure = 0.6

// orHelp leaves a text that reads like a customer's to the receptionist, and so does one with whom a conversation is under
// way; whatever else it is was meant as a command.
func (t *text) orHelp(ctx context.Context, body string) (reply string, ok bool, err error) {
	if body == "" {
		return "", false, nil
	}
	open, err := t.tx.OpenThread(ctx, t.b.ID, t.from.Phone)
	if err != nil || open != nil {
		return "", false, err
	}
	u := t.Understand(t.b, body, understanding.AskedNothing, t.now)
	if u.Service != "" || u.Problem != "" || u.Danger != "" || u.Topic != "" || u.FAQ >= 0 || len(u.Intents) > 0 && u.Intents[0].Score >= sure {
		return "", false, nil
	}
	list, err := t.help(ctx, "")
	return "Sorry, I don't know that one.\n" + list, true, err
}
