package openai_test

import (
	"testing"

	"fixly/model"
	"fixly/model/modeltest"
	"fixly/model/openai"
)

func TestProvider(t *testing.T) {
	modeltest.Run(t, modeltest.OpenAI, func(url string) model.Provider {
		return openai.New(openai.Options{Model: "gpt-4o-mini", Key: "key", URL: url + "/v1"})
	})
}

// A compatible server may live at the root, and a reasoning model takes other settings.
func TestOtherServers(t *testing.T) {
	s := modeltest.NewServer(t, func(modeltest.Asked) modeltest.Behaviour { return modeltest.Says("{}") })
	for _, url := range []string{s.URL, s.URL + "/", s.URL + "/v1/"} {
		p := openai.New(openai.Options{Model: "gpt-5-nano", Key: "k", URL: url})
		if _, err := p.Ask(t.Context(), model.Request{Name: "x", MaxTokens: 5, Schema: map[string]any{
			"type": "object", "additionalProperties": false, "required": []any{"a"}, "properties": map[string]any{"a": map[string]any{"type": "string"}},
		}}); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}
