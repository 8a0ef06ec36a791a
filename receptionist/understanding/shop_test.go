package understanding_test

import (
	"os"
	"testing"
	"time"

	"fixly/business"
	"fixly/receptionist/understanding"
)

// monday is Monday 23 November 2026, 10:05 in Chicago; the Thursday after it is Thanksgiving.
var monday = time.Date(2026, 11, 23, 10, 5, 0, 0, chicago())

func chicago() *time.Location {
	l, err := time.LoadLocation("America/Chicago")
	if err != nil {
		panic(err)
	}
	return l
}

// shop is the demo business.
func shop(t testing.TB) *business.Business {
	t.Helper()
	const file = "../../demo/mikes-plumbing.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := business.Parse(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// understand runs one utterance through a fresh engine's eyes.
func understand(t testing.TB, asked understanding.Asked, text string, offers ...time.Time) understanding.Understanding {
	t.Helper()
	return engine(t).Understand(text, understanding.Context{Asked: asked, Now: monday, Offers: offers, CallerID: "+17735550150", Channel: "call"})
}

var shared *understanding.Engine

func engine(t testing.TB) *understanding.Engine {
	t.Helper()
	if shared == nil {
		shared = understanding.NewEngine(shop(t))
	}
	return shared
}
