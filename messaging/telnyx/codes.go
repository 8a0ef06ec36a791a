package telnyx

import (
	"strings"

	"fixly/messaging"
)

// explanation is what one of Telnyx's error codes means to us.
type explanation struct {
	class messaging.Reason
	tell  string // a sentence for the owner of the business
}

var (
	refusedKey = explanation{messaging.Auth, "Telnyx does not accept the API key of this line; check it in the settings."}
	spam       = explanation{messaging.Other, "The carrier filtered the text as unwanted."}
	noSender   = explanation{messaging.Invalid, "The line's number cannot send texts at Telnyx; check that it has a messaging profile."}
	register   = explanation{messaging.Unregistered, "The line is not registered for business texting (10DLC) yet; do so in the Telnyx portal."}
)

// codes are the ones that a text of ours can meet, answered at once or reported later.
//
// https://developers.telnyx.com/docs/messaging/messages/error-codes
var codes = map[string]explanation{
	"10001": {messaging.Invalid, "The number is not in service."},
	"10002": {messaging.Invalid, "The number is not a valid phone number."},
	"10009": refusedKey,
	"10010": {messaging.Auth, "The API key of this line may not send texts; see its permissions in the Telnyx portal."},
	"10011": {messaging.Throttled, "Telnyx asks us to slow down; the text is sent a little later."},
	"10016": {messaging.Invalid, "The number is not a valid phone number."},
	"20100": {messaging.Auth, "The Telnyx account has run out of funds; top it up in the Telnyx portal."},
	"40001": {messaging.Landline, "The number is a landline and cannot receive texts."},
	"40002": spam,
	"40003": {messaging.Other, "The carrier blocks texts from this line as unwanted; ask Telnyx about it."},
	"40004": {messaging.Other, "The carrier did not deliver the text and gave no reason."},
	"40005": {messaging.Unreachable, "The phone was switched off or out of reach."},
	"40006": {messaging.Unreachable, "The carrier of this number could not be reached."},
	"40008": {messaging.Other, "The carrier did not deliver the text and gave no reason."},
	"40009": {messaging.Invalid, "The carrier refused the words of the text."},
	"40010": register,
	"40011": {messaging.Throttled, "Texts leave faster than the carrier allows."},
	"40012": {messaging.Invalid, "The number is not in service."},
	"40013": noSender,
	"40014": {messaging.Throttled, "The text waited at Telnyx for too long."},
	"40015": spam,
	"40016": {messaging.Throttled, "The line's registration allows no more texts to T-Mobile today."},
	"40017": spam,
	"40018": {messaging.Throttled, "Texts leave faster than the line's registration allows at AT&T."},
	"40100": noSender,
	"40150": {messaging.Unregistered, "The toll-free line is not set up for texts yet; ask Telnyx about it."},
	"40151": {messaging.Unregistered, "Texts of this line still belong to another provider; see the Telnyx portal."},
	"40300": {messaging.OptedOut, "They replied STOP to this line, so texts to them are blocked until they text START."},
	"40301": {messaging.Landline, "The number cannot receive texts."},
	"40302": {messaging.Invalid, "The text was too long."},
	"40305": noSender,
	"40309": {messaging.Invalid, "The messaging profile may not text this country; allow it in the Telnyx portal."},
	"40310": {messaging.Invalid, "The number is not one that can be texted."},
	"40312": {messaging.Auth, "The messaging profile is disabled; see the Telnyx portal."},
	"40314": {messaging.Auth, "Texts are disabled for the Telnyx account; see the Telnyx portal."},
	"40315": {messaging.Other, "Too many texts of this line were unwanted; Telnyx holds it back."},
	"40316": {messaging.Invalid, "The text was empty."},
	"40318": {messaging.Throttled, "Too many texts are waiting at Telnyx for this line."},
	"40319": {messaging.Landline, "The number cannot receive texts."},
	"40320": {messaging.Auth, "The line's number is still being set up at Telnyx."},
	"40322": spam,
	"40329": {messaging.Unregistered, "The toll-free line is not verified yet; do so in the Telnyx portal."},
	"40333": {messaging.Throttled, "The messaging profile has reached its spending limit of the day; raise it in the Telnyx portal."},
}

// explain gives the meaning of a code, Other for one that is not known or says nothing. words are Telnyx's own about it:
// carriers' refusals of any kind are reported with the code that a STOP has, and only the words tell them apart.
func explain(code, words string) explanation {
	x, ok := codes[code]
	switch {
	case !ok:
		return explanation{messaging.Other, "The carrier did not deliver the text and gave no reason."}
	case x.class == messaging.OptedOut && !strings.Contains(strings.ToUpper(words), "STOP") && !strings.Contains(words, "block rule"):
		return explanation{messaging.Other, "The carrier refused the text."}
	}
	return x
}
