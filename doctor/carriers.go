package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fixly/business"
	"fixly/twilioapi"
)

// carriers finds whether each line's carrier accepts its credentials and announces its calls and texts to us.
func carriers(ctx context.Context, client *twilioapi.Client, o Options, businesses []*business.Business) []Finding {
	var out []Finding
	accounts := map[string]bool{} // account SID and token → accepted
	for _, b := range businesses {
		out = append(out, paging(b, o.Fiction)...)
		for _, l := range b.Lines {
			about := "line " + l.Number
			if o.Fiction != nil && o.Fiction(l) {
				out = append(out, Finding{Note, about, "is the demo's: a made-up number, whose texts go nowhere", "Ring it with the browser phone."})
				continue
			}
			out = append(out, registration(about, l.Registration)...)
			switch l.Carrier {
			case business.CarrierTwilio:
			case business.CarrierTelnyx:
				out = append(out, telnyx(ctx, o, l)...)
				continue
			case business.CarrierGateway:
				out = append(out, Finding{Note, about, "its texts go by the gateway " + l.Gateway + ", which the doctor can't ask", "Send yourself a text from the inbox."})
				continue
			default:
				out = append(out, Finding{Note, about, "its carrier, " + l.Carrier, "The doctor knows nothing of it."})
				continue
			}
			account := client.Account(l.AccountSID, l.AuthToken)
			accepted, asked := accounts[l.AccountSID+" "+l.AuthToken]
			if !asked {
				f := credentials(ctx, account, l)
				accepted = f.Verdict != Wrong
				accounts[l.AccountSID+" "+l.AuthToken] = accepted
				out = append(out, f)
			}
			if accepted {
				out = append(out, webhooks(ctx, account, o.Config.PublicURL, about, l.Number)...)
			} else if asked {
				out = append(out, Finding{Wrong, about, "its account is the one refused above", "See there."})
			}
		}
	}
	return out
}

// paging finds whether the people on call can be called, where a business has some.
func paging(b *business.Business, fiction func(business.Line) bool) []Finding {
	marked := slices.ContainsFunc(b.Answering.Chain, func(p business.Person) bool { return p.Emergencies })
	if !marked && len(b.OnCallPlan.People) == 0 || len(b.Lines) == 0 {
		return nil
	}
	calls := func(l business.Line) bool { return l.PlacesCalls() || fiction != nil && fiction(l) }
	if slices.ContainsFunc(b.Lines, calls) {
		return nil
	}
	return []Finding{{Wrong, "business " + b.ID, "no calls can be placed from any of its lines, so the people on call are texted about emergencies, and not called", "Add a line whose carrier places calls: Twilio, or Telnyx with its TeXML application."}}
}

// registration finds whether customers may be texted by a line, and how many callers who are missed at once have their
// text-back in time, as far as the carrier's rate goes.
func registration(about string, r business.Registration) []Finding {
	out := []Finding{{OK, about, "is registered for texting, or needs not be", ""}}
	switch {
	case !r.MayText():
		out = []Finding{{Wrong, about, "its registration for texting is not approved, so customers get no texts by it", "The page Texting of the dashboard leads through it."}}
	case !r.IsKnown():
		out = []Finding{{Note, about, "whether it is registered for texting is not known; carriers filter the texts of lines that are not", "Say how it stands on the page Texting of the dashboard."}}
	}
	return append(out, Finding{
		OK, about, fmt.Sprintf("its carrier lets about %d a second of its texts leave, so of callers missed at once some %d have their text-back within 30 seconds", r.TextsPerSecond(), r.TextsInTime()), "",
	})
}

func credentials(ctx context.Context, account twilioapi.Account, l business.Line) Finding {
	about := "Twilio account " + l.AccountSID
	status, err := account.Check(ctx)
	switch {
	case err != nil:
		return failure(about, err)
	case status != "active":
		return Finding{Wrong, about, "is " + status, "See the Twilio console: only an active account gets calls."}
	}
	return Finding{OK, about, "credentials accepted", ""}
}

// failure is a request to Twilio that came to nothing.
func failure(about string, err error) Finding {
	f := Finding{Wrong, about, err.Error(), "Check that this machine reaches Twilio; https://status.twilio.com tells of its troubles."}
	var t *twilioapi.Error
	if errors.As(err, &t) && t.Class != twilioapi.Unreachable {
		f.Do = t.Tell()
	}
	return f
}

// webhooks finds whether the addresses set at Twilio for a number are ours.
func webhooks(ctx context.Context, account twilioapi.Account, public, about, number string) []Finding {
	n, found, err := account.IncomingNumber(ctx, number)
	if err != nil {
		return []Finding{failure(about, err)}
	}
	if !found {
		return []Finding{{Wrong, about, "the account has no such number", "Correct the number or the account of the line in the business file, or buy the number in the Twilio console."}}
	}
	if public == "" {
		return []Finding{{Note, about, "its addresses at Twilio cannot be judged without a public address", "Run the doctor with the same --public-url as the server."}}
	}
	public = strings.TrimRight(public, "/")
	var out []Finding
	switch {
	case n.TrunkSID != "":
		out = append(out, Finding{Wrong, about, "its calls go to SIP trunk " + n.TrunkSID, "Take the number off the trunk in the Twilio console."})
	case n.VoiceApplicationSID != "":
		out = append(out, Finding{Wrong, about, "its calls go to TwiML app " + n.VoiceApplicationSID, "Configure the number with a webhook in place of the TwiML app."})
	default:
		out = append(out, webhook(about, "A call comes in", n.VoiceURL, n.VoiceMethod, public+"/twilio/voice"))
	}
	out = append(out, webhook(about, "Call status changes", n.StatusCallback, n.StatusCallbackMethod, public+"/twilio/status"))
	if n.SMSApplicationSID != "" {
		return append(out, Finding{Wrong, about, "its texts go to TwiML app " + n.SMSApplicationSID, "Configure the number with a webhook in place of the TwiML app."})
	}
	return append(out, webhook(about, "A message comes in", n.SMSURL, n.SMSMethod, public+"/twilio/sms"))
}

// webhook compares one address at Twilio, by its name in the console, with ours.
func webhook(about, name, has, method, wants string) Finding {
	return address("Twilio", about, name, has, method, wants)
}

// address compares one address at a carrier, by its name in the carrier's pages, with ours.
func address(carrier, about, name, has, method, wants string) Finding {
	switch {
	case has != wants && has == "":
		return Finding{Wrong, about, fmt.Sprintf("%q is not set at %s", name, carrier), "Set it to " + wants + " (HTTP POST)."}
	case has != wants:
		return Finding{Wrong, about, fmt.Sprintf("%q leads to %s", name, has), "Set it to " + wants + " (HTTP POST)."}
	case method != "POST":
		return Finding{Wrong, about, fmt.Sprintf("%q is asked with %s", name, method), "Set it to HTTP POST."}
	}
	return Finding{OK, about, fmt.Sprintf("%q leads here", name), ""}
}
