package business_test

import (
	"strings"
	"testing"

	"fixly/business"
)

func TestNotifySection(t *testing.T) {
	for section, want := range map[string]string{
		"":                              "",
		"notify: {brief_at: \"06:30\"}": "",
		"notify: {email: [summaries, brief], brief_at: \"00:00\", brief_always: true}": "",
		"notify: {email: [brief, news]}":                                               "notify.email[1]",
		"notify: {email: [brief, brief]}":                                              "notify.email",
		"notify: {brief_at: \"6:75\"}":                                                 "notify.brief_at: \"6:75\" is not a time of day; write it like 06:30",
		"notify: {brief_at: \"24:00\"}":                                                "notify.brief_at",
		"notify: {text: true}":                                                         "notify.text: unknown key",
	} {
		b, err := business.Parse("shop.yaml", []byte(shop+section+"\n"))
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", section, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", section, err, want)
		case want == "" && b.Mails(business.EmailBrief) != strings.Contains(section, "summaries, brief"):
			t.Errorf("%s: the brief is mailed: %t", section, b.Mails(business.EmailBrief))
		}
	}
	nowhere := edited(t, shop, `, email: al@example.com`, "") + "notify: {email: [brief]}\n"
	if _, err := business.Parse("shop.yaml", []byte(nowhere)); err == nil || !strings.Contains(err.Error(), "business.owner.email") {
		t.Errorf("no address: %v", err)
	}
}

func TestWhenTheBriefIsWritten(t *testing.T) {
	for at, want := range map[string]string{"": "07:00", "06:30": "06:30", "23:50": "23:50"} {
		b := zoned(t, "America/New_York", "08:00-17:00")
		b.Notify.BriefAt = at
		// Still the 23rd in New York.
		if got := b.BriefOn(in(t, "UTC", "2026-11-24 03:00")); !got.Equal(in(t, "America/New_York", "2026-11-23 "+want)) {
			t.Errorf("%q: %s", at, got)
		}
	}
}
