package icalendar

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// calendarOf is a calendar with components in it, its lines ended as they should be.
func calendarOf(body string) string {
	return strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\n"+strings.TrimSpace(body)+"\nEND:VCALENDAR\n", "\n", "\r\n")
}

func read(t testing.TB, text string) *Component {
	t.Helper()
	c, err := Read([]byte(text))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return c
}

func TestLinesAreReadAsPeopleWriteThem(t *testing.T) {
	c := read(t, "\uFEFFbegin:vcalendar\nBEGIN:VEVENT\nSUM\n MARY;LANGUAGE=en:Sink\\, \\\n \tbacked \\;up\\nA\\\\B\\x\n"+
		"ATTENDEE;CN=\"Whitfield, Karen\";MEMBER=\"mailto:a@x\",\"mailto:b@x\":mailto:k@example.com\nno line at all\nX;Y=:\nDTSTART;X=abc\n;:\n\n\nEND:VEVENT\nEND:VCALENDAR")
	e := c.Children[0]
	if got := e.Text("SUMMARY"); got != "Sink, \tbacked ;up\nA\\Bx" {
		t.Errorf("%q", got)
	}
	a := e.Get("ATTENDEE")
	if a.Param("CN") != "Whitfield, Karen" || !reflect.DeepEqual(a.Params[1].Values, []string{"mailto:a@x", "mailto:b@x"}) || a.Value != "mailto:k@example.com" {
		t.Errorf("%+v", a)
	}
	if len(e.Props) != 3 { // with X
		t.Errorf("%+v", e.Props)
	}
}

func TestWhatIsNoCalendar(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "a page": "<html></html>", "another component": "BEGIN:VCARD\nEND:VCARD", "cut off": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT",
		"closed wrongly": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "something after it": "BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR",
		"deep": strings.Repeat("BEGIN:VCALENDAR\n", 1000), "lines without end": "BEGIN:VCALENDAR\n" + strings.Repeat("A:\n", mostLines),
	} {
		if _, err := Read([]byte(text)); !errors.Is(err, ErrNotCalendar) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSeveralCalendarsAreOne(t *testing.T) {
	one := calendarOf("BEGIN:VEVENT\nUID:1\nEND:VEVENT")
	if c := read(t, one+one); len(c.Children) != 2 {
		t.Errorf("%d events", len(c.Children))
	}
}

// TestWhatIsWrittenIsReadBack: whatever is in it, in the same order, in lines that every reader takes.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	words := rapid.StringOf(rapid.RuneFrom([]rune("ab ,;:\\\n\té漢🙂\"^")))
	name := rapid.StringMatching(`[A-Z][A-Z0-9-]{0,8}`).Filter(func(s string) bool { return s != "BEGIN" && s != "END" })
	param := rapid.Custom(func(t *rapid.T) Param {
		value := rapid.StringOf(rapid.RuneFrom([]rune("ab ,;:\\é漢🙂^")))
		return Param{Name: name.Draw(t, "param"), Values: rapid.SliceOfN(value, 1, 3).Draw(t, "values")}
	})
	rapid.Check(t, func(t *rapid.T) {
		e := &Component{Name: "VEVENT"}
		for range rapid.IntRange(0, 5).Draw(t, "properties") {
			e.Props = append(e.Props, Prop{
				Name: name.Draw(t, "name"), Params: rapid.SliceOfN(param, 0, 3).Draw(t, "params"),
				Value: escape(words.Draw(t, "value") + rapid.SampledFrom([]string{"", strings.Repeat("漢 ", 60)}).Draw(t, "long")),
			})
			if len(e.Props[len(e.Props)-1].Params) == 0 {
				e.Props[len(e.Props)-1].Params = nil
			}
		}
		was := &Component{Name: "VCALENDAR", Children: []*Component{e}}
		var out bytes.Buffer
		if err := Write(&out, was); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(out.String(), "\r\n"), "\r\n") {
			if len(line) > longest || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("a line of %d bytes: %q", len(line), line)
			}
		}
		if now, err := Read(out.Bytes()); err != nil || !reflect.DeepEqual(now, was) {
			t.Fatalf("%v\n%+v\n%+v", err, now, was)
		}
	})
}

func TestAPropertyIsSetInItsPlace(t *testing.T) {
	c := &Component{Name: "VEVENT"}
	for _, p := range []string{"A", "B", "A", "C", "A"} {
		c.Props = append(c.Props, Prop{Name: p, Value: "old"})
	}
	c.Set("A", "new", "TZID", "UTC")
	c.SetText("B", "")
	c.SetText("D", "a,b\x00")
	var got []string
	for _, p := range c.Props {
		got = append(got, p.Name+"="+p.Value)
	}
	if want := "A=new C=old D=a\\,b "; strings.Join(got, " ") != want {
		t.Errorf("%q", got)
	}
}
