// Package anthropic asks models over Anthropic's Messages API (docs/providers/anthropic.md).
//
// Pages of the vendor: https://platform.claude.com/docs/en/api/messages,
// https://platform.claude.com/docs/en/build-with-claude/streaming and
// https://platform.claude.com/docs/en/build-with-claude/structured-outputs
package anthropic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"

	"fixly/model"
)

// DefaultURL is Anthropic's own server.
const DefaultURL = "https://api.anthropic.com"

// Provider asks one model.
type Provider struct {
	name     string
	messages anthropic.MessageService
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
	return &Provider{o.Model, anthropic.NewMessageService(
		option.WithBaseURL(strings.TrimRight(o.URL, "/")+"/"), option.WithAPIKey(o.Key), option.WithHTTPClient(o.Client),
		option.WithMaxRetries(0), // a caller is waiting: the built-in answer is the second try
	)}
}

// Model is the model's name.
func (p *Provider) Model() string { return p.name }

// mostText is how long an answer may get, in bytes, before it is cut off.
const mostText = 16 << 10

// Ask streams an answer.
func (p *Provider) Ask(ctx context.Context, r model.Request) (model.Answer, error) {
	stream := p.messages.NewStreaming(ctx, anthropic.MessageNewParams{
		Model:     anthropic.Model(p.name),
		MaxTokens: int64(r.MaxTokens),
		// The shop's facts are the same in each request, so they may come out of the vendor's cache.
		System:       []anthropic.TextBlockParam{{Text: r.System, CacheControl: anthropic.NewCacheControlEphemeralParam()}},
		Messages:     []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock(r.Data))},
		OutputConfig: anthropic.OutputConfigParam{Format: anthropic.JSONOutputFormatParam{Schema: r.Schema}},
	})
	defer func() { _ = stream.Close() }()

	var a model.Answer
	var text strings.Builder
	stop, over := "", false
	for stream.Next() {
		switch e := stream.Current().AsAny().(type) {
		case anthropic.MessageStartEvent:
			u := e.Message.Usage
			a.Usage.InputTokens = int(u.InputTokens + u.CacheCreationInputTokens + u.CacheReadInputTokens)
			a.Usage.Estimated = true // what comes out is known at the end only
		case anthropic.ContentBlockDeltaEvent:
			text.WriteString(e.Delta.Text)
			a.Usage.OutputTokens = (text.Len() + 3) / 4
		case anthropic.MessageDeltaEvent:
			stop = string(e.Delta.StopReason)
			a.Usage.OutputTokens, a.Usage.Estimated = int(e.Usage.OutputTokens), false
		case anthropic.MessageStopEvent:
			over = true
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
	case stop == string(anthropic.StopReasonRefusal):
		return a, &model.Error{Failure: model.Refused}
	case !over:
		return a, &model.Error{Failure: model.Down, Err: errors.New("the stream ended before the answer")}
	case stop != string(anthropic.StopReasonEndTurn):
		return a, &model.Error{Failure: model.Unusable, Err: fmt.Errorf("ended with %q", stop)}
	}
	return a, nil
}

// failure sorts an error of the vendor's library. Its text may hold the request, so only the kind is kept.
func failure(err error) error {
	var e *anthropic.Error
	switch {
	case errors.As(err, &e):
		if e.StatusCode == http.StatusTooManyRequests || e.StatusCode >= http.StatusInternalServerError {
			return &model.Error{Failure: model.Overloaded, Status: e.StatusCode}
		}
		return &model.Error{Failure: model.Rejected, Status: e.StatusCode}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &model.Error{Failure: model.Late, Err: err}
	case strings.Contains(err.Error(), "error while streaming"):
		return &model.Error{Failure: model.Overloaded, Err: errors.New("an error came in the stream")}
	}
	return &model.Error{Failure: model.Down, Err: err}
}
