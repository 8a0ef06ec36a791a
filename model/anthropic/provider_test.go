package anthropic_test

import (
	"testing"

	"fixly/model"
	"fixly/model/anthropic"
	"fixly/model/modeltest"
)

func TestProvider(t *testing.T) {
	modeltest.Run(t, modeltest.Anthropic, func(url string) model.Provider {
		return anthropic.New(anthropic.Options{Model: "claude-haiku-4-5", Key: "key", URL: url})
	})
}
