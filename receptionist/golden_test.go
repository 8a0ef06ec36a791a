package receptionist_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/receptionisttest"
	"fixly/scheduling"
)

// goldenCall is a conversation in testdata/calls: what is said, and what must come of it.
type goldenCall struct {
	About   string    `yaml:"about"`
	Now     time.Time `yaml:"now"`
	From    string    `yaml:"from"` // empty: withheld
	Channel string    `yaml:"channel"`
	Jobs    []struct {
		Service    string    `yaml:"service"`
		StartsAt   time.Time `yaml:"starts_at"`
		Technician string    `yaml:"technician"`
		Name       string    `yaml:"name"`
		Line1      string    `yaml:"line1"`
		ZIP        string    `yaml:"zip"`
	} `yaml:"jobs"` // booked before, from the same number
	Turns []struct {
		Caller   string `yaml:"caller"`   // what is said
		Keys     string `yaml:"keys"`     // or pressed
		Event    string `yaml:"event"`    // or happens: silence, reconnected, person_gone
		Reason   string `yaml:"reason"`   // of the reply; empty: any
		Asked    string `yaml:"asked"`    // by the reply; empty: any
		Says     string `yaml:"says"`     // a pattern of the reply
		Never    string `yaml:"never"`    // a pattern the reply must not match
		Transfer bool   `yaml:"transfer"` // the reply rings someone
	} `yaml:"turns"`
	Expect struct {
		Job *struct {
			Service  string `yaml:"service"`
			StartsAt string `yaml:"starts_at"` // "2026-11-24 08:00" in the shop's zone; empty: any
			Name     string `yaml:"name"`
			Phone    string `yaml:"phone"`
			Line1    string `yaml:"line1"`
			ZIP      string `yaml:"zip"`
			Urgency  string `yaml:"urgency"`
		} `yaml:"job"` // nil: none is booked
		Moved     string `yaml:"moved"` // the first of jobs begins then
		Cancelled bool   `yaml:"cancelled"`
		Outcome   string `yaml:"outcome"`
		Alerts    int    `yaml:"alerts"`
		Ended     bool   `yaml:"ended"`
		Summary   string `yaml:"summary"` // a pattern
	} `yaml:"expect"`
}

func TestGoldenCalls(t *testing.T) {
	files, err := filepath.Glob("testdata/calls/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden calls: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".yaml"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var c goldenCall
			dec := yaml.NewDecoder(bytes.NewReader(raw))
			dec.KnownFields(true)
			if err := dec.Decode(&c); err != nil {
				t.Fatal(err)
			}
			play(t, &c)
		})
	}
}

func play(t *testing.T, c *goldenCall) {
	var log bytes.Buffer
	b := demo.Business()
	b.ID = "shop"
	loc := b.Location()
	mem := receptionisttest.New(b)
	for _, j := range c.Jobs {
		slot := scheduling.Slot{Technician: j.Technician, Start: j.StartsAt, End: j.StartsAt.Add(b.Service(j.Service).Duration.Std())}
		mem.AddJob(scheduling.Job{
			Status: scheduling.StatusBooked, Service: j.Service, Slot: slot, BusyUntil: slot.End.Add(b.Scheduling.TravelBuffer.Std()),
			WindowEnd: scheduling.Window(b, slot).To, Customer: contact.Customer{Name: j.Name, Phone: c.From},
			Address: contact.Address{Line1: j.Line1, City: "Chicago", State: "IL", ZIP: j.ZIP},
		})
	}
	before := len(c.Jobs)
	now := clock.NewManual(c.Now)
	r := receptionist.New(receptionist.Options{Storage: mem, Clock: now, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	ctx := context.Background()
	id, last := "", ""
	if c.Channel != "text" {
		greeting, err := r.Start(ctx, receptionist.StartInput{BusinessID: "shop", CallID: "call_1", Caller: receptionist.Caller{Number: c.From}})
		if err != nil {
			t.Fatal(err)
		}
		id, last = greeting.ConversationID, greeting.Text()
	}
	for i, turn := range c.Turns {
		now.Advance(6 * time.Second)
		in := receptionist.Input{Kind: receptionist.Words, Text: turn.Caller}
		switch {
		case turn.Keys != "":
			in = receptionist.Input{Kind: receptionist.Digits, Text: turn.Keys}
		case turn.Event != "":
			in = receptionist.Input{Kind: receptionist.InputKind(turn.Event)}
		}
		var reply receptionist.Reply
		var err error
		if c.Channel == "text" {
			err = mem.InTx(ctx, func(ctx context.Context, tx receptionist.Tx) (err error) {
				reply, err = r.Text(ctx, tx, receptionist.TextInput{BusinessID: "shop", From: c.From, Body: turn.Caller})
				return err
			})
		} else {
			reply, err = r.Turn(ctx, id, in)
		}
		if err != nil {
			t.Fatalf("turn %d: %v", i+1, err)
		}
		text := reply.Text()
		t.Logf("caller: %s%s%s", turn.Caller, turn.Keys, turn.Event)
		t.Logf("  riley: %s  [%s, %s]", text, reply.Reason, reply.Asked)
		switch {
		case turn.Reason != "" && reply.Reason != turn.Reason:
			t.Errorf("turn %d: reason %s, expected %s", i+1, reply.Reason, turn.Reason)
		case turn.Asked != "" && reply.Asked != turn.Asked:
			t.Errorf("turn %d: asked for %s, expected %s", i+1, reply.Asked, turn.Asked)
		case turn.Says != "" && !regexp.MustCompile("(?i)"+turn.Says).MatchString(text):
			t.Errorf("turn %d: %q lacks /%s/", i+1, text, turn.Says)
		case turn.Never != "" && regexp.MustCompile("(?i)"+turn.Never).MatchString(text):
			t.Errorf("turn %d: %q has /%s/", i+1, text, turn.Never)
		case turn.Transfer != (reply.Transfer != nil):
			t.Errorf("turn %d: transfer %v", i+1, reply.Transfer)
		}
		checkSpeech(t, c, text, last)
		last = text
	}
	checkResult(t, c, mem, before, loc)
	if log.Len() > 0 {
		t.Errorf("warnings were logged: %s", log.String())
	}
}

// digitGroups are read digit by digit and are no words.
var digitGroups = regexp.MustCompile(`(\d ?)+,?`)

// checkSpeech holds a reply to the rules of speaking.
func checkSpeech(t *testing.T, c *goldenCall, text, last string) {
	t.Helper()
	most := 38 // an answer and a question; each keeps its own limit in the catalogue
	if strings.Contains(text, "911") {
		most = 45
	}
	if n := len(strings.Fields(digitGroups.ReplaceAllString(text, "number "))); n > most && c.Channel != "text" {
		t.Errorf("%d words: %q", n, text)
	}
	if n := strings.Count(text, "?"); n > 1 {
		t.Errorf("%d questions: %q", n, text)
	}
	if text != "" && text == last {
		t.Errorf("said again word for word: %q", text)
	}
	if strings.Contains(text, "get back to you on that") {
		t.Errorf("the guard kept something back: %q", text)
	}
}

func checkResult(t *testing.T, c *goldenCall, mem *receptionisttest.Memory, before int, loc *time.Location) {
	t.Helper()
	x := &c.Expect
	jobs := mem.Jobs()
	switch fresh := jobs[before:]; {
	case x.Job == nil && len(fresh) > 0:
		t.Errorf("a job was booked: %+v", fresh[0])
	case x.Job != nil && len(fresh) != 1:
		t.Errorf("%d jobs were booked", len(fresh))
	case x.Job != nil:
		j := fresh[0]
		got := [...]string{j.Service, j.Slot.Start.In(loc).Format("2006-01-02 15:04"), j.Customer.Name, j.Customer.Phone, j.Address.Line1, j.Address.ZIP, string(j.Urgency)}
		want := [...]string{x.Job.Service, x.Job.StartsAt, x.Job.Name, x.Job.Phone, x.Job.Line1, x.Job.ZIP, x.Job.Urgency}
		for i := range want {
			if want[i] != "" && got[i] != want[i] {
				t.Errorf("booked %q, expected %q", got[i], want[i])
			}
		}
		if n := len(mem.Changes()); n != 1 {
			t.Errorf("%d changes are told", n)
		}
	}
	if x.Moved != "" && jobs[0].Slot.Start.In(loc).Format("2006-01-02 15:04") != x.Moved {
		t.Errorf("the job begins %s, expected %s", jobs[0].Slot.Start, x.Moved)
	}
	if x.Cancelled && jobs[0].Live() {
		t.Error("the job is not cancelled")
	}
	all := mem.Conversations()
	last := all[len(all)-1]
	if string(last.Outcome) != x.Outcome {
		t.Errorf("outcome %q, expected %q", last.Outcome, x.Outcome)
	}
	if x.Ended == last.EndedAt.IsZero() {
		t.Errorf("ended: %v", !last.EndedAt.IsZero())
	}
	if n := len(mem.Alerts()); n != x.Alerts {
		t.Errorf("%d alerts, expected %d", n, x.Alerts)
	}
	if x.Summary != "" && !regexp.MustCompile("(?i)"+x.Summary).MatchString(last.Summary) {
		t.Errorf("summary %q lacks /%s/", last.Summary, x.Summary)
	}
}
