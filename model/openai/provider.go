// Package openai asks models over OpenAI's chat completions, at OpenAI or at any server that speaks the same
// (docs/providers/openai.md).
//
// Pages of the vendor: https://platform.openai.com/docs/api-reference/chat/create-streaming and
// https://platform.openai.com/docs/guides/structured-outputs
package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"fixly/model"
)

// DefaultURL is OpenAI's own server.
const DefaultURL = "https://api.openai.com/v1"

// Provider asks one model.
type Provider struct {
	name        string
	completions openai.ChatCompletionService
}

// Options are a Provider's settings.
type Options struct {
	Model  string
	Key    string
	URL    string       // empty: DefaultURL
	Client *http.Client // nil: the default
}

// New makes a provider. What the vendor's library would read from the environment is left out: every setting is one of
// Fixly's own.
func New(o Options) *Provider {
	if o.URL == "" {
		o.URL = DefaultURL
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	return &Provider{o.Model, openai.NewChatCompletionService(
		option.WithBaseURL(strings.TrimRight(o.URL, "/")+"/"), option.WithAPIKey(o.Key), option.WithHTTPClient(o.Client),
		option.WithMaxRetries(0), // a caller is waiting: the built-in answer is the second try
	)}
}

// Model is the model's name.
func (p *Provider) Model() string { return p.name }

// mostText is how long an answer may get, in bytes, before it is cut off: the vendor's own limit is in tokens, and a server
// that does not know it could go on for ever.
const mostText = 16 << 10

// Ask streams an answer.
func (p *Provider) Ask(ctx context.Context, r model.Request) (model.Answer, error) {
	params := openai.ChatCompletionNewParams{
		Model: p.name,
		Messages: []openai.ChatCompletionMessageParamUnion{
			openai.SystemMessage(r.System), openai.UserMessage(r.Data),
		},
		MaxCompletionTokens: openai.Int(int64(r.MaxTokens)),
		StreamOptions:       openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
		ResponseFormat: openai.ChatCompletionNewParamsResponseFormatUnion{OfJSONSchema: &openai.ResponseFormatJSONSchemaParam{
			JSONSchema: openai.ResponseFormatJSONSchemaJSONSchemaParam{Name: r.Name, Strict: openai.Bool(true), Schema: r.Schema},
		}},
	}
	if reasons(p.name) {
		params.ReasoningEffort = openai.ReasoningEffortLow // a caller is waiting
	} else {
		params.Temperature = openai.Float(0)
	}
	stream := p.completions.NewStreaming(ctx, params)
	defer func() { _ = stream.Close() }()

	var a model.Answer
	var text strings.Builder
	finish, refused := "", false
	for stream.Next() {
		chunk := stream.Current()
		if n := chunk.Usage; n.TotalTokens > 0 {
			a.Usage = model.Usage{InputTokens: int(n.PromptTokens), OutputTokens: int(n.CompletionTokens)}
		}
		for _, c := range chunk.Choices {
			text.WriteString(c.Delta.Content)
			refused = refused || c.Delta.Refusal != ""
			if c.FinishReason != "" {
				finish = c.FinishReason
			}
		}
		if text.Len() > mostText {
			a.Text = text.String()
			return a, &model.Error{Failure: model.Unusable, Err: fmt.Errorf("more than %d bytes", mostText)}
		}
	}
	a.Text = text.String()
	if err := stream.Err(); err != nil {
		return a, failure(err)
	}
	switch {
	case refused || finish == "content_filter":
		return a, &model.Error{Failure: model.Refused}
	case finish == "":
		return a, &model.Error{Failure: model.Down, Err: errors.New("the stream ended before the answer")}
	case finish != "stop":
		return a, &model.Error{Failure: model.Unusable, Err: fmt.Errorf("ended with %q", finish)}
	}
	return a, nil
}

// reasons says whether a model thinks before it answers; such models take an effort, and no temperature.
func reasons(name string) bool {
	for _, family := range [...]string{"gpt-5", "o1", "o3", "o4"} {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return false
}

// failure sorts an error of the vendor's library. Its text may hold the request, so only the kind is kept.
func failure(err error) error {
	var e *openai.Error
	switch {
	case errors.As(err, &e):
		if e.StatusCode == http.StatusTooManyRequests || e.StatusCode >= http.StatusInternalServerError {
			return &model.Error{Failure: model.Overloaded, Status: e.StatusCode}
		}
		return &model.Error{Failure: model.Rejected, Status: e.StatusCode, Err: errors.New(e.Code + " " + e.Type)}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &model.Error{Failure: model.Late, Err: err}
	case strings.Contains(err.Error(), "error while streaming"):
		return &model.Error{Failure: model.Overloaded, Err: errors.New("an error came in the stream")}
	}
	return &model.Error{Failure: model.Down, Err: err}
}
