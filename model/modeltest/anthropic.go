package modeltest

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/anthropics/anthropic-sdk-go"
)

// readAnthropic takes a request of POST /v1/messages.
func readAnthropic(r *http.Request, body []byte) (Asked, error) {
	key := r.Header.Get("X-Api-Key")
	if key == "" || r.Header.Get("Anthropic-Version") == "" {
		return Asked{}, errors.New("no key or no version")
	}
	var p anthropic.MessageNewParams
	if err := known(body, &p); err != nil {
		return Asked{}, err
	}
	if len(p.System) != 1 || len(p.Messages) != 1 || len(p.Messages[0].Content) != 1 || p.Messages[0].Content[0].OfText == nil || p.MaxTokens <= 0 {
		return Asked{}, errors.New("not a system and a user message with a limit")
	}
	if err := strict(p.OutputConfig.Format.Schema); err != nil {
		return Asked{}, err
	}
	return Asked{
		Vendor: Anthropic, Key: key, Model: string(p.Model), System: p.System[0].Text, Data: p.Messages[0].Content[0].OfText.Text,
		Schema: p.OutputConfig.Format.Schema, MaxTokens: int(p.MaxTokens),
	}, nil
}

func writeAnthropic(s *stream, a Asked, b Behaviour) {
	send := func(kind string, fields map[string]any) {
		fields["type"] = kind
		data, err := json.Marshal(fields)
		if err != nil {
			panic(err) // only if the fields below are wrong
		}
		s.event(kind, string(data))
	}
	if b.Garbage {
		s.event("message_start", `{"type":"message_start","mess`)
		return
	}
	in := tokens(len(a.System) + len(a.Data))
	send("message_start", map[string]any{"message": map[string]any{
		"id": "msg_1", "type": "message", "role": "assistant", "model": a.Model, "content": []any{}, "stop_reason": nil, "stop_sequence": nil,
		"usage": map[string]any{"input_tokens": in, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 1},
	}})
	send("content_block_start", map[string]any{"index": 0, "content_block": map[string]any{"type": "text", "text": "", "citations": nil}})
	send("ping", map[string]any{})
	said := 0
	for again := true; again; again = b.Endless && !s.left() {
		for _, p := range b.pieces() {
			send("content_block_delta", map[string]any{"index": 0, "delta": map[string]any{"type": "text_delta", "text": p}})
			said += len(p)
		}
	}
	if s.midway(b, func() {
		s.event("error", `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}`)
	}) {
		return
	}
	stop := "end_turn"
	switch {
	case b.Refuse:
		stop = "refusal"
	case b.Cut:
		stop = "max_tokens"
	}
	send("content_block_stop", map[string]any{"index": 0})
	send("message_delta", map[string]any{
		"delta": map[string]any{"stop_reason": stop, "stop_sequence": nil}, "usage": map[string]any{"output_tokens": tokens(said)},
	})
	send("message_stop", map[string]any{})
}
