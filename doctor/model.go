package doctor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/config"
	"fixly/model"
)

// modelPatience bounds the question to the language model.
const modelPatience = 10 * time.Second

// languageModel asks the language model something, if there is one, and tells how long it took: a caller waits no longer
// than the deadline.
func languageModel(ctx context.Context, o Options) []Finding {
	const about = "language model"
	if o.AskModel == nil {
		return []Finding{{OK, about, "none is asked; the built-in understanding does all of it", ""}}
	}
	c := o.Config
	var out []Finding
	if c.LLMDayBudget == 0 || c.LLMCallBudget == 0 {
		out = append(out, Finding{Note, about, "its budget is 0, so it is never asked", "Set FIXLY_LLM_DAY_BUDGET and FIXLY_LLM_CALL_BUDGET, or leave FIXLY_LLM out."})
	}
	if _, _, known, err := model.PriceOf(c.LLM.Model()); err == nil && !known && !c.LLMPrice.Given {
		out = append(out, Finding{Note, about, "the price of " + c.LLM.Model() + " is not known and taken to be high, so the budget is soon used up", "Set FIXLY_LLM_PRICE to what it costs."})
	}
	ctx, cancel := context.WithTimeout(ctx, modelPatience)
	defer cancel()
	began := o.Clock.Now()
	err := o.AskModel(ctx)
	took := o.Clock.Now().Sub(began).Round(time.Millisecond)
	if err != nil {
		return append(out, Finding{Wrong, about, fmt.Sprintf("%s gives no answer: %v", c.LLM, err), modelAdvice(c, err)})
	}
	if took > c.LLMDeadline {
		return append(out, Finding{Note, about, fmt.Sprintf("%s took %s to answer, and a caller waits %s", c.LLM, took, c.LLMDeadline), "Choose a faster model, or raise FIXLY_LLM_DEADLINE."})
	}
	return append(out, Finding{OK, about, fmt.Sprintf("%s answered in %s", c.LLM, took), ""})
}

// modelAdvice says what to do about a model that does not answer.
func modelAdvice(c config.Config, err error) string {
	const without = " Calls go on without it."
	key, url := "OPENAI_API_KEY", "OPENAI_BASE_URL"
	if c.LLM.Provider() == config.Anthropic {
		key, url = "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"
	}
	var e *model.Error
	if errors.As(err, &e) {
		switch e.Failure {
		case model.Rejected:
			return "Look at " + key + ", and whether the model's name is right and takes structured output." + without
		case model.Overloaded:
			return "Try again later; if it stays so, look at the limits of the account." + without
		case model.Unusable, model.Refused:
			return "The model does not do structured output; choose another." + without
		}
	}
	return "See that " + url + " is right and reached from here." + without
}
