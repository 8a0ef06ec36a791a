package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// LLM is the language model that helps the built-in understanding: Rules for none, or PROVIDER:MODEL.
type LLM string

// Rules is the built-in understanding alone. It needs no network.
const Rules LLM = "rules"

// The providers of models.
const (
	OpenAI    = "openai"
	Anthropic = "anthropic"
)

// UnmarshalText accepts rules, openai:MODEL and anthropic:MODEL.
func (l *LLM) UnmarshalText(b []byte) error {
	v := LLM(b)
	if v == Rules || (v.Provider() == OpenAI || v.Provider() == Anthropic) && v.Model() != "" && !strings.ContainsAny(v.Model(), " \t\n") {
		*l = v
		return nil
	}
	return fmt.Errorf("is %q; it must be rules, openai:MODEL or anthropic:MODEL, such as openai:gpt-4o-mini", b)
}

// Provider is who runs the model; empty for Rules.
func (l LLM) Provider() string {
	provider, _, ok := strings.Cut(string(l), ":")
	if !ok {
		return ""
	}
	return provider
}

// Model is the provider's name for the model; empty for Rules.
func (l LLM) Model() string {
	_, model, _ := strings.Cut(string(l), ":")
	return model
}

// Dollars is a sum in US dollars.
type Dollars float64

// UnmarshalText reads a sum such as 0.05.
func (d *Dollars) UnmarshalText(b []byte) error {
	v, err := sum(string(b))
	if err != nil {
		return fmt.Errorf("is %q; it must be a sum in US dollars such as 0.05", b)
	}
	*d = Dollars(v)
	return nil
}

// Price is what a model costs, in US dollars for a million tokens. The zero value means that none was given.
type Price struct {
	In, Out float64
	Given   bool
}

// UnmarshalText reads IN/OUT.
func (p *Price) UnmarshalText(b []byte) error {
	in, out, ok := strings.Cut(string(b), "/")
	if ok {
		i, errIn := sum(in)
		o, errOut := sum(out)
		if errIn == nil && errOut == nil {
			*p = Price{i, o, true}
			return nil
		}
	}
	return fmt.Errorf("is %q; it must be IN/OUT, US dollars for a million tokens, such as 0.15/0.60", b)
}

// most is the largest sum taken, so that no arithmetic with it runs over.
const most = 1000

func sum(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(s), "$"), 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > most {
		return 0, fmt.Errorf("no sum from 0 to %d", most)
	}
	return v, nil
}
