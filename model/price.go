package model

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed prices.yaml
var pricesYAML []byte

// Price is what a model costs, in US dollars for a million tokens, which is the same as micros for one.
type Price struct {
	In  float64 `yaml:"in"`
	Out float64 `yaml:"out"`
}

// priceTable is prices.yaml.
type priceTable struct {
	AsOf    string           `yaml:"as_of"`
	Models  map[string]Price `yaml:"models"`
	Unknown Price            `yaml:"unknown"`
}

func readPrices() (priceTable, error) {
	var t priceTable
	d := yaml.NewDecoder(bytes.NewReader(pricesYAML))
	d.KnownFields(true)
	if err := d.Decode(&t); err != nil {
		return priceTable{}, fmt.Errorf("read the table of prices: %w", err)
	}
	return t, nil
}

// PriceOf finds a model's price in the table of list prices; known is false for a model that is not in it, which is taken
// to be dear. asOf is the date of the table.
func PriceOf(model string) (p Price, asOf string, known bool, err error) {
	t, err := readPrices()
	if err != nil {
		return Price{}, "", false, err
	}
	best := ""
	for name := range t.Models {
		if strings.HasPrefix(model, name) && len(name) > len(best) {
			best = name
		}
	}
	if best == "" {
		return t.Unknown, t.AsOf, false, nil
	}
	return t.Models[best], t.AsOf, true, nil
}

// Cost is what a usage costs, rounded up.
func (p Price) Cost(u Usage) Micros {
	return Micros(math.Ceil(p.In*float64(u.InputTokens) + p.Out*float64(u.OutputTokens) - 1e-9))
}
