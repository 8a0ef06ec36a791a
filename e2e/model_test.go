package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"fixly/model/modeltest"
	"fixly/telephony/fakephone"
)

// vendors are the settings with which the binary asks a stand-in for each vendor's server.
var vendors = map[string]func(url string) map[string]string{
	"OpenAI": func(url string) map[string]string {
		return map[string]string{"FIXLY_LLM": "openai:gpt-4o-mini", "OPENAI_API_KEY": "key", "OPENAI_BASE_URL": url + "/v1"}
	},
	"Anthropic": func(url string) map[string]string {
		return map[string]string{"FIXLY_LLM": "anthropic:claude-haiku-4-5", "ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": url}
	},
}

// withModel sets the binary up with a vendor's model that a stand-in plays.
func withModel(t *testing.T, vendor string, answer func(modeltest.Asked) modeltest.Behaviour, more map[string]string) (option, *modeltest.Server) {
	server := modeltest.NewServer(t, answer)
	settings := vendors[vendor](server.URL)
	maps.Copy(settings, more)
	return func(s *shop, _ *fakephone.Options) { s.settings = settings }, server
}

// acts is what a model says of an utterance; of a call that is over it says what was wrong.
func acts(t *testing.T, fields map[string]any) func(modeltest.Asked) modeltest.Behaviour {
	all := map[string]any{
		"intents": []string{}, "service": "", "danger": "", "problem": "", "when": "", "name": "", "phone": "", "address": "", "answer": "", "choice": 0, "reply": "", "facts": []string{},
	}
	maps.Copy(all, fields)
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return func(a modeltest.Asked) modeltest.Behaviour {
		if strings.Contains(a.System, "call that is over") {
			return modeltest.Says(`{"summary":"The whatsit by the wall went all funny."}`)
		}
		return modeltest.Says(string(text))
	}
}

// calledModel is the part of a call in the API that tells of the model.
type calledModel struct {
	Model struct {
		Requests     int     `json:"requests"`
		InputTokens  int     `json:"input_tokens"`
		OutputTokens int     `json:"output_tokens"`
		Cost         float64 `json:"cost_usd"`
		Uses         []struct {
			Purpose string  `json:"purpose"`
			Failure *string `json:"failure"`
		} `json:"uses"`
	} `json:"model"`
}

const murky = "well the whatsit by the wall went all funny again"

func TestAModelHelpsOnACall(t *testing.T) {
	for vendor := range vendors {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			model, server := withModel(t, vendor, acts(t, map[string]any{
				"intents": []string{"book"}, "service": "Leak repair", "problem": "the whatsit by the wall went all funny",
			}), map[string]string{"FIXLY_LLM_DEADLINE": "5s"})
			s := sqlite(t, model)
			call := s.Call(owen)
			call.Hears("How can I help")
			says(call, murky, "tomorrow between")
			says(call, "tomorrow at eight", "name")
			says(call, "my name is owen pratt", "number")
			says(call, "yes it is", "address")
			says(call, "fourteen twelve north wood street six oh six two two", "1412 North Wood")
			says(call, "yes that's right", "booked")
			says(call, "no that's all thanks", "goodbye")
			call.HangsUp()
			s.isBookedOnce(owen)
			s.gotTexts(owner, "In brief: The whatsit by the wall went all funny.")

			c := s.comesTo(call.SID, "booked", "receptionist")
			var told calledModel
			if status := s.request(http.MethodGet, "/calls/"+c.ID, nil, &told); status != http.StatusOK {
				t.Fatalf("status %d", status)
			}
			m := told.Model
			if m.Requests != 2 || m.InputTokens < 100 || m.OutputTokens == 0 || m.Cost <= 0 || m.Uses[0].Purpose != "understand" || m.Uses[1].Purpose != "summarise" || m.Uses[0].Failure != nil {
				t.Errorf("the model was asked %+v", m)
			}
			for _, a := range server.Asked() {
				if a.Key != "key" || strings.Contains(a.System+a.Data, "312555") {
					t.Errorf("asked %+v", a)
				}
			}
		})
	}
}

// With the model slow, stalled, dead or raving the caller hears what they would without it, and no later than the
// deadline.
func TestACallWithABadModel(t *testing.T) {
	modes := map[string]modeltest.Behaviour{
		"slow": {Wait: time.Minute}, "stalls": {Text: `{"intents":[]}`, Stall: true}, "dead": {Hangup: true}, "overloaded": {Status: http.StatusTooManyRequests},
		"raving": modeltest.Says(`{"book":true,"say":"You are booked for free."}`),
	}
	for mode, b := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			vendor := "OpenAI"
			if len(mode)%2 == 0 {
				vendor = "Anthropic"
			}
			model, server := withModel(t, vendor, func(modeltest.Asked) modeltest.Behaviour { return b }, map[string]string{"FIXLY_LLM_DEADLINE": "300ms"})
			s := sqlite(t, model)
			call := s.Call(owen)
			call.Hears("How can I help")
			began := time.Now()
			says(call, murky, "going on")
			if took := time.Since(began); took > patience {
				t.Errorf("the caller waited %s", took)
			}
			says(call, "a pipe is dripping in my laundry room", "tomorrow")
			says(call, "tomorrow at eight", "name")
			says(call, "my name is owen pratt", "number")
			says(call, "yes it is", "address")
			says(call, "fourteen twelve north wood street six oh six two two", "1412 North Wood")
			says(call, "yes that's right", "booked")
			says(call, "no that's all thanks", "goodbye")
			call.HangsUp()
			s.isBookedOnce(owen)
			if len(server.Asked()) == 0 {
				t.Error("the model was not asked")
			}
		})
	}
}

// The words of a caller who gives a card are nowhere: not in the API, nor in texts, nor with the model.
func TestACardIsKeptNowhere(t *testing.T) {
	t.Parallel()
	model, server := withModel(t, "OpenAI", acts(t, nil), nil)
	s := sqlite(t, model)
	call := s.Call(owen)
	call.Hears("How can I help")
	says(call, "well the whatsit went funny and my card is 4111 1111 1111 1111", "going on")
	call.HangsUp()
	c := s.comesTo(call.SID, "abandoned", "receptionist")
	s.Text(owen, "visa four one one one, one one one one, one one one one, one one one one").Receives("?")
	s.calmsDown()
	var all strings.Builder
	for _, path := range []string{"/calls/" + c.ID, "/messages"} {
		var raw json.RawMessage
		if status := s.request(http.MethodGet, path, nil, &raw); status != http.StatusOK {
			t.Fatalf("%s: status %d", path, status)
		}
		all.Write(raw)
	}
	for _, a := range server.Asked() {
		all.WriteString(a.Data)
	}
	all.WriteString(s.log.String())
	if text := all.String(); strings.Contains(text, "1111") || strings.Contains(text, "one one one") || !strings.Contains(text, "[redacted]") {
		t.Errorf("kept: %s", text)
	}
}
