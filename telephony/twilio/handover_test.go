package twilio

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fixly/business"
	"fixly/ledger"
	"fixly/telephony/fakephone"
)

var update = flag.Bool("update", false, "write testdata/handover again")

// handOver is one way in which ringing people goes.
type handOver struct {
	name       string
	mike, dana fakephone.Person
	detect     bool // machine detection is on
	together   bool // only where they are rung together
	inTurn     bool // only where they are rung in turn
	// taken is who talks with the caller, empty: nobody; rings what came of each phone, in order, in turn and together.
	taken            string
	rings, ringsBoth string
	callerGoes       bool // hangs up while it rings
	// ringsCold is what came of each phone where nobody is asked to press 1, takenCold who talks; empty: as in turn.
	ringsCold, takenCold string
	hearsGreeting        bool // the caller is put through to a voicemail, and hangs up
}

var handOvers = []handOver{
	{name: "answered", mike: fakephone.Answers, dana: fakephone.NoAnswer, taken: owner, rings: "taken", ringsBoth: "taken somebody_else"},
	{name: "the person hangs up after their talk", mike: fakephone.HangsUp, dana: fakephone.NoAnswer, taken: owner, rings: "taken", ringsBoth: "taken somebody_else"},
	{name: "the second answers", mike: fakephone.NoAnswer, dana: fakephone.Answers, taken: dana, rings: "no_answer taken", ringsBoth: "somebody_else taken"},
	{name: "both answer, and one presses 1 too late", mike: fakephone.Answers, dana: fakephone.Late, together: true, taken: owner, ringsBoth: "taken too_late"},
	{name: "refused", mike: fakephone.Refuses, dana: fakephone.Refuses, rings: "refused refused", ringsBoth: "refused refused", ringsCold: "taken", takenCold: owner},
	{name: "they hang up when asked to press 1", mike: fakephone.PicksUp, dana: fakephone.PicksUp, rings: "refused refused", ringsBoth: "refused refused"},
	{name: "nothing but silence", mike: fakephone.Voicemail, dana: fakephone.Voicemail, rings: "refused refused", ringsBoth: "refused refused", ringsCold: "caller_gone", hearsGreeting: true},
	{name: "machines", mike: fakephone.Voicemail, dana: fakephone.Voicemail, detect: true, rings: "machine machine", ringsBoth: "machine machine"},
	{name: "a machine, then a person", mike: fakephone.Voicemail, dana: fakephone.Answers, detect: true, taken: dana, rings: "machine taken", ringsBoth: "machine taken"},
	{name: "busy", mike: fakephone.Busy, dana: fakephone.Busy, rings: "busy busy", ringsBoth: "busy busy"},
	{name: "no answer", mike: fakephone.NoAnswer, dana: fakephone.NoAnswer, rings: "no_answer no_answer", ringsBoth: "no_answer no_answer"},
	{name: "out of reach", mike: fakephone.OutOfOrder, dana: fakephone.OutOfOrder, rings: "failed failed", ringsBoth: "failed failed"},
	{name: "a phone forwards to the line", mike: fakephone.Forwards, dana: fakephone.Answers, taken: dana, rings: "busy taken", ringsBoth: "somebody_else taken"},
	{name: "the caller hangs up while it rings", mike: fakephone.KeepsOn, dana: fakephone.KeepsOn, rings: "caller_gone", ringsBoth: "caller_gone caller_gone", callerGoes: true},
}

// handOverFrom is where the wish for a person comes from.
type handOverFrom struct {
	file     string // of what is said in detail; empty: only what comes of it is looked at
	first    bool   // people first; else in mid-call
	gather   bool
	together bool
	cold     bool
}

// TestHandOvers plays every way in which ringing people can go, from every place, and compares each webhook and each
// answer with those of testdata/handover. go test -run TestHandOvers -update ./telephony/twilio writes them again.
func TestHandOvers(t *testing.T) {
	for _, from := range []handOverFrom{
		{file: "first_in_turn", first: true},
		{file: "first_together", first: true, together: true},
		{first: true, gather: true},
		{first: true, gather: true, together: true},
		{file: "relay_in_turn"},
		{file: "relay_together", together: true},
		{file: "gather_in_turn", gather: true},
		{gather: true, together: true},
		{file: "relay_cold", cold: true},
		{gather: true, cold: true},
	} {
		t.Run(fmt.Sprintf("first=%v gather=%v together=%v cold=%v", from.first, from.gather, from.together, from.cold), func(t *testing.T) {
			var log strings.Builder
			for _, h := range handOvers {
				if h.together && !from.together || h.inTurn && from.together {
					continue
				}
				if from.cold {
					h = h.cold()
				}
				t.Run(h.name, func(t *testing.T) {
					r := h.play(t, from)
					fmt.Fprintf(&log, "== %s\n\n%s", h.name, r.exchanges())
					r.noSilence(t)
				})
			}
			if from.file != "" {
				golden(t, from.file, log.String())
			}
		})
	}
}

// cold is the same where nobody is asked to press 1.
func (h handOver) cold() handOver {
	if h.ringsCold != "" {
		h.rings, h.taken = h.ringsCold, h.takenCold
	}
	return h
}

func (h handOver) play(t *testing.T, from handOverFrom) *rig {
	t.Helper()
	r := newRig(t, handsOver, func(b *business.Business, _ *fakephone.Options) {
		b.Answering.MachineDetection = h.detect
		b.Answering.HandOver = business.HandOverWarm
		if from.cold {
			b.Answering.HandOver = business.HandOverCold
		}
		if from.first {
			b.Answering.First = business.FirstPerson
		}
		if from.gather {
			b.Lines[0].Mode = business.ModeGather
		}
		if from.together {
			b.Answering.Ring = business.RingTogether
		}
	})
	r.phone.Person(owner, h.mike)
	r.phone.Person(dana, h.dana)
	call := r.phone.Call(sink)
	if !from.first {
		call.Hears("How can I help")
		call.Says("mike please")
		call.Hears("put you through")
		if !from.gather {
			call.Says("okay")
		}
	}
	nobody, outcome, by := "How can I help", ledger.Missed, ledger.ByNobody
	if !from.first {
		nobody, outcome, by = "Can I take a message?", ledger.Abandoned, ledger.ByReceptionist
	}
	switch {
	case h.callerGoes:
		call.Dials(owner)
		call.HangsUp()
	case from.cold && h.hearsGreeting:
		call.Ends()
	case h.taken == "":
		call.Hears(nobody)
		call.Says("well")
		call.Hears("well")
		call.HangsUp()
		outcome, by = ledger.Abandoned, ledger.ByReceptionist
	default:
		call.Ends()
		outcome, by = ledger.Transferred, ledger.ByPerson
	}
	if call.TakenBy() != h.taken {
		t.Errorf("taken by %q, want %q:\n%s", call.TakenBy(), h.taken, call.Transcript())
	}
	c := r.ends(t, outcome, by)
	r.memory.mu.Lock()
	defer r.memory.mu.Unlock()
	if c.TakenBy != h.taken || (h.taken != "") != (len(r.taken) == 1) {
		t.Errorf("stored as taken by %q, and told to %v", c.TakenBy, r.taken)
	}
	var results []string
	for _, x := range r.rings {
		results = append(results, string(x.Result))
		if x.SettledAt.IsZero() {
			t.Errorf("%s still rings", x.Phone)
		}
	}
	want := h.rings
	if from.together {
		want = h.ringsBoth
	}
	if got := strings.Join(results, " "); got != want {
		t.Errorf("the phones came to %q, want %q", got, want)
	}
	return r
}

// noSilence fails where a caller who is on the line is answered with nothing to hear and nobody to talk to.
func (r *rig) noSilence(t *testing.T) {
	t.Helper()
	for _, w := range r.phone.Webhooks() {
		if w.OnLeg() || w.Form.Get("CallStatus") != "in-progress" && w.Form.Get("CallStatus") != "ringing" || !strings.Contains(w.Body, "<Response") {
			continue
		}
		verbs, err := fakephone.ParseTwiML(w.Body)
		if err != nil || len(verbs) == 0 {
			t.Errorf("%s leaves the caller in silence: %q, %v", w.Address, w.Body, err)
		}
	}
}

// shown are the parameters of webhooks that an answer depends on.
var shown = []string{
	"CallStatus", "ForwardedFrom", "ParentCallSid", "To", "Digits", "SpeechResult", "AnsweredBy", "DialCallStatus", "DialBridged", "DialCallDuration", "SessionStatus",
	"HandoffData", "RecordingDuration", "TranscriptionText",
}

var ids = regexp.MustCompile(`\b(CA|VX|RE|TR)[0-9a-f]{32}\b`)

// exchanges writes what Twilio asked and was answered, with names in place of addresses and ids.
func (r *rig) exchanges() string {
	var b strings.Builder
	for _, w := range r.phone.Webhooks() {
		fmt.Fprintf(&b, "POST %s\n", w.Address)
		for _, key := range shown {
			if v, ok := w.Form[key]; ok && (key != "To" || w.OnLeg()) {
				fmt.Fprintf(&b, "     %s=%s\n", key, v[0])
			}
		}
		body := strings.TrimPrefix(w.Body, `<?xml version="1.0" encoding="UTF-8"?>`)
		if body == "" {
			body = fmt.Sprint(w.Status)
		}
		fmt.Fprintf(&b, "%s\n\n", strings.ReplaceAll(body, "><", ">\n<"))
	}
	for _, q := range r.phone.Requests() {
		fmt.Fprintf(&b, "REST %s %s %s: %d\n\n", q.Method, q.Path, q.Form.Encode(), q.Status)
	}
	out := strings.ReplaceAll(b.String(), r.server.URL, "https://shop.example")
	out = strings.ReplaceAll(out, strings.Replace(r.server.URL, "http", "ws", 1), "wss://shop.example")
	names, counts := map[string]string{}, map[string]int{}
	return ids.ReplaceAllStringFunc(out, func(id string) string {
		if names[id] == "" {
			counts[id[:2]]++
			names[id] = fmt.Sprint(id[:2], counts[id[:2]])
		}
		return names[id]
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "handover", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s:%d: got\n%s\nwhich is not what is written there", file, i+1, strings.Join(a[max(0, i-8):min(len(a), i+4)], "\n"))
		}
	}
	t.Fatalf("%s ends early", file)
}
