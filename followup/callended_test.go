package followup_test

import (
	"context"
	"testing"
	"time"

	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
)

const textBack = "Hey, this is Mike. Saw I missed your call. What can I help with?"

// owed lists the numbers that are owed a call.
func (d *desk) owed() []string {
	d.t.Helper()
	all, err := d.db.Callbacks(d.t.Context(), d.shop.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, c := range all {
		out = append(out, c.Phone+" "+c.Reason)
	}
	return out
}

func TestABookedCall(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book("call", nil)
		d.ended(d.call("CA1", customer, ledger.Booked, ledger.ByReceptionist, "Leak repair", j.ID))
		d.want(d.texts(), "summary queued >0101 call_ended: "+
			"Booked: Karen Whitfield, leak under kitchen sink, Tue Nov 24 8-10 am (Luis), 1842 North Damen Avenue 60647. (312) 555-0142")
		d.want(d.owed())
	})
}

func TestWhoHangsUpIsTextedBackOnce(t *testing.T) {
	each(t, func(d *desk) {
		c := d.call("CA1", customer, ledger.Abandoned, ledger.ByReceptionist, "Water heater service · no hot water · Tiffany Reed · (312) 555-0142", "")
		d.ended(c)
		d.want(
			d.texts(), "text_back queued >0142 caller_left: "+textBack,
			"summary queued >0101 call_ended: Hung up: Water heater service, no hot water, Tiffany Reed, (312) 555-0142. Texted back. Owed a call.",
		)
		d.want(d.owed(), customer+" "+c.Summary)
		d.play(time.Second)
		d.want(d.sentTo(customer), textBack)

		d.clock.Advance(20 * time.Minute)
		d.ended(d.call("CA2", customer, ledger.Abandoned, ledger.ByReceptionist, "", ""))
		d.clock.Advance(time.Hour)
		d.ended(d.call("CA3", customer, ledger.Missed, ledger.ByNobody, "", ""))
		d.play(time.Second)
		d.want(
			d.texts(messaging.TextBack), "text_back sent >0142 caller_left: "+textBack, "text_back suppressed >0142 once_per_hour: "+textBack,
			"text_back sent >0142 nobody_answered: "+textBack,
		)
		d.want(
			d.texts(messaging.Summary)[1:],
			"summary sent >0101 call_ended: Hung up: (312) 555-0142. Said nothing we could note. No text back: They had a text-back within the last hour. Owed a call.",
			"summary sent >0101 call_ended: Missed: (312) 555-0142. Texted back. Owed a call.",
		)
	})
}

func TestWhoIsNotTextedBack(t *testing.T) {
	for _, c := range []struct {
		name, from string
		before     func(d *desk)
		want       string
		summary    string
		owed       int
	}{
		{"withheld", "", nil, "", "Missed: a caller who withheld the number.", 0},
		{"blocked", "+13125550199", nil, "suppressed blocked", "Missed: (312) 555-0199. No text back: The number is on your blocked list.", 0},
		{"toll-free", "+18005550119", nil, "suppressed not_textable", "Missed: (800) 555-0119. No text back: The number is withheld or can't receive texts. Owed a call.", 1},
		{
			"opted out", customer,
			func(d *desk) {
				d.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, d.shop.ID, customer) })
			},
			"suppressed opted_out", "Missed: (312) 555-0142. No text back: They said STOP to texts. Owed a call.", 1,
		},
		{
			"landline", customer,
			func(d *desk) {
				d.tx(func(ctx context.Context, tx followup.Tx) error {
					return tx.NoteLandline(ctx, d.shop.ID, customer, "21614")
				})
			},
			"suppressed landline", "Missed: (312) 555-0142. No text back: The number is a landline. Owed a call.", 1,
		},
		{
			"just booked", customer, func(d *desk) { d.book("call", nil) },
			"suppressed just_booked", "Missed: Karen Whitfield (312) 555-0142. No text back: They have a visit booked already.", 0,
		},
		{
			"booked last month", customer,
			func(d *desk) { d.book("call", nil); d.clock.Advance(2 * time.Hour) },
			"queued nobody_answered", "Missed: Karen Whitfield (312) 555-0142. Texted back. Owed a call.", 1,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(d *desk) {
				if c.before != nil {
					c.before(d)
				}
				d.ended(d.call("CA1", c.from, ledger.Missed, ledger.ByNobody, "", ""))
				got := ""
				for _, m := range d.messages() {
					switch m.Kind {
					case messaging.TextBack:
						got = string(m.Status) + " " + m.Reason
					case messaging.Summary:
						if m.Body != c.summary {
							d.t.Errorf("summary %q, want %q", m.Body, c.summary)
						}
					}
				}
				if got != c.want || len(d.owed()) != c.owed {
					d.t.Errorf("text-back %q, want %q; owed %v", got, c.want, d.owed())
				}
			})
		})
	}
}

func TestSummaries(t *testing.T) {
	for _, c := range []struct {
		outcome ledger.Outcome
		by      ledger.HandledBy
		summary string
		want    string // empty: none
		owed    bool
	}{
		{ledger.Message, ledger.ByReceptionist, "Message: tell mike the sink leaks again · Barbara Stein · (312) 555-0142", "Message: tell mike the sink leaks again, Barbara Stein, (312) 555-0142. Owed a call.", true},
		{ledger.Message, ledger.ByReceptionist, "call me back", "Message from (312) 555-0142: call me back. Owed a call.", true},
		{ledger.Answered, ledger.ByReceptionist, "asked about hours", "Answered: (312) 555-0142. asked about hours.", false},
		{ledger.Transferred, ledger.ByReceptionist, "", "Put through: (312) 555-0142.", false},
		{ledger.Transferred, ledger.ByPerson, "", "", false},
		{ledger.Spam, ledger.ByNobody, "", "", false},
		{ledger.Spam, ledger.ByReceptionist, "sells listings", "Spam: (312) 555-0142. sells listings.", false},
		{ledger.Booked, ledger.ByReceptionist, "Leak repair", "Call: (312) 555-0142. Leak repair.", false}, // the job is gone
	} {
		t.Run(string(c.outcome), func(t *testing.T) {
			each(t, func(d *desk) {
				d.ended(d.call("CA1", customer, c.outcome, c.by, c.summary, ""))
				var want []string
				if c.want != "" {
					want = append(want, "summary queued >0101 call_ended: "+c.want)
				}
				d.want(d.texts(), want...)
				if (len(d.owed()) == 1) != c.owed {
					d.t.Errorf("owed %v", d.owed())
				}
			})
		})
	}
}

// Who was owed a call and then was served is owed none.
func TestServedCallersAreNotOwed(t *testing.T) {
	each(t, func(d *desk) {
		d.ended(d.call("CA1", customer, ledger.Missed, ledger.ByNobody, "", ""))
		d.clock.Advance(time.Minute)
		d.ended(d.call("CA2", customer, ledger.Answered, ledger.ByReceptionist, "", ""))
		d.want(d.owed())
	})
}

// The receptionist booked before it put the caller through: the owner hears of it, whoever took the call.
func TestABookedCallThatWasPutThrough(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book("call", nil)
		c := d.call("CA1", customer, ledger.Booked, ledger.ByPerson, "Leak repair", j.ID)
		c.ConversationID = "conv_1"
		d.tx(func(ctx context.Context, tx followup.Tx) error { return tx.UpdateCall(ctx, &c) })
		d.ended(c)
		d.want(d.texts(), "summary queued >0101 call_ended: "+
			"Booked: Karen Whitfield, leak under kitchen sink, Tue Nov 24 8-10 am (Luis), 1842 North Damen Avenue 60647. (312) 555-0142")
	})
}
