package receptionist_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
)

// begin opens a call to the demo's shop with other languages, and without a greeting of its own.
func begin(t *testing.T, languages ...string) (*receptionist.Receptionist, receptionist.Reply) {
	t.Helper()
	b := demo.Business()
	b.ID, b.Profile.Languages, b.Profile.Assistant.Greeting = "shop", languages, ""
	now := clock.NewManual(time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location()))
	r := receptionist.New(receptionist.Options{Storage: memory.New(b), Clock: now})
	reply, err := r.Start(context.Background(), receptionist.StartInput{BusinessID: "shop", CallID: "call_1", Caller: receptionist.Caller{Number: "+13125550142"}})
	if err != nil {
		t.Fatal(err)
	}
	return r, reply
}

func TestCallersAreGreetedInTheFirstLanguage(t *testing.T) {
	for _, c := range []struct {
		languages     []string
		tag, greeting string
	}{
		{[]string{"es", "en"}, "es-US", "Gracias por llamar"},
		{[]string{"en", "es"}, "en-US", "Thanks for calling"},
		{[]string{"fr"}, "en-US", "Thanks for calling"}, // no words for it
	} {
		if _, reply := begin(t, c.languages...); reply.Language != c.tag || !strings.HasPrefix(reply.Text(), c.greeting) {
			t.Errorf("%v: %s: %q", c.languages, reply.Language, reply.Text())
		}
	}
}

func TestRepliesNameTheLanguageToSpeakIn(t *testing.T) {
	for _, c := range []struct {
		languages []string
		says      string
		tag       string
	}{
		{[]string{"en", "es"}, "hola, se me tapó el inodoro", "es-US"},
		{[]string{"en", "es"}, "my toilet is clogged", "en-US"},
		{[]string{"es", "en"}, "my toilet is clogged", "en-US"},
		{[]string{"en"}, "hola, se me tapó el inodoro", "en-US"},
	} {
		r, hello := begin(t, c.languages...)
		reply, err := r.Turn(context.Background(), hello.ConversationID, receptionist.Input{Kind: receptionist.Words, Text: c.says})
		if err != nil || reply.Language != c.tag {
			t.Errorf("%v, %q: %s: %q, %v", c.languages, c.says, reply.Language, reply.Text(), err)
		}
	}
}
