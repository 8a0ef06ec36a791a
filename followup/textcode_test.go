package followup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
)

func (d *desk) code(conversation string, n int) {
	d.t.Helper()
	err := followup.WorkerTextCode(d.deps).Work(d.t.Context(), &river.Job[followup.TextCode]{JobRow: &rivertype.JobRow{}, Args: followup.TextCode{
		BusinessID: d.shop.ID, ConversationID: conversation, Phone: customer, N: n,
	}})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestACodeIsTextedAtAnyHourAndOnce(t *testing.T) {
	each(t, func(d *desk) {
		d.deps.Codes = receptionist.NewCodes([]byte("secret"))
		d.clock.Advance(12 * time.Hour) // at night
		conv, _ := d.conversation(receptionist.ByCall, "", d.clock.Now())
		for range 2 { // the job runs again
			d.code(conv.ID, 1)
		}
		d.play(time.Second)
		got := d.sentTo(customer)
		if len(got) != 1 || !strings.HasPrefix(got[0], d.deps.Codes.Of(conv.ID, customer, 1)+" is your code for "+d.shop.Profile.Name) {
			d.t.Errorf("sent %q", got)
		}
		d.tx(func(ctx context.Context, tx followup.Tx) error {
			n, err := tx.CountSentOfKind(ctx, d.shop.ID, customer, messaging.Code, d.clock.Now().Add(-time.Hour))
			if n != 1 {
				d.t.Errorf("%d codes are counted", n)
			}
			return err
		})
	})
}

func TestANumberGetsFiveCodesADay(t *testing.T) {
	each(t, func(d *desk) {
		conv, _ := d.conversation(receptionist.ByCall, "", d.clock.Now())
		for n := range 7 {
			d.code(conv.ID, n+1)
		}
		d.play(time.Second)
		if got := d.sentTo(customer); len(got) != 5 {
			d.t.Errorf("%d codes were sent", len(got))
		}
		d.clock.Advance(25 * time.Hour)
		d.code(conv.ID, 8)
		d.play(time.Second)
		if got := d.sentTo(customer); len(got) != 6 {
			d.t.Errorf("%d codes were sent by the next day", len(got))
		}
	})
}

func TestTheOwnerIsToldAtOnce(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(12 * time.Hour)
		conv, _ := d.conversation(receptionist.ByCall, "", d.clock.Now())
		for _, text := range []string{"it leaks again, (312) 555-0142", "it leaks again, (312) 555-0142", "and the floor is wet, (312) 555-0142"} {
			err := followup.WorkerTellOwner(d.deps).Work(d.t.Context(), &river.Job[followup.TellOwner]{JobRow: &rivertype.JobRow{}, Args: followup.TellOwner{
				BusinessID: d.shop.ID, ConversationID: conv.ID, What: "complaint", Text: text,
			}})
			if err != nil {
				d.t.Fatal(err)
			}
		}
		d.play(time.Second)
		d.want(d.sentTo(owner), "COMPLAINT: it leaks again, (312) 555-0142.", "COMPLAINT: and the floor is wet, (312) 555-0142.")
	})
}
