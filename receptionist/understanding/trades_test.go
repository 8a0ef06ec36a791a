package understanding_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v4"

	"fixly/business"
	u "fixly/receptionist/understanding"
)

// saidToTrade is one thing that a caller says to a shop, and what must be made of it. What is left out may be anything,
// except for the danger: where none is given, none may be found.
type saidToTrade struct {
	Say        string `yaml:"say"`
	Service    string `yaml:"service"`
	Problem    string `yaml:"problem"` // the pack's id of it
	Urgency    string `yaml:"urgency"`
	Danger     string `yaml:"danger"`
	NotOffered string `yaml:"not_offered"`
}

type tradeTable struct {
	Shop struct {
		Name     string `yaml:"name"`
		Services []struct {
			Name string   `yaml:"name"`
			For  []string `yaml:"for"`
		} `yaml:"services"`
	} `yaml:"shop"`
	Said []saidToTrade `yaml:"said"`
}

// shopOf is the demo business doing another trade's work. One technician does all of it.
func shopOf(t testing.TB, table *tradeTable) *business.Business {
	t.Helper()
	b := shop(t)
	b.Profile.Name = table.Shop.Name
	b.Services = nil
	for _, s := range table.Shop.Services {
		b.Services = append(b.Services, business.Service{Name: s.Name, Duration: business.Duration(90 * 60e9), Price: "$99", Skill: "all", For: s.For})
	}
	b.Team = []business.Member{{Name: "Luis Ortega", Skills: []string{"all"}}}
	b.Emergencies.Signs, b.Emergencies.Danger = nil, nil
	return b
}

func readTable(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// What must be understood of the tables of testdata/trades: of each, and of all together.
const (
	leastOfATrade = 0.90
	leastOfAll    = 0.96
)

// TestEachTradeUnderstandsItsCallers plays the tables of testdata/trades: half of what is said names the work in so
// many words, half only tells what the caller sees. Shops describe each service in two phrases.
func TestEachTradeUnderstandsItsCallers(t *testing.T) {
	files, err := filepath.Glob("testdata/trades/*.yaml")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d tables: %v", len(files), err)
	}
	right, all := 0, 0
	for _, file := range files {
		var table tradeTable
		readTable(t, file, &table)
		e := u.NewEngine(shopOf(t, &table))
		good := 0
		for _, c := range table.Said {
			got := e.Understand(c.Say, u.Context{Asked: u.AskedNothing, Now: monday, CallerID: "+17735550150", Channel: "call"})
			if why := c.differs(&got); why != "" {
				t.Logf("%s: %q: %s", filepath.Base(file), c.Say, why)
				continue
			}
			good++
		}
		if float64(good) < leastOfATrade*float64(len(table.Said)) {
			t.Errorf("%s: %d of %d", filepath.Base(file), good, len(table.Said))
		}
		right, all = right+good, all+len(table.Said)
	}
	if t.Logf("%d of %d", right, all); float64(right) < leastOfAll*float64(all) {
		t.Errorf("%d of %d are too few", right, all)
	}
}

func (c *saidToTrade) differs(got *u.Understanding) string {
	switch {
	case got.Service != c.Service && (c.Danger == "" || c.Service != ""):
		return "service " + got.Service + ", want " + c.Service
	case got.NotOffered != c.NotOffered:
		return "not offered " + got.NotOffered + ", want " + c.NotOffered
	case c.Urgency != "" && got.Urgency != c.Urgency:
		return "urgency " + got.Urgency + ", want " + c.Urgency
	case got.Danger+got.Hazard != c.Danger:
		return "danger " + got.Danger + got.Hazard + ", want " + c.Danger
	case c.Problem != "" && got.Known != c.Problem:
		return "problem " + got.Known + ", want " + c.Problem
	}
	return ""
}
