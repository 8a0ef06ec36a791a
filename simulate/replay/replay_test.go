package replay_test

import (
	"context"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/scheduling"
	"fixly/simulate/replay"
)

// kept is a storage in memory as a Source.
type kept struct{ *memory.Storage }

func (k kept) ConversationsSince(context.Context, string, time.Time, int) ([]receptionist.Conversation, error) {
	return k.Conversations(), nil
}

func (k kept) Turns(_ context.Context, id string) ([]receptionist.Turn, error) {
	var out []receptionist.Turn
	for _, t := range k.AllTurns() {
		if t.ConversationID == id {
			out = append(out, t)
		}
	}
	return out, nil
}

func (k kept) ListJobs(context.Context, string, scheduling.JobFilter) ([]scheduling.Job, error) {
	return k.Jobs(), nil
}

func shop() *business.Business {
	b := demo.Business()
	b.ID = "shop"
	return b
}

// hold holds a conversation with a shop and gives what is kept of it.
func hold(t *testing.T, m *memory.Storage, b *business.Business, said ...receptionist.Input) []replay.Original {
	t.Helper()
	now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
	r := receptionist.New(receptionist.Options{Storage: m, Clock: now})
	reply, err := r.Start(t.Context(), receptionist.StartInput{BusinessID: "shop", CallID: "call_1", Caller: receptionist.Caller{Number: "+13125550190"}})
	for _, in := range said {
		if err == nil {
			now.Advance(7 * time.Second)
			reply, err = r.Turn(t.Context(), reply.ConversationID, in)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := replay.Load(t.Context(), kept{m}, "shop", time.Time{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func words(said ...string) []receptionist.Input {
	var out []receptionist.Input
	for _, s := range said {
		out = append(out, receptionist.Input{Kind: receptionist.Words, Text: s})
	}
	return out
}

func booking() []receptionist.Input {
	in := words("my kitchen faucet is dripping", "the second one", "karen whitfield", "yes", "1842 north damen avenue 60647", "yes")
	in[3] = receptionist.Input{Kind: receptionist.Digits, Text: "3125550177#"}
	in = append(in[:3:3], append([]receptionist.Input{{Kind: receptionist.Silence}}, in[3:]...)...)
	return append(in, words("no thanks bye")...)
}

func TestTheSameSettingsComeToTheSame(t *testing.T) {
	b := shop()
	all := hold(t, memory.New(b), b, booking()...)
	for _, against := range []*business.Business{nil, b} {
		r, err := replay.All(t.Context(), all, replay.Options{Business: b, Against: against})
		if err != nil || len(r.Results) != 1 {
			t.Fatal(r, err)
		}
		x := r.Results[0]
		if !x.Same() || x.Parts != nil || r.Same != 1 || x.Now.Outcome != "booked" || x.Now.Service != "Leak repair" || len(x.Now.Lines) != len(x.Was.Lines) {
			t.Errorf("%+v", x)
		}
	}
}

func TestChangedSettingsShowWhereConversationsPart(t *testing.T) {
	b := shop()
	all := hold(t, memory.New(b), b, booking()...)
	changed := shop()
	changed.ServiceArea.ZIPs = []string{"60601"}
	r, err := replay.All(t.Context(), all, replay.Options{Business: changed, Against: b})
	if err != nil {
		t.Fatal(err)
	}
	x := r.Results[0]
	if x.Same() || x.Was.Outcome != "booked" || x.Now.Outcome == "booked" || x.Parts == nil || x.Parts.Now.Reason != "outside_area" || x.Parts.Turn != 6 {
		t.Errorf("%+v, they part at %+v", x.Differences, x.Parts)
	}
}

func TestTheCalendarIsAsItWas(t *testing.T) {
	b := shop()
	m := memory.New(b)
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, b.Location())
	for _, who := range []string{"Mike Rossi", "Luis Ortega"} { // the whole afternoon was taken, and is free by now
		m.AddJob(scheduling.Job{
			Status: scheduling.StatusBooked, Service: "Leak repair", Slot: scheduling.Slot{Technician: who, Start: at, End: at.Add(5 * time.Hour)},
			BusyUntil: at.Add(5 * time.Hour), Customer: contact.Customer{Phone: "+13125550111"}, CreatedAt: at.AddDate(0, 0, -1), UpdatedAt: at.AddDate(0, 0, -1),
		})
	}
	all := hold(t, m, b, booking()...)
	for i := range all[0].Calendar {
		all[0].Calendar[i].Status, all[0].Calendar[i].UpdatedAt = scheduling.StatusCancelled, at.AddDate(0, 0, 1)
	}
	r, err := replay.All(t.Context(), all, replay.Options{Business: b})
	if err != nil || !r.Results[0].Same() {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestConversationsWithoutACallerAreLeftOut(t *testing.T) {
	b := shop()
	if all := hold(t, memory.New(b), b); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}
