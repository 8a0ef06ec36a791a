package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fixly/business"
	"fixly/telnyxapi"
)

// telnyx finds whether a line's account accepts its key and announces its calls and texts to us.
func telnyx(ctx context.Context, o Options, l business.Line) []Finding {
	about := "line " + l.Number
	client, err := telnyxapi.NewClient(o.Config.TelnyxAPIURL, o.Client)
	if err != nil {
		return []Finding{{Wrong, about, err.Error(), "Set FIXLY_TELNYX_API_URL to an address, or leave it out for Telnyx's own."}}
	}
	account := client.Account(l.APIKey)
	n, found, err := account.Number(ctx, l.Number)
	switch {
	case err != nil:
		return []Finding{telnyxFailure(about, err)}
	case !found:
		return []Finding{{Wrong, about, "the Telnyx account has no such number", "Correct the number or the API key of the line in the business file, or buy the number in the Mission Control Portal."}}
	}
	out := []Finding{{OK, about, "credentials accepted", ""}}
	if n.Status != "active" {
		out = append(out, Finding{Wrong, about, "is " + n.Status + " at Telnyx", "Only an active number gets calls; the Mission Control Portal says what it waits for."})
	}
	if o.Config.PublicURL == "" {
		return append(out, Finding{Note, about, "its addresses at Telnyx cannot be judged without a public address", "Run the doctor with the same --public-url as the server."})
	}
	public := strings.TrimRight(o.Config.PublicURL, "/")
	out = append(out, telnyxCalls(ctx, account, l, n, public)...)
	return append(out, telnyxTexts(ctx, account, l, n, public)...)
}

func telnyxCalls(ctx context.Context, account telnyxapi.Account, l business.Line, n telnyxapi.Number, public string) []Finding {
	about := "line " + l.Number
	if n.ConnectionID != l.ConnectionID {
		return []Finding{{Wrong, about, fmt.Sprintf("its calls go to connection %q", n.ConnectionID), "Assign the number to the TeXML application whose id is the line's connection_id, " + l.ConnectionID + "."}}
	}
	a, err := account.Application(ctx, l.ConnectionID)
	if err != nil {
		return []Finding{telnyxFailure(about, err)}
	}
	if !a.Active {
		return []Finding{{Wrong, about, "its TeXML application is not active", "Switch it on in the Mission Control Portal."}}
	}
	if a.Outbound.ProfileID == "" {
		return []Finding{{Wrong, about, "its TeXML application has no outbound voice profile, so nobody can be rung from it", "Give the application one in the Mission Control Portal."}}
	}
	return []Finding{
		address("Telnyx", about, "Voice URL", a.VoiceURL, strings.ToUpper(a.VoiceMethod), public+"/telnyx/voice"),
		address("Telnyx", about, "Status callback", a.StatusCallback, strings.ToUpper(a.StatusCallbackMethod), public+"/telnyx/status"),
	}
}

func telnyxTexts(ctx context.Context, account telnyxapi.Account, l business.Line, n telnyxapi.Number, public string) []Finding {
	about := "line " + l.Number
	if n.MessagingProfileID == "" {
		return []Finding{{Wrong, about, "it belongs to no messaging profile, so it neither sends nor gets texts", "Assign it to one in the Mission Control Portal."}}
	}
	p, err := account.Profile(ctx, n.MessagingProfileID)
	switch {
	case err != nil:
		return []Finding{telnyxFailure(about, err)}
	case !p.Enabled:
		return []Finding{{Wrong, about, "its messaging profile is not enabled", "Enable it in the Mission Control Portal."}}
	case p.Version != "2":
		return []Finding{{Wrong, about, "its messaging profile announces texts in version " + p.Version, `Set "Webhook API Version" to 2.`}}
	}
	return []Finding{address("Telnyx", about, "Webhook URL", p.WebhookURL, http.MethodPost, public+"/telnyx/sms")}
}

// telnyxFailure is a request to Telnyx that came to nothing.
func telnyxFailure(about string, err error) Finding {
	f := Finding{Wrong, about, err.Error(), "Check that this machine reaches Telnyx; https://status.telnyx.com tells of its troubles."}
	var t *telnyxapi.Error
	switch {
	case !errors.As(err, &t) || t.Unreachable():
	case t.Status == http.StatusUnauthorized || t.Status == http.StatusForbidden:
		f.Do = "Correct the line's api_key in the business file."
	default:
		f.Do = "Compare the line in the business file with the Mission Control Portal."
	}
	return f
}
