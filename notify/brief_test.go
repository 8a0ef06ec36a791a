package notify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/callbacks"
	"fixly/contact"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/telephony"
)

// seven is the usual time of the brief, on the Tuesday after start.
var seven = time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)

// busyDay stores calls of yesterday, and what is owed, waits and is planned today. Some of it came up after seven.
func (d *desk) busyDay() {
	d.t.Helper()
	yesterday := seven.Add(-20 * time.Hour) // 11 AM
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		for i, c := range []telephony.Call{
			{Outcome: ledger.Booked},
			{Outcome: ledger.Booked},
			{Outcome: ledger.Abandoned},
			{Outcome: ledger.Missed, Direction: "outbound"},
			{Outcome: ledger.Spam, StartedAt: yesterday.AddDate(0, 0, -1)},
			{Outcome: ledger.Message, StartedAt: seven.Add(-time.Hour)}, // other days
		} {
			c.BusinessID, c.CarrierID, c.Line, c.From = d.shop.ID, "CA"+string(rune('1'+i)), line, karen
			if c.Direction == "" {
				c.Direction = "inbound"
			}
			if c.StartedAt.IsZero() {
				c.StartedAt = yesterday
			}
			c.EndedAt = c.StartedAt.Add(time.Minute)
			if _, err := tx.InsertCall(ctx, &c); err != nil {
				return err
			}
		}
		for _, x := range []callbacks.Debt{
			{Phone: karen, Name: "Karen Whitfield", Reason: "No hot water\nsince Sunday", At: yesterday},
			{Phone: "+17735550159", At: yesterday.Add(-24 * time.Hour)},
			{Phone: "+17735550160", At: seven.Add(2 * time.Minute)},
		} {
			x.BusinessID, x.Source, x.Kind = d.shop.ID, "call_"+x.Phone, callbacks.Abandoned
			if _, _, err := callbacks.Owe(ctx, tx, d.shop, x); err != nil {
				return err
			}
		}
		for i, j := range []struct {
			hour   int
			status scheduling.Status
			late   bool
		}{{10, scheduling.StatusTentative, false}, {8, scheduling.StatusBooked, false}, {13, scheduling.StatusCancelled, false}, {15, scheduling.StatusBooked, true}} {
			at := time.Date(2026, 11, 24, j.hour+6, 0, 0, 0, time.UTC)
			job := &scheduling.Job{
				BusinessID: d.shop.ID, Status: j.status, Service: "Leak repair", Urgency: scheduling.Routine,
				Slot:      scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(90 * time.Minute)},
				BusyUntil: at.Add(2 * time.Hour), WindowEnd: at.Add(2 * time.Hour), Source: scheduling.FromCall, CreatedAt: start,
				Customer: contact.Customer{Name: "Ann Lee", Phone: "+1312555017" + string(rune('0'+i))},
				Address:  contact.Address{Line1: "1842 North Damen Avenue", Unit: "2", City: "Chicago", State: "IL", ZIP: "60647"},
			}
			if j.late {
				job.CreatedAt = seven.Add(time.Minute)
			}
			if err := tx.InsertJob(ctx, job); err != nil {
				return err
			}
			if j.status == scheduling.StatusTentative {
				if err := tx.SaveApproval(ctx, &followup.Approval{JobID: job.ID, BusinessID: d.shop.ID, Number: 1, Start: at, AskedAt: start}); err != nil {
					return err
				}
			}
		}
		q := &receptionist.OwnerQuestion{BusinessID: d.shop.ID, Peer: "+17735550161", ConversationID: "conv_1", Question: "Do you do septic tanks?", Status: receptionist.QuestionOpen, AskedAt: start, DueAt: seven.Add(time.Hour)}
		if err := tx.AskOwner(ctx, q); err != nil {
			return err
		}
		for i, m := range []messaging.Message{
			{From: "+17735550162", Body: "Are you\nstill coming?"},
			{From: owner, Body: "today"},
			{From: "+17735550163", Body: "STOP", Reason: string(messaging.OptOutWord)},
			{From: "+17735550164", Body: "Long ago", CreatedAt: start.AddDate(0, 0, -9)},
			{From: "+17735550165", Body: "After the brief", CreatedAt: seven.Add(time.Minute)},
		} {
			m.BusinessID, m.Direction, m.To, m.Kind, m.Status, m.CarrierID = d.shop.ID, messaging.Inbound, line, messaging.Talk, messaging.Received, "SM"+string(rune('1'+i))
			if m.CreatedAt.IsZero() {
				m.CreatedAt = start
			}
			if _, err := tx.InsertMessage(ctx, &m); err != nil {
				return err
			}
		}
		return nil
	})
}

const wantBrief = `YESTERDAY, Monday, Nov 23
3 calls: 2 booked, 1 hung up.

STILL TO CALL BACK
- (773) 555-0159, since Sun 11:00 AM
- Karen Whitfield, (312) 555-0142, since Mon 11:00 AM: No hot water since Sunday

NOT ANSWERED
- A visit on Tue, Nov 24, 10:00 AM waits for your yes: https://fixly.example.com/jobs/JOB?business=mikes-plumbing
- (773) 555-0161 asks: Do you do septic tanks?
- (773) 555-0162 texted, Mon 10:05 AM: Are you still coming?

TODAY, Tuesday, Nov 24
- 8:00 to 10:00 AM: Leak repair, Ann Lee, 1842 North Damen Avenue 2 60647 (Luis Ortega)
- 10:00 to 12:00 PM: Leak repair, Ann Lee, 1842 North Damen Avenue 2 60647 (Luis Ortega), waits for your yes

https://fixly.example.com/?business=mikes-plumbing
`

func TestTheBriefOfTheDay(t *testing.T) {
	each(t, start, func(d *desk) {
		d.busyDay()
		d.goTo(seven.Add(-time.Second))
		d.briefs()
		if len(d.mails) != 0 {
			d.t.Fatalf("before its time: %+v", d.mails)
		}
		for _, at := range []time.Duration{4 * time.Minute, 5 * time.Minute, 3 * time.Hour, 5 * time.Hour} { // every five minutes, on each server
			d.goTo(seven.Add(at))
			d.briefs()
		}
		if len(d.mails) != 1 {
			d.t.Fatalf("mails %+v", d.mails)
		}
		m := d.mails[0]
		asked, err := d.db.OpenApprovals(d.t.Context(), d.shop.ID, start)
		if err != nil || len(asked) != 1 {
			d.t.Fatalf("asked %+v, %v", asked, err)
		}
		if got := strings.ReplaceAll(m.Body, asked[0].JobID, "JOB"); got != wantBrief {
			d.t.Errorf("got:\n%s", got)
		}
		if m.To != "mike@example.com" || m.Subject != "Tuesday, Nov 24: 2 visits, 2 calls owed" {
			d.t.Errorf("%s: %s", m.To, m.Subject)
		}
	})
}

func TestADayWithNothingToSay(t *testing.T) {
	each(t, seven, func(d *desk) {
		d.briefs()
		if len(d.mails) != 0 {
			d.t.Errorf("mails %+v", d.mails)
		}
		d.shop.Notify.BriefAlways = true
		d.save()
		d.briefs()
		if len(d.mails) != 1 || !strings.HasPrefix(d.mails[0].Body, "Nobody called yesterday") || d.mails[0].Subject != "Tuesday, Nov 24: no visits, no calls owed" {
			d.t.Errorf("mails %+v", d.mails)
		}
	})
}

func TestWhoGetsNoBrief(t *testing.T) {
	each(t, seven.Add(4*time.Hour), func(d *desk) {
		d.shop.Notify.BriefAlways = true
		d.save()
		d.briefs() // four hours late: the day is under way
		d.goTo(seven)
		d.deps.Mail = false // no mail server
		d.briefs()
		d.deps.Mail = true
		d.shop.Notify.Email = []string{"summaries"}
		d.save()
		d.briefs()
		if len(d.mails) != 0 {
			d.t.Errorf("mails %+v", d.mails)
		}
	})
}

// Looked at every five minutes through the days on which the clocks change, there is one brief a day, whatever its time.
func TestOneBriefADayWhateverTheClocksDo(t *testing.T) {
	for _, at := range []string{"01:30", "02:30", "", "23:50"} {
		for _, day := range []time.Time{time.Date(2027, 3, 13, 18, 0, 0, 0, time.UTC), time.Date(2026, 10, 31, 18, 0, 0, 0, time.UTC)} {
			t.Run(at, func(t *testing.T) {
				once(t, day, func(d *desk) {
					d.shop.Notify.BriefAlways, d.shop.Notify.BriefAt = true, at
					d.save()
					for d.clock.Now().Before(day.AddDate(0, 0, 2)) {
						d.briefs()
						d.clock.Advance(30 * time.Minute)
					}
					if len(d.mails) != 2 {
						d.t.Errorf("%d mails", len(d.mails))
					}
				})
			})
		}
	}
}
