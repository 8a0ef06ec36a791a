package bookingpage

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"fixly/scheduling"
)

// TestEveryRefusalHasWords reads the closed list itself, so that a new reason can't be forgotten in a language.
func TestEveryRefusalHasWords(t *testing.T) {
	list, err := os.ReadFile(filepath.Join("..", "scheduling", "reason.go"))
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`Reason = "([a-z_]+)"`).FindAllSubmatch(list, -1)
	if len(reasons) == 0 {
		t.Fatal("no reasons were found in the list")
	}
	for _, w := range languages {
		for _, r := range reasons {
			if w.Refusals[scheduling.Reason(r[1])] == "" {
				t.Errorf("%s has no words for %s", w.Name, r[1])
			}
		}
	}
}
