package modeltest_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/openai/openai-go/v3"

	"fixly/model/modeltest"
)

// events asks the stand-in as a vendor's client would, and gives the data of the events that come.
func events(t *testing.T, path, key, body string) []string {
	t.Helper()
	s := modeltest.NewServer(t, func(modeltest.Asked) modeltest.Behaviour { return modeltest.Says(`{"a":"b"}`) })
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("X-Api-Key", key)
	r.Header.Set("Anthropic-Version", "2023-06-01")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var out []string
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && data != "[DONE]" {
			out = append(out, data)
		}
	}
	if len(out) < 4 {
		t.Fatalf("%d, %v", answer.StatusCode, out)
	}
	return out
}

const schema = `{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"type":"string"}}}`

// The vendors' libraries are generated from their published descriptions: what they don't know is not in there, and what
// is required must be there.
func TestOpenAIEventsAreOfThePublishedSchema(t *testing.T) {
	for _, data := range events(t, "/v1/chat/completions", "k", `{"model":"m","stream":true,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],
		"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":`+schema+`}}}`) {
		var c openai.ChatCompletionChunk
		if err := json.Unmarshal([]byte(data), &c); err != nil {
			t.Fatal(err)
		}
		if len(c.JSON.ExtraFields) > 0 || !c.JSON.ID.Valid() || !c.JSON.Choices.Valid() || !c.JSON.Created.Valid() || !c.JSON.Model.Valid() || !c.JSON.Object.Valid() {
			t.Errorf("%s", data)
		}
		for _, x := range c.Choices {
			if len(x.JSON.ExtraFields) > 0 || len(x.Delta.JSON.ExtraFields) > 0 || !x.JSON.Index.Valid() || !x.JSON.Delta.Valid() {
				t.Errorf("%s", data)
			}
		}
		if c.JSON.Usage.Valid() && (len(c.Usage.JSON.ExtraFields) > 0 || !c.Usage.JSON.TotalTokens.Valid()) {
			t.Errorf("%s", data)
		}
	}
}

func TestAnthropicEventsAreOfThePublishedSchema(t *testing.T) {
	seen := map[string]bool{}
	for _, data := range events(t, "/v1/messages", "k", `{"model":"m","stream":true,"max_tokens":9,"system":[{"type":"text","text":"s"}],
		"messages":[{"role":"user","content":[{"type":"text","text":"u"}]}],"output_config":{"format":{"type":"json_schema","schema":`+schema+`}}}`) {
		if strings.Contains(data, `"ping"`) {
			continue // documented with the stream, and in no schema
		}
		var e anthropic.MessageStreamEventUnion
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			t.Fatal(err)
		}
		seen[e.Type] = true
		switch x := e.AsAny().(type) {
		case anthropic.MessageStartEvent:
			if len(x.JSON.ExtraFields) > 0 || len(x.Message.JSON.ExtraFields) > 0 || !x.Message.JSON.ID.Valid() || !x.Message.Usage.JSON.InputTokens.Valid() {
				t.Errorf("%s", data)
			}
		case anthropic.ContentBlockStartEvent:
			if len(x.JSON.ExtraFields) > 0 || !x.JSON.Index.Valid() || x.ContentBlock.Type != "text" {
				t.Errorf("%s", data)
			}
		case anthropic.ContentBlockDeltaEvent:
			if len(x.JSON.ExtraFields) > 0 || !x.JSON.Index.Valid() || x.Delta.Type != "text_delta" {
				t.Errorf("%s", data)
			}
		case anthropic.ContentBlockStopEvent:
			if len(x.JSON.ExtraFields) > 0 || !x.JSON.Index.Valid() {
				t.Errorf("%s", data)
			}
		case anthropic.MessageDeltaEvent:
			if len(x.JSON.ExtraFields) > 0 || !x.Usage.JSON.OutputTokens.Valid() || x.Delta.StopReason != anthropic.StopReasonEndTurn {
				t.Errorf("%s", data)
			}
		case anthropic.MessageStopEvent:
		default:
			t.Errorf("an event of no known kind: %s", data)
		}
	}
	if len(seen) != 6 {
		t.Errorf("events of %v only", seen)
	}
}

func TestARequestThatTheVendorsWouldRefuse(t *testing.T) {
	for name, body := range map[string]string{
		"a field that is none": `{"model":"m","stream":true,"temprature":0,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":` + schema + `}}}`,
		"an open schema":       `{"model":"m","stream":true,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}}`,
		"not streamed":         `{"model":"m","messages":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			quiet := &complainer{TB: t}
			s := modeltest.NewServer(quiet, func(modeltest.Asked) modeltest.Behaviour { return modeltest.Says("") })
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/v1/chat/completions", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer k")
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusBadRequest || len(s.Complaints()) != 1 {
				t.Errorf("status %d, %v", answer.StatusCode, s.Complaints())
			}
		})
	}
}

// complainer takes the complaints that a test wants.
type complainer struct{ testing.TB }

func (*complainer) Errorf(string, ...any) {}
