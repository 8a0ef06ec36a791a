// Package telnyx answers calls that come over Telnyx, and places calls there. TeXML is TwiML but for some attributes, so the
// calls themselves are those of package telephony/twilio; here is what Telnyx does differently, and how it is asked to call.
//
//	/telnyx/voice  and everything that package twilio lists, with /telnyx in the place of /twilio
//
// Sources, all of https://developers.telnyx.com:
//
//   - /docs/voice/programmable-voice/texml-verbs (each verb's attributes), /texml-twiml-compatibility
//   - /docs/voice/programmable-voice/conversation-relay, /api-reference/websockets/conversationrelay-websocket-channel
//   - /api-reference/callbacks/texml-call-initiated and its siblings (the parameters of webhooks)
//   - /api-reference/texml-rest-commands/create-a-connection-scoped-texml-call, whose call_sid "is the call control ID": by it
//     the call is looked at and hung up (/api-reference/call-commands/hangup-call)
//   - /docs/voice/programmable-voice/texml-answering-machine
//
// What these pages leave open, and what we do about it:
//
//   - How a relay's handshake is signed: nothing is said. Our document puts a code of its own into the address instead.
//   - What the action after <Connect> is told: not that the end message's handoffData comes back. What was sent last is stored,
//     so that whichever process is asked knows it.
//   - Whether a <Dial> connected the two: there is no DialBridged. Who pressed 1 was connected.
//   - Which keys placing a call takes: its newest page has five, of which the status callback is none; the guide to machine
//     detection sends it with the same command, and is followed.
//   - Where the verdict on who picked up comes: the guide says in the status callback, whose answer is run; Twilio's way, as the
//     instructions are fetched, is understood as well.
//   - How a call in doubt could be found: calls are listed for an account whose id is shown nowhere, and once they are over. Its
//     own webhooks settle it.
//   - Whether a <Gather> without input asks its action or falls through: a <Redirect> behind it does the same.
package telnyx
