package dashboard

import (
	"encoding/json"
	"strings"

	"fixly/business"
	"fixly/contact"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
)

// turnView is one thing said, as a bubble: the shop's side on the right.
type turnView struct {
	Side    string // "", "us" or "note"
	Who, At string
	Text    string
	Unheard string   // the rest, which the other side talked over
	Why     string   // why the receptionist said it
	Took    []string // what was taken from the caller's words
	Explain *explanation
	Photos  []photoView
}

func turnViews(b *business.Business, turns []receptionist.Turn) []turnView {
	out := make([]turnView, 0, len(turns))
	asked := ""
	for i := range turns {
		t := &turns[i]
		v := turnView{Who: speaker(b, t.Who), At: t.At.In(b.Location()).Format("3:04:05 PM"), Text: t.Text}
		switch t.Who {
		case "receptionist":
			v.Side, v.Why = "us", ""
			if t.Reason != "" {
				v.Why = Why(t.Reason)
			}
			if t.Interrupted {
				v.Text, v.Unheard = cutAt(t.Text, t.Heard)
			}
			asked = askedBy(t)
		case "caller":
			v.Took = took(t.Understood)
			v.Explain = explainStored(t.Understood, asked, b.Location())
		case "person":
			v.Side = "us"
		default:
			v.Side, v.Who = "note", ""
		}
		if v.Text == "" && v.Unheard == "" {
			continue
		}
		out = append(out, v)
	}
	return out
}

// askedBy is what a turn of the receptionist's asked for; empty where that can't be read.
func askedBy(t *receptionist.Turn) string {
	var reply receptionist.Reply
	if len(t.Reply) == 0 || json.Unmarshal(t.Reply, &reply) != nil {
		return ""
	}
	return reply.Asked
}

// cutAt splits what was said into what was heard and the rest. Where the carrier reports words that are not the
// beginning of it, all of it counts as said and nothing as lost.
func cutAt(text, heard string) (said, rest string) {
	heard = strings.TrimSpace(heard)
	if tail, ok := strings.CutPrefix(text, heard); ok {
		return heard, tail
	}
	return text, ""
}

// took says in a few words what was taken from an utterance; nothing for what can't be read.
func took(stored []byte) []string {
	var u understanding.Understanding
	if len(stored) == 0 || json.Unmarshal(stored, &u) != nil {
		return nil
	}
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	if len(u.Intents) > 0 && u.Intents[0].Score >= 0.5 {
		add("wants: " + strings.ReplaceAll(string(u.Intents[0].Name), "_", " "))
	}
	add(u.Service)
	if u.Urgency != "" {
		add(u.Urgency)
	}
	add(u.Name)
	if u.Phone != "" {
		add(contact.National(u.Phone))
	}
	if !u.Address.IsZero() {
		add(address(u.Address))
	}
	for _, w := range u.When.Wanted {
		if !w.From.IsZero() {
			add(w.From.Format("Mon, Jan 2, 3:04 PM"))
			break
		}
	}
	if u.Answer != "" {
		add(string(u.Answer))
	}
	if u.Choice != nil && u.Choice.Refused {
		add("none of the times")
	}
	return out
}
