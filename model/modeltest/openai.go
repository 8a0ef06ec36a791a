package modeltest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3"
)

// readOpenAI takes a request of POST /v1/chat/completions.
func readOpenAI(r *http.Request, body []byte) (Asked, error) {
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || key == "" {
		return Asked{}, errors.New("no bearer key")
	}
	var p openai.ChatCompletionNewParams
	if err := known(body, &p); err != nil {
		return Asked{}, err
	}
	f := p.ResponseFormat.OfJSONSchema
	if f == nil || !f.JSONSchema.Strict.Value || len(p.Messages) != 2 || p.Messages[0].OfSystem == nil || p.Messages[1].OfUser == nil {
		return Asked{}, errors.New("not a system and a user message with a strict schema")
	}
	schema, ok := f.JSONSchema.Schema.(map[string]any)
	if !ok {
		return Asked{}, errors.New("the schema is no object")
	}
	if err := strict(schema); err != nil {
		return Asked{}, err
	}
	return Asked{
		Vendor: OpenAI, Key: key, Model: p.Model, System: p.Messages[0].OfSystem.Content.OfString.Value,
		Data: p.Messages[1].OfUser.Content.OfString.Value, Schema: schema, MaxTokens: int(p.MaxCompletionTokens.Value),
	}, nil
}

// chunk is one event of a streamed chat completion.
type chunk struct {
	ID      string        `json:"id"`
	Object  string        `json:"object"`
	Created int64         `json:"created"`
	Model   string        `json:"model"`
	Choices []chunkChoice `json:"choices"`
	Usage   *chunkUsage   `json:"usage"`
}

type chunkChoice struct {
	Index        int        `json:"index"`
	Delta        chunkDelta `json:"delta"`
	Logprobs     *struct{}  `json:"logprobs"`
	FinishReason *string    `json:"finish_reason"`
}

type chunkDelta struct {
	Role    string  `json:"role,omitempty"`
	Content *string `json:"content,omitempty"`
	Refusal *string `json:"refusal,omitempty"`
}

type chunkUsage struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	TotalTokens      int `json:"total_tokens"`
}

func writeOpenAI(s *stream, a Asked, b Behaviour) {
	send := func(choices []chunkChoice, u *chunkUsage) {
		data, err := json.Marshal(chunk{ID: "chatcmpl-1", Object: "chat.completion.chunk", Created: 1764000000, Model: a.Model, Choices: choices, Usage: u})
		if err != nil {
			panic(err) // only if the types above are wrong
		}
		s.event("", string(data))
	}
	delta := func(d chunkDelta) { send([]chunkChoice{{Delta: d}}, nil) }
	if b.Garbage {
		s.event("", `{"id": "chatcmpl-1", "choi`)
		return
	}
	empty := ""
	delta(chunkDelta{Role: "assistant", Content: &empty})
	said := 0
	for again := true; again; again = b.Endless && !s.left() {
		for _, p := range b.pieces() {
			if b.Refuse {
				delta(chunkDelta{Refusal: &p})
			} else {
				delta(chunkDelta{Content: &p})
			}
			said += len(p)
		}
	}
	if s.midway(b, func() {
		s.event("", `{"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}}`)
	}) {
		return
	}
	finish := "stop"
	if b.Cut {
		finish = "length"
	}
	send([]chunkChoice{{FinishReason: &finish}}, nil)
	in, out := tokens(len(a.System)+len(a.Data)), tokens(said)
	send([]chunkChoice{}, &chunkUsage{in, out, in + out})
	s.event("", "[DONE]")
}
