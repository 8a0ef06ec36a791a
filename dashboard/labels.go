package dashboard

import (
	"fmt"

	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/telephony"
)

// label is a word in a coloured pill. Tone is "", "good", "warn", "bad", "info" or "live"; the word alone tells
// everything the colour does.
type label struct{ Text, Tone string }

// fact is a named value.
type fact struct{ Name, Value string }

var outcomeLabels = map[ledger.Outcome]label{
	ledger.Booked:      {"Booked", "good"},
	ledger.Rescheduled: {"Moved", "good"},
	ledger.Cancelled:   {"Cancelled", "warn"},
	ledger.Message:     {"Message", "info"},
	ledger.Transferred: {"Put through", "info"},
	ledger.Answered:    {"Answered", ""},
	ledger.Abandoned:   {"Hung up", "warn"},
	ledger.Spam:        {"Spam", ""},
	ledger.Missed:      {"Missed", "bad"},
}

func outcomeLabel(c *telephony.Call) label {
	if c.EndedAt.IsZero() {
		return label{"Live", "live"}
	}
	if l, ok := outcomeLabels[c.Outcome]; ok {
		return l
	}
	return label{sentence(string(c.Outcome)), ""}
}

// dayLabels says which day of the work a visit is, counted from 0; nothing where it is one visit.
func dayLabels(i, days int) []label {
	if days < 2 {
		return nil
	}
	return []label{{fmt.Sprintf("Day %d of %d", i+1, days), "info"}}
}

func jobLabels(j *scheduling.Job) []label {
	var out []label
	switch j.Urgency {
	case scheduling.Emergency:
		out = append(out, label{"Emergency", "bad"})
	case scheduling.Urgent:
		out = append(out, label{"Urgent", "warn"})
	}
	switch j.Status {
	case scheduling.StatusCancelled:
		out = append(out, label{"Cancelled", ""})
	case scheduling.StatusTentative:
		out = append(out, label{"Waits for your yes", "info"})
	case scheduling.StatusCompleted:
		out = append(out, label{"Done", "good"})
	}
	if j.Live() && !j.ConfirmedAt.IsZero() {
		out = append(out, label{"Confirmed by customer", "good"})
	}
	if j.Live() && j.DisplacedBy != "" {
		out = append(out, label{"In the way of an emergency", "bad"})
	}
	return out
}

var kindNames = map[messaging.Kind]string{
	messaging.TextBack:     "Text-back",
	messaging.Summary:      "Summary",
	messaging.Confirmation: "Confirmation",
	messaging.Reminder:     "Reminder",
	messaging.FollowUp:     "Follow-up",
	messaging.Talk:         "Conversation",
	messaging.Alert:        "Alert",
	messaging.Code:         "Code",
	messaging.OptOut:       "Opt-out",
	messaging.Late:         "Running late",
	messaging.ByPerson:     "Written by hand",
	messaging.Forward:      "Passed on",
	messaging.OnMyWay:      "On the way",
	messaging.Nudge:        "Nudge",
	messaging.Lead:         "Still needed?",
	messaging.Estimate:     "After the estimate",
	messaging.Review:       "Review",
	messaging.Seasonal:     "Time of year",
}

func kindLabel(m *messaging.Message) label {
	if m.Status == messaging.Failed || m.Status == messaging.Undelivered {
		return label{"Not delivered", "bad"}
	}
	if m.Status == messaging.Suppressed {
		return label{"Not sent", "warn"}
	}
	if m.Direction == "inbound" {
		return label{"Wrote to you", "info"}
	}
	name, ok := kindNames[m.Kind]
	if !ok {
		name = sentence(string(m.Kind))
	}
	return label{name, ""}
}

// routes says in words why a call was answered as it was, by routing's closed list.
var routes = map[string]string{
	"blocked":            "The number is on your blocked list",
	"came_back":          "It was your own phone, which forwards to the line while it was being rung",
	"loop":               "One of your own lines called or forwarded, so nobody was rung",
	"bypass":             "The number is on your bypass list, so everybody was rung",
	"known_customer":     "A customer on file, answered as you want those to be",
	"person_now":         "At this time your answering plan rings people first",
	"receptionist_now":   "At this time your answering plan lets the receptionist answer",
	"missed":             "A phone of yours did not answer it and forwarded it, so the receptionist did",
	"direct":             "It was no missed call, so people were rung first, as your plan says",
	"vip":                "The number is on your VIP list, so a person was rung first",
	"person_first":       "Your answering plan rings people first",
	"receptionist_first": "Your answering plan lets the receptionist answer",
	"nobody_available":   "A person should have been rung, but nobody takes calls at this hour",
}

func routeWords(reason string) string {
	if w, ok := routes[reason]; ok {
		return w
	}
	return sentence(reason)
}
