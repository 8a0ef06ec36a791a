package telephony

import (
	"testing"
	"time"

	"fixly/ledger"
	"fixly/receptionist"
)

func TestFinish(t *testing.T) {
	at := time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC)
	talked := func(o ledger.Outcome) *receptionist.Conversation {
		return &receptionist.Conversation{Outcome: o, JobID: "job", Summary: "a leak"}
	}
	for _, c := range []struct {
		name    string
		call    Call
		conv    *receptionist.Conversation
		outcome ledger.Outcome
		by      ledger.HandledBy
	}{
		{"nobody and nothing answered", Call{}, nil, ledger.Missed, ledger.ByNobody},
		{"hung up on the greeting", Call{HandledBy: ledger.ByReceptionist}, nil, ledger.Abandoned, ledger.ByReceptionist},
		{"left with nothing", Call{HandledBy: ledger.ByReceptionist}, talked(""), ledger.Abandoned, ledger.ByReceptionist},
		{"booked", Call{HandledBy: ledger.ByReceptionist}, talked(ledger.Booked), ledger.Booked, ledger.ByReceptionist},
		{"a message", Call{HandledBy: ledger.ByReceptionist}, talked(ledger.Message), ledger.Message, ledger.ByReceptionist},
		{"the conversation is the evidence that something answered", Call{}, talked(ledger.Answered), ledger.Answered, ledger.ByReceptionist},
		{"a person took it", Call{HandledBy: ledger.ByPerson}, nil, ledger.Transferred, ledger.ByPerson},
		{"put through", Call{HandledBy: ledger.ByPerson}, talked(ledger.Transferred), ledger.Transferred, ledger.ByPerson},
		{"put through after a question", Call{HandledBy: ledger.ByPerson}, talked(ledger.Answered), ledger.Transferred, ledger.ByPerson},
		{"booked, then put through", Call{HandledBy: ledger.ByPerson}, talked(ledger.Booked), ledger.Booked, ledger.ByPerson},
		{"hung up while the person's phone rang", Call{HandledBy: ledger.ByReceptionist}, talked(ledger.Transferred), ledger.Abandoned, ledger.ByReceptionist},
		{"blocked", Call{Outcome: ledger.Spam, HandledBy: ledger.ByNobody}, nil, ledger.Spam, ledger.ByNobody},
		{"a voicemail", Call{Outcome: ledger.Message}, nil, ledger.Message, ledger.ByNobody},
		{"booked by who took it", Call{Outcome: ledger.Booked, HandledBy: ledger.ByPerson}, talked(ledger.Transferred), ledger.Booked, ledger.ByPerson},
		{"a solicitor", Call{HandledBy: ledger.ByReceptionist}, talked(ledger.Spam), ledger.Spam, ledger.ByReceptionist},
	} {
		t.Run(c.name, func(t *testing.T) {
			call := c.call
			if !Finish(&call, c.conv, at) {
				t.Fatal("not ended")
			}
			if call.Outcome != c.outcome || call.HandledBy != c.by || !call.EndedAt.Equal(at) {
				t.Errorf("got %s by %s at %s, want %s by %s", call.Outcome, call.HandledBy, call.EndedAt, c.outcome, c.by)
			}
			if c.conv != nil && (!c.conv.EndedAt.Equal(at) || call.JobID != "job" || call.Summary != "a leak") {
				t.Errorf("the conversation's end and results are not taken over: %+v, %+v", call, c.conv)
			}
			again := call
			if Finish(&again, talked(ledger.Booked), at.Add(time.Hour)) || again != call {
				t.Error("a second end changed the call")
			}
		})
	}
}

func TestAVoicemailKeepsWhatWasSaidBefore(t *testing.T) {
	c := Call{Outcome: ledger.Message, HandledBy: ledger.ByReceptionist, Summary: "Voicemail, 23 seconds"}
	Finish(&c, &receptionist.Conversation{Summary: "a leak"}, time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC))
	if c.Outcome != ledger.Message || c.Summary != "Voicemail, 23 seconds · a leak" {
		t.Errorf("ended as %+v", c)
	}
}
