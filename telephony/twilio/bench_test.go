package twilio

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixly/telephony"
	"fixly/telephony/fakephone"
)

// BenchmarkVoice answers incoming calls without network and database: what is left is reading the form, the
// signature, the route and the TwiML.
func BenchmarkVoice(b *testing.B) {
	for _, settings := range [][]setting{nil, {byGather}} {
		r := newRig(b, parrot, settings...)
		b.Run(string(r.businesses[0].Lines[0].Mode), func(b *testing.B) {
			form := r.phone.Form(sink, "ringing")
			for _, side := range []string{"From", "To", "Caller", "Called"} {
				for k, v := range map[string]string{"City": "CHICAGO", "Country": "US", "State": "IL", "Zip": "60614"} {
					form.Set(side+k, v)
				}
			}
			body, signature := form.Encode(), fakephone.Sign("demo-twilio-auth-token", r.server.URL+voicePath, form)
			header := http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=UTF-8"}, "X-Twilio-Signature": {signature}}
			b.ReportAllocs()
			for b.Loop() {
				req := httptest.NewRequest(http.MethodPost, voicePath, strings.NewReader(body))
				req.Header = header
				w := httptest.NewRecorder()
				r.handler.ServeHTTP(w, req)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

func BenchmarkTwiML(b *testing.B) {
	r := newRig(b, parrot)
	l := &line{r.businesses[0], &r.businesses[0].Lines[0], strings.Repeat("water heater,", 60)}
	c := &telephony.Call{ID: "call_d4gk2q5lqo0c73f0u9v0", BusinessID: "mikes", StartedAt: monday}
	b.ReportAllocs()
	for b.Loop() {
		_ = r.handler.connect(newTwiML(&Dialect{}), l, c, telephony.Incoming{}, fresh, 1).bytes()
	}
}
