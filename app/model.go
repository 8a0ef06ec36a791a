package app

import (
	"context"
	"log/slog"
	"time"

	"fixly/clock"
	"fixly/config"
	"fixly/model"
	"fixly/model/anthropic"
	"fixly/model/openai"
	"fixly/receptionist"
	"fixly/receptionist/understanding/llm"
	"fixly/store"
)

// Model is the language model that the settings name; nil for none. A new vendor is a line here, one in config/llm.go and a
// folder under model.
func Model(cfg config.Config) model.Provider {
	switch cfg.LLM.Provider() {
	case config.OpenAI:
		return openai.New(openai.Options{Model: cfg.LLM.Model(), Key: string(cfg.OpenAIKey), URL: cfg.OpenAIURL})
	case config.Anthropic:
		return anthropic.New(anthropic.Options{Model: cfg.LLM.Model(), Key: string(cfg.AnthropicKey), URL: cfg.AnthropicURL})
	}
	return nil
}

// When a model is left alone: after three failures in a row, for twenty seconds at first.
const (
	breakerFailures = 3
	breakerPause    = 20 * time.Second
)

// modelDesk is where the model is asked; nil when there is none.
func modelDesk(ctx context.Context, cfg config.Config, db *store.DB, clk clock.Clock, log *slog.Logger) (*model.Desk, error) {
	provider := Model(cfg)
	if provider == nil {
		return nil, nil // no model is the usual case, and no error
	}
	price := model.Price{In: cfg.LLMPrice.In, Out: cfg.LLMPrice.Out}
	if !cfg.LLMPrice.Given {
		listed, asOf, known, err := model.PriceOf(cfg.LLM.Model())
		if err != nil {
			return nil, err
		}
		if price = listed; !known {
			log.WarnContext(ctx, "the price of the model is not known, so it is taken to be dear; set FIXLY_LLM_PRICE", "model", cfg.LLM, "dollars_per_million_in", price.In, "dollars_per_million_out", price.Out)
		} else {
			log.InfoContext(ctx, "the model's list price is used; FIXLY_LLM_PRICE sets another", "model", cfg.LLM, "as_of", asOf)
		}
	}
	return model.NewDesk(model.Options{
		Provider: provider, Ledger: db, Price: price, PerCall: micros(cfg.LLMCallBudget), PerDay: micros(cfg.LLMDayBudget),
		Breaker: model.NewBreaker(breakerFailures, breakerPause, clk), Clock: clk, Log: log,
	}), nil
}

func micros(d config.Dollars) model.Micros { return model.Micros(float64(d) * 1e6) }

// interpreter is the receptionist's side of the desk; nil when there is none.
func interpreter(cfg config.Config, desk *model.Desk) receptionist.Interpreter {
	if desk == nil {
		return nil
	}
	return llm.New(desk, cfg.LLMDeadline)
}

// gists lets the owner's text about a call say a line more; nil when there is no model to write it.
func gists(desk *model.Desk, db *store.DB, r *receptionist.Receptionist) func(ctx context.Context, businessID, callID string) (string, error) {
	if desk == nil {
		return nil
	}
	return func(ctx context.Context, businessID, callID string) (string, error) {
		b, err := db.Business(ctx, businessID)
		if err != nil {
			return "", err
		}
		return r.Gist(ctx, desk, db, b, callID)
	}
}
