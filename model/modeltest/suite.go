package modeltest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fixly/model"
)

// Run holds a vendor's provider to what model.Provider promises. open makes one that talks to a server at an address.
func Run(t *testing.T, vendor Vendor, open func(url string) model.Provider) {
	request := model.Request{
		Purpose: model.Understand, System: "Say what is wanted.", Data: `{"said":"quote \" and \u00e9"}`, Name: "acts", MaxTokens: 100,
		Schema: map[string]any{
			"type": "object", "additionalProperties": false, "required": []any{"say"}, "properties": map[string]any{"say": map[string]any{"type": "string"}},
		},
	}
	const text = `{"say":"a sentence of some length, with an é in it"}`
	ask := func(t *testing.T, b Behaviour) (model.Answer, *model.Error, *Server) {
		t.Helper()
		s := NewServer(t, func(Asked) Behaviour { return b })
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // nobody waits for that
		if b.Stall || b.Wait > 0 {
			cancel()
			ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
		}
		defer cancel()
		a, err := open(s.URL).Ask(ctx, request)
		var e *model.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%v is no *model.Error", err)
		}
		return a, e, s
	}

	t.Run("answers", func(t *testing.T) {
		a, err, s := ask(t, Says(text))
		if err != nil || a.Text != text || a.Usage.InputTokens == 0 || a.Usage.OutputTokens == 0 || a.Usage.Estimated {
			t.Fatalf("%+v, %v", a, err)
		}
		got := s.Asked()
		if len(got) != 1 || got[0].Vendor != vendor || got[0].System != request.System || got[0].Data != request.Data || got[0].MaxTokens != 100 || got[0].Key != "key" {
			t.Errorf("asked %+v", got)
		}
	})
	for name, c := range map[string]struct {
		Behaviour
		want model.Failure
	}{
		"slow":           {Behaviour{Text: text, Wait: time.Minute}, model.Late},
		"stalls midway":  {Behaviour{Text: text, Stall: true}, model.Late},
		"rate limit":     {Behaviour{Status: 429}, model.Overloaded},
		"server error":   {Behaviour{Status: 500}, model.Overloaded},
		"overloaded":     {Behaviour{Status: 529}, model.Overloaded},
		"error midway":   {Behaviour{Text: text, Error: true}, model.Overloaded},
		"wrong key":      {Behaviour{Status: 401}, model.Rejected},
		"no such model":  {Behaviour{Status: 404}, model.Rejected},
		"hangs up":       {Behaviour{Hangup: true}, model.Down},
		"breaks midway":  {Behaviour{Text: text, Drop: true}, model.Down},
		"sends garbage":  {Behaviour{Garbage: true}, model.Down},
		"refuses":        {Behaviour{Text: "I can't help with that.", Refuse: true}, model.Refused},
		"out of tokens":  {Behaviour{Text: text, Cut: true}, model.Unusable},
		"never finishes": {Behaviour{Text: strings.Repeat("ha", 500), Endless: true}, model.Unusable},
	} {
		t.Run(name, func(t *testing.T) {
			_, err, s := ask(t, c.Behaviour)
			if err == nil || err.Failure != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if n := len(s.Asked()); n > 1 {
				t.Errorf("asked %d times: there is no time for a second try", n)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		_, err := open("http://127.0.0.1:1").Ask(t.Context(), request)
		var e *model.Error
		if !errors.As(err, &e) || e.Failure != model.Down {
			t.Errorf("%v", err)
		}
	})
}
