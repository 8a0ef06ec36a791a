package demo_test

import (
	"testing"

	"fixly/business"
	"fixly/demo"
)

func TestTheDemoBusinessIsInOrder(t *testing.T) {
	b, err := business.Parse(demo.FileName, demo.File())
	if err != nil {
		t.Fatal(err)
	}
	if b.Profile.Slug != demo.Slug || len(b.Services) != 8 || len(b.Team) != 2 {
		t.Errorf("read %+v", b)
	}
}

func TestEachCallGivesACopy(t *testing.T) {
	demo.Business().Services[0].Name = "changed"
	if demo.Business().Services[0].Name == "changed" {
		t.Error("an edit reached the next caller")
	}
}
