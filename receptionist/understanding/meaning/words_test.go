package meaning

import (
	"strings"
	"testing"
)

func TestWordsNameEveryClassOnce(t *testing.T) {
	lists := map[string][]string{}
	for _, name := range classNames {
		if name == "" {
			t.Fatal("a class of words has no name")
		}
		if _, twice := lists[name]; twice {
			t.Errorf("two classes are called %q", name)
		}
		lists[name] = nil
	}
	if classes > 64 {
		t.Fatalf("%d classes of words do not fit into 64 bits", classes)
	}
	lists["denies"] = []string{"not", "no"}
	lists["answer_no"] = []string{"no"}
	w, err := NewWords(lists)
	if err != nil {
		t.Fatal(err)
	}
	if !w.Is("no", WAnswerNo) || !w.Is("no", WStop, WDenies) || w.Is("not", WAnswerNo) || w.Is("maybe", WDenies) {
		t.Error("words are in the wrong classes")
	}
	delete(lists, "stop")
	lists["stopp"] = nil
	if _, err := NewWords(lists); err == nil || !strings.Contains(err.Error(), `"stopp"`) || !strings.Contains(err.Error(), `"stop" is missing`) {
		t.Errorf("a misspelled class: %v", err)
	}
}
