package notify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/jobs"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/notify"
	"fixly/store"
	"fixly/telephony"
)

// A text to the owner brings its notification by itself: the job is enqueued with the text, and River works it.
func TestTheFactBringsTheNotification(t *testing.T) {
	each(t, start, func(d *desk) {
		phone := d.device(notify.Kinds()...)
		workers := jobs.New()
		notify.AddWorkers(workers, d.deps)
		if err := d.db.StartJobs(d.t.Context(), workers); err != nil {
			d.t.Fatal(err)
		}
		d.text(messaging.Message{Body: "Booked: Karen Whitfield, Leak repair", JobID: "job_1", Reason: string(messaging.JobBooked), Key: "summary:1"})
		d.text(messaging.Message{Body: "Here is your day", To: karen, Kind: messaging.Confirmation, Key: "confirmation:1"})
		d.service.Await(1)
		if err := d.db.StopJobs(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
		got := d.service.Got()
		if len(got) != 1 || got[0].Endpoint != phone.Endpoint || got[0].Urgency != "normal" || got[0].TTL != "43200" || len(got[0].Topic) != 32 {
			d.t.Fatalf("got %+v", got)
		}
		for _, want := range []string{`"title":"Fixly · Mike's Plumbing`, `"body":"Booked: Karen Whitfield, Leak repair"`, `"path":"/jobs/job_1?business=mikes-plumbing"`} {
			if !strings.Contains(got[0].Payload, want) {
				d.t.Errorf("%s lacks %s", got[0].Payload, want)
			}
		}
	})
}

func TestWhichDeviceIsNotifiedOfWhat(t *testing.T) {
	each(t, start, func(d *desk) {
		all, urgent := d.device(notify.Kinds()...), d.device(notify.Emergencies)
		call := telephony.Call{BusinessID: d.shop.ID, CarrierID: "CA1", Direction: "inbound", From: karen, Line: line, StartedAt: start.Add(-time.Minute), EndedAt: start, Outcome: ledger.Abandoned}
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.InsertCall(ctx, &call)
			return err
		})
		for name, c := range map[string]struct {
			m       messaging.Message
			title   string
			path    string
			devices int
		}{
			"on call":      {messaging.Message{Kind: messaging.Alert, Reason: string(messaging.OnCall), To: dana, CallID: call.ID}, "Urgent", "/calls/" + call.ID, 2},
			"at once":      {messaging.Message{Kind: messaging.Alert, Reason: string(messaging.OwnerAtOnce)}, "Urgent", "/", 2},
			"waits":        {messaging.Message{Reason: string(messaging.JobWaits), JobID: "job_2"}, "Waits for you", "/jobs/job_2", 1},
			"silent on it": {messaging.Message{Kind: messaging.Alert, Reason: string(messaging.JobWaits), JobID: "job_2"}, "Waits for you", "/jobs/job_2", 1},
			"a question":   {messaging.Message{Kind: messaging.Alert, Reason: string(messaging.OwnerAsked)}, "Waits for you", "/", 1},
			"overdue":      {messaging.Message{Reason: string(messaging.CallbackLate)}, "Call them back", "/callbacks", 1},
			"they left":    {messaging.Message{Reason: string(messaging.CallEnded), CallID: call.ID}, "Call them back", "/callbacks", 1},
			"no call":      {messaging.Message{Reason: string(messaging.CallEnded), CallID: "call_x"}, "Fixly", "/calls/call_x", 1},
			"moved":        {messaging.Message{Reason: string(messaging.JobMoved), JobID: "job_2"}, "Fixly", "/jobs/job_2", 1},
		} {
			d.pushes, d.at = nil, nil
			c.m.Body, c.m.Key = "What there is to say", name
			d.tell(d.text(c.m))
			if len(d.pushes) != c.devices || !strings.HasPrefix(d.pushes[0].Title, c.title+" ·") || d.pushes[0].Path != c.path+"?business=mikes-plumbing" ||
				d.pushes[0].DeviceID != all.ID || (len(d.pushes) == 2) != d.pushes[0].Urgent || len(d.pushes) == 2 && d.pushes[1].DeviceID != urgent.ID {
				d.t.Errorf("%s: %+v", name, d.pushes)
			}
		}
	})
}

// What is said in an exchange with people of the shop is no news.
func TestWhatIsNoNews(t *testing.T) {
	for _, m := range []messaging.Message{
		{Direction: messaging.Outbound, Kind: messaging.Summary, Reason: string(messaging.TheyWrote)},
		{Direction: messaging.Outbound, Kind: messaging.Summary, Reason: string(messaging.PeopleHold)},
		{Direction: messaging.Outbound, Kind: messaging.Alert, Reason: string(messaging.CallTaken)},
		{Direction: messaging.Outbound, Kind: messaging.Confirmation},
		{Direction: messaging.Inbound, Kind: messaging.Summary},
	} {
		if notify.IsNews(&m) {
			t.Errorf("%+v", m)
		}
	}
}

// A job that runs twice notifies once, and one device is shown one notification of an emergency that several are alerted to.
func TestNothingTwice(t *testing.T) {
	each(t, start, func(d *desk) {
		d.device(notify.Kinds()...)
		alert := messaging.Message{Kind: messaging.Alert, Reason: string(messaging.OnCall), CallID: "call_1", Body: "EMERGENCY", Key: "1"}
		first := d.text(alert)
		alert.To, alert.Key = dana, "2"
		second := d.text(alert)
		d.tell(first)
		d.clock.Advance(time.Minute)
		d.tell(first)
		d.tell(second)
		if len(d.pushes) != 3 || d.pushes[0] != d.pushes[1] || d.pushes[0].Tag != d.pushes[2].Tag {
			d.t.Errorf("%+v", d.pushes)
		}
		if len(d.mails) != 1 {
			d.t.Errorf("mails %+v", d.mails)
		}
	})
}

func TestTextsThatWaitHaveNotificationsWait(t *testing.T) {
	each(t, start, func(d *desk) {
		d.device(notify.Kinds()...)
		later := start.Add(9 * time.Hour)
		d.tell(d.text(messaging.Message{Body: "It can wait", NotBefore: later, Key: "1"}))
		d.tell(d.text(messaging.Message{Body: "It can't", Kind: messaging.Alert, Reason: string(messaging.OnCall), NotBefore: later, Key: "2"}))
		if len(d.at) != 2 || !d.at[0].Equal(later) || !d.at[1].Equal(start) || !d.pushes[0].Until.Equal(later.Add(12*time.Hour)) || !d.pushes[1].Until.Equal(start.Add(2*time.Hour)) {
			d.t.Errorf("at %v: %+v", d.at, d.pushes)
		}
	})
}

func TestSummariesByEmail(t *testing.T) {
	each(t, start, func(d *desk) {
		d.tell(d.text(messaging.Message{Body: "Booked: Karen Whitfield\nLeak repair, Tue 8 to 10 AM", JobID: "job_1", Reason: string(messaging.JobBooked), Key: "1"}))
		d.tell(d.text(messaging.Message{Body: "For Dana", To: dana, Kind: messaging.Alert, Reason: string(messaging.OnCall), Key: "2"}))
		if len(d.mails) != 1 {
			d.t.Fatalf("mails %+v", d.mails)
		}
		m := d.mails[0]
		if m.To != "mike@example.com" || m.Subject != "Booked: Karen Whitfield" ||
			m.Body != "Booked: Karen Whitfield\nLeak repair, Tue 8 to 10 AM\n\nhttps://fixly.example.com/jobs/job_1?business=mikes-plumbing\n" {
			d.t.Errorf("%+v", m)
		}

		d.shop.Notify.Email = []string{business.EmailBrief}
		d.save()
		d.tell(d.text(messaging.Message{Body: "Not asked for", Key: "3"}))
		d.shop.Notify.Email = business.Emails()
		d.save()
		d.deps.Mail = false // no mail server
		d.tell(d.text(messaging.Message{Body: "Nowhere to send it", Key: "4"}))
		if len(d.mails) != 1 {
			d.t.Errorf("mails %+v", d.mails)
		}
	})
}
