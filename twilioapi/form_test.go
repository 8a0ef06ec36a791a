package twilioapi

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

const voiceBody = "AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&CallSid=CA00000000000000000000000000000007" +
	"&CallStatus=ringing&Called=%2B13125550100&CalledCity=CHICAGO&CalledCountry=US&CalledState=IL&CalledZip=60601" +
	"&Caller=%2B13125550142&CallerCity=CHICAGO&CallerCountry=US&CallerState=IL&CallerZip=60614&Direction=inbound" +
	"&From=%2B13125550142&FromCity=CHICAGO&FromCountry=US&FromState=IL&FromZip=60614&StirVerstat=TN-Validation-Passed-A" +
	"&To=%2B13125550100&ToCity=CHICAGO&ToCountry=US&ToState=IL&ToZip=60601"

func TestReadForm(t *testing.T) {
	const formType = "application/x-www-form-urlencoded; charset=UTF-8"
	for _, c := range []struct {
		name, contentType, body string
		status                  int // 0: read
	}{
		{"a call", formType, voiceBody, 0},
		{"nothing", formType, "", 0},
		{"no content type", "", "A=1", 0},
		{"stray separators", formType, "&&A=1&=&B", 0},
		{"JSON", "application/json", `{"A":1}`, http.StatusUnsupportedMediaType},
		{"a broken escape", formType, "A=%zz", http.StatusUnsupportedMediaType},
		{"too large", formType, "A=" + strings.Repeat("x", MaxBody), http.StatusRequestEntityTooLarge},
	} {
		for _, chunked := range []bool{false, true} {
			r := httptest.NewRequest("POST", "/twilio/voice", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.contentType)
			if c.contentType == "" {
				r.Header.Del("Content-Type")
			}
			if chunked {
				r.ContentLength = -1
			}
			f, err := ReadForm(httptest.NewRecorder(), r)
			if c.status != 0 {
				if err == nil || Status(err) != c.status {
					t.Errorf("%s: error %v, want status %d", c.name, err, c.status)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if want, _ := url.ParseQuery(c.body); !reflect.DeepEqual(f.Values(), want) {
				t.Errorf("%s: %v, want %v", c.name, f.Values(), want)
			}
		}
	}
}

func TestReadFormReportsABrokenConnection(t *testing.T) {
	r := httptest.NewRequest("POST", "/", &brokenReader{})
	if _, err := ReadForm(httptest.NewRecorder(), r); err == nil || Status(err) != http.StatusBadRequest {
		t.Errorf("error %v, want one answered by 400", err)
	}
}

type brokenReader struct{}

func (*brokenReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestFormGet(t *testing.T) {
	f, err := ParseForm(voiceBody + "&SpeechResult=no+heat%00%ff%00")
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"To": "+13125550100", "AccountSid": "AC00000000000000000000000000000001", "Digits": "", "": "", "SpeechResult": "no heat\uFFFD"} {
		if got := f.Get(key); got != want {
			t.Errorf("Get(%q) = %q, want %q", key, got, want)
		}
	}
}

func FuzzParseForm(f *testing.F) {
	f.Add(voiceBody)
	f.Add("A=1&A=2&&=&%zz=1&B=%+")
	f.Add("Body=%00water%ff&From=%00")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := ParseForm(body)
		if err != nil {
			return
		}
		for k, v := range form.Values() {
			if want := Text(v[0]); form.Get(k) != want || strings.Contains(want, "\x00") || !utf8.ValidString(want) {
				t.Fatalf("Get(%q) = %q, want %q", k, form.Get(k), want)
			}
		}
		if !Valid("token", "https://example.com/", form, Sign("token", "https://example.com/", form)) {
			t.Fatal("a form does not validate under its own signature")
		}
	})
}

func BenchmarkParseForm(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseForm(voiceBody); err != nil {
			b.Fatal(err)
		}
	}
}
