package twilio

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist"
	"fixly/telephony"
	"fixly/twilioapi"
)

// recorder records what a session sends, with the second it was sent at.
type recorder struct {
	began time.Time
	sent  []sent
}

type sent struct {
	after time.Duration
	what  string
}

func (r *recorder) send(message any) error {
	var what string
	switch m := message.(type) {
	case textMessage:
		if what = m.Token; m.Last {
			what += "|"
		}
	case endMessage:
		what = "END " + m.Handoff
	case languageMessage:
		what = "LANGUAGE " + m.TTS
	}
	r.sent = append(r.sent, sent{time.Since(r.began), what})
	return nil
}

func (r *recorder) words() string {
	var all []string
	for _, s := range r.sent {
		all = append(all, s.what)
	}
	return strings.Join(all, " / ")
}

// inSession runs a session in a bubble of time, with a function that plays the caller; it returns what was sent.
func inSession(t *testing.T, answer func(receptionist.Input) receptionist.Reply, caller func(events chan<- event, s *script)) (*recorder, over, *script) {
	t.Helper()
	m := &memory{
		businesses:    []*business.Business{shop()},
		conversations: map[string]receptionist.Conversation{},
		calls:         []telephony.Call{{ID: "call1", BusinessID: "mikes", CarrierID: "CA1"}},
	}
	s := &script{store: m, answer: answer, replies: map[string]receptionist.Reply{}, opened: map[string]string{}, greeting: "How can I help?"}
	public, err := twilioapi.ParsePublicURL("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(Options{Storage: m, Directory: m, Receptionist: s, PublicURL: public, Clock: clock.Real()})
	if err != nil {
		t.Fatal(err)
	}
	out := &recorder{began: time.Now()}
	events := make(chan event, eventQueue)
	x := newSession(h, sessionCall{id: "call1", businessID: "mikes", carrierID: "CA1", language: "en"}, setup{SessionID: "VX1", CallSID: "CA1"}, out)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var playing sync.WaitGroup
	playing.Go(func() { caller(events, s) })
	why := x.run(ctx, events, h.stopping)
	playing.Wait()
	return out, why, s
}

func prompt(words string) event { return event{Type: "prompt", VoicePrompt: words} }

func partial(words string) event {
	no := false
	return event{Type: "prompt", VoicePrompt: words, Last: &no}
}

func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, _ := inSession(t, parrot, func(chan<- event, *script) {})
		// "How can I help?" takes 1.7 s, "Are you still there?" too; 8 s of silence each; the end comes when the last
		// has been spoken.
		want := []sent{
			{9700 * time.Millisecond, "Are you still there?|"},
			{19400 * time.Millisecond, "Are you still there?|"},
			{29100 * time.Millisecond, "Are you still there?|"},
			{30800 * time.Millisecond, `END {"reason":"goodbye"}`},
		}
		if why != overEnded || !slices.Equal(out.sent, want) {
			t.Errorf("%s after %v", why, out.sent)
		}
	})
}

func TestACallerWhoTalksIsNotSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, _, _ := inSession(t, parrot, func(events chan<- event, _ *script) {
			for range 5 {
				time.Sleep(7 * time.Second)
				events <- partial("well the thing is")
			}
			time.Sleep(time.Second)
			events <- prompt("it leaks")
			time.Sleep(time.Second)
			close(events)
		})
		if out.words() != "You said:  / it leaks.|" {
			t.Errorf("sent %s", out.words())
		}
	})
}

func TestSilencesInARowAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, _ := inSession(t, parrot, func(events chan<- event, _ *script) {
			for range 4 {
				time.Sleep(12 * time.Second)
				events <- prompt("mm")
			}
			time.Sleep(time.Second)
			close(events)
		})
		if why != overHungUp || strings.Contains(out.words(), "END") {
			t.Errorf("%s after %s", why, out.words())
		}
	})
}

// ends answers "bye" with a goodbye of two sentences and "mike" with a transfer.
func ends(in receptionist.Input) receptionist.Reply {
	r := parrot(in)
	switch in.Text {
	case "bye":
		r = reply("You're all set.", "Have a good day!")
		r.End = true
	case "mike":
		r = reply("I'll put you through to Mike.")
		r.Transfer = []receptionist.TransferTo{{Name: "Mike", Phone: owner}}
	}
	return r
}

func TestAGoodbyeIsSpokenToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, _ := inSession(t, ends, func(events chan<- event, _ *script) {
			time.Sleep(5 * time.Second)
			events <- prompt("bye")
		})
		spoken := speakingTime("You're all set. Have a good day!")
		want := []sent{
			{5 * time.Second, "You're all set. "},
			{5 * time.Second, "Have a good day!|"},
			{5*time.Second + spoken, `END {"reason":"goodbye"}`},
		}
		if why != overEnded || !slices.Equal(out.sent, want) {
			t.Errorf("%s after %v, want %v", why, out.sent, want)
		}
	})
}

func TestAnAfterthoughtStopsTheGoodbye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, s := inSession(t, ends, func(events chan<- event, _ *script) {
			time.Sleep(5 * time.Second)
			events <- prompt("bye")
			time.Sleep(time.Second)
			events <- event{Type: "interrupt", UtteranceUntilInterrupt: "You're all"}
			time.Sleep(time.Second)
			events <- partial("oh wait")
			time.Sleep(2500 * time.Millisecond)
			events <- prompt("oh wait what does it cost")
			time.Sleep(time.Second)
			close(events)
		})
		if why != overHungUp || strings.Contains(out.words(), "END") || !strings.HasSuffix(out.words(), "what does it cost.|") {
			t.Errorf("%s after %s", why, out.words())
		}
		if !slices.Equal(s.heard, []string{"You're all"}) {
			t.Errorf("heard %q", s.heard)
		}
	})
}

func TestATransferWaitsForItsWordsOrTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, _, _ := inSession(t, ends, func(events chan<- event, _ *script) { events <- prompt("mike") })
		if last := out.sent[len(out.sent)-1]; last.what != `END {"reason":"transfer","to":["`+owner+`"]}` || last.after < speakingTime("I'll put you through to Mike.") {
			t.Errorf("sent %v", out.sent)
		}
		out, _, s := inSession(t, ends, func(events chan<- event, _ *script) {
			events <- prompt("mike")
			time.Sleep(time.Second)
			events <- prompt("okay")
		})
		if last := out.sent[len(out.sent)-1]; !strings.HasPrefix(last.what, "END") || last.after != time.Second || len(s.asked()) != 1 {
			t.Errorf("sent %v", out.sent)
		}
	})
}

func TestACallIsNotEndless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, s := inSession(t, parrot, func(events chan<- event, _ *script) {
			for range 240 {
				events <- prompt("and another thing")
				time.Sleep(5 * time.Second)
			}
		})
		last := out.sent[len(out.sent)-1]
		if why != overEnded || last.what != `END {"reason":"goodbye"}` || last.after < maxLength || last.after > maxLength+time.Minute {
			t.Errorf("%s after %v", why, last)
		}
		if !strings.Contains(out.words(), byLanguage["en"].timeUp) {
			t.Error("nothing is said about it")
		}
		if n := len(s.asked()); n != 240 {
			t.Errorf("%d turns", n)
		}
	})
}

func TestAnEntryOnTheKeypadEndsByAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, _, _ := inSession(t, parrot, func(events chan<- event, _ *script) {
			for _, k := range []string{"6", "0", "6"} {
				events <- event{Type: "dtmf", Digit: k}
				time.Sleep(time.Second)
			}
			time.Sleep(1500 * time.Millisecond)
			close(events)
		})
		if len(out.sent) != 1 || out.sent[0] != (sent{4 * time.Second, "You pressed 606.|"}) {
			t.Errorf("sent %v", out.sent)
		}
	})
}

func TestSomethingNewerCutsAReplyShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(in receptionist.Input) receptionist.Reply {
			time.Sleep(time.Second)
			return parrot(in)
		}
		out, _, s := inSession(t, slow, func(events chan<- event, _ *script) {
			events <- prompt("my sink is leaking")
			time.Sleep(300 * time.Millisecond)
			events <- prompt("and the toilet runs")
			time.Sleep(3 * time.Second)
			close(events)
		})
		if out.words() != "You said:  / and the toilet runs.|" {
			t.Errorf("sent %s", out.words())
		}
		if got := s.asked(); len(got) != 2 || got[0].Text != "my sink is leaking" || got[0].Key == got[1].Key {
			t.Errorf("took %+v", got)
		}
		if !slices.Equal(s.heard, []string{""}) {
			t.Errorf("heard %q", s.heard)
		}
	})
}

func TestABrokenReceptionistHandsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, _ := inSession(t, parrot, func(events chan<- event, s *script) {
			time.Sleep(time.Second)
			s.store.setDown(true)
			events <- prompt("hello")
		})
		if why != overEnded || out.words() != `END {"reason":"broken"}` {
			t.Errorf("%s after %s", why, out.words())
		}
	})
}

func TestStrangeEventsAreHarmless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, why, s := inSession(t, parrot, func(events chan<- event, _ *script) {
			for _, e := range []event{
				{},
				{Type: "setup"},
				{Type: "prompt"},
				{Type: "dtmf"},
				{Type: "dtmf", Digit: "12"},
				{Type: "dtmf", Digit: "A"},
				{Type: "dtmf", Digit: "#"},
				{Type: "error", Description: "64107"},
				{Type: "media"},
			} {
				events <- e
			}
			time.Sleep(time.Second)
			close(events)
		})
		if why != overHungUp || len(out.sent) > 0 || len(s.asked()) > 0 {
			t.Errorf("%s after %s", why, out.words())
		}
	})
}

func FuzzRelayMessage(f *testing.F) {
	for _, m := range []string{
		`{"type":"prompt","voicePrompt":"hi","lang":"en-US","last":true}`,
		`{"type":"interrupt","utteranceUntilInterrupt":"x","durationUntilInterruptMs":"460"}`,
		`{"type":"interrupt","durationUntilInterruptMs":460}`,
		`{"type":"dtmf","digit":"1"}`, `{"type":"error","description":"x"}`, `{"type":5}`, `[]`, `null`, `"`, `{"last":"yes"}`,
	} {
		f.Add([]byte(m))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		_, _ = parseSetup(message)
		e, err := parseEvent(message)
		if err != nil {
			return
		}
		synctest.Test(t, func(t *testing.T) {
			inSession(t, ends, func(events chan<- event, _ *script) {
				events <- e
				events <- e
				time.Sleep(time.Minute)
				close(events)
			})
		})
	})
}
