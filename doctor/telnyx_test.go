package doctor_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixly/business"
	"fixly/doctor"
	"fixly/telnyxapi/telnyxtest"
)

// portal is what Telnyx answers about a line.
type portal struct {
	status                       int
	number, application, profile map[string]any
}

// atTelnyx is an installation whose line is at Telnyx, and well set up.
func atTelnyx(t *testing.T) (*healthy, *portal) {
	t.Helper()
	p := &portal{
		status: http.StatusOK,
		number: map[string]any{"phone_number": "+13125550100", "status": "active", "connection_id": "26944", "messaging_profile_id": "40017"},
		application: map[string]any{
			"active": true, "voice_url": public + "/telnyx/voice", "voice_method": "post",
			"status_callback": public + "/telnyx/status", "status_callback_method": "post",
			"outbound": map[string]any{"outbound_voice_profile_id": "1293"},
		},
		profile: map[string]any{"enabled": true, "webhook_url": public + "/telnyx/sms", "webhook_api_version": "2"},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := telnyxtest.Check(r); err != nil {
			t.Errorf("Telnyx is asked for what it does not have: %v", err)
		}
		w.WriteHeader(p.status)
		answer := map[string]any{"errors": []any{map[string]any{"code": "10009", "title": "Authentication failed"}}}
		switch {
		case p.status != http.StatusOK:
		case r.URL.Path == "/v2/texml_applications/26944":
			answer = map[string]any{"data": p.application}
		case r.URL.Path == "/v2/messaging_profiles/40017":
			answer = map[string]any{"data": p.profile}
		case r.URL.Query().Get("filter[phone_number]") == "13125550100":
			answer = map[string]any{"data": []any{p.number}}
		default:
			answer = map[string]any{"data": []any{}}
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	h := installation(t)
	h.Config.TelnyxAPIURL = server.URL
	h.db.businesses[0].Lines = []business.Line{{
		Number: "+13125550100", Carrier: business.CarrierTelnyx, Mode: business.ModeGather, APIKey: "KEY0123",
		PublicKey: telnyxtest.PublicKey(), ConnectionID: "26944",
		Registration: business.Registration{Kind: business.Registration10DLC, Status: business.RegistrationApproved},
	}}
	return h, p
}

func TestALineAtTelnyx(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(p *portal)
		what   string // part of it; empty: all is well
		do     string // part of it
	}{
		{"well", func(*portal) {}, "", ""},
		{"key refused", func(p *portal) { p.status = http.StatusUnauthorized }, "10009", "api_key"},
		{"in trouble", func(p *portal) { p.status = http.StatusBadGateway }, "502", "status.telnyx.com"},
		{"number not the account's", func(p *portal) { p.number["phone_number"] = "+13125550111" }, "no such number", "business file"},
		{"not active", func(p *portal) { p.number["status"] = "port-pending" }, "is port-pending", "Mission Control"},
		{"another application", func(p *portal) { p.number["connection_id"] = "1" }, `connection "1"`, "26944"},
		{"application off", func(p *portal) { p.application["active"] = false }, "not active", "Switch it on"},
		{"nobody can be rung", func(p *portal) { delete(p.application, "outbound") }, "no outbound voice profile", "Give the application"},
		{"calls lead elsewhere", func(p *portal) { p.application["voice_url"] = "https://example.com" }, "leads to https://example.com", public + "/telnyx/voice"},
		{"asked with GET", func(p *portal) { p.application["voice_method"] = "get" }, "asked with GET", "POST"},
		{"no status", func(p *portal) { p.application["status_callback"] = "" }, `"Status callback" is not set at Telnyx`, public + "/telnyx/status"},
		{"no profile", func(p *portal) { p.number["messaging_profile_id"] = "" }, "no messaging profile", "Assign"},
		{"profile off", func(p *portal) { p.profile["enabled"] = false }, "not enabled", "Enable"},
		{"older webhooks", func(p *portal) { p.profile["webhook_api_version"] = "1" }, "in version 1", "to 2"},
		{"texts lead elsewhere", func(p *portal) { p.profile["webhook_url"] = "https://example.com" }, `"Webhook URL" leads to`, public + "/telnyx/sms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, p := atTelnyx(t)
			c.change(p)
			var wrong []doctor.Finding
			for _, f := range doctor.Examine(t.Context(), h.Options) {
				if f.About == "line +13125550100" && f.Verdict != doctor.OK {
					wrong = append(wrong, f)
				}
			}
			if c.what == "" {
				if len(wrong) > 0 {
					t.Errorf("findings %+v", wrong)
				}
				return
			}
			if len(wrong) != 1 || wrong[0].Verdict != doctor.Wrong || !strings.Contains(wrong[0].What, c.what) || !strings.Contains(wrong[0].Do, c.do) {
				t.Errorf("findings %+v", wrong)
			}
		})
	}
}
