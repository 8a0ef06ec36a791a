// Package twilio answers calls that come over Twilio: its voice webhooks with TwiML, and its ConversationRelay
// sessions with the receptionist's words.
//
//	/twilio/voice       a call comes in         → who takes it, by the answering plan (package routing)
//	/twilio/dial        a person was rung       → next in the chain, the receptionist, or the end
//	/twilio/dial/accept a person picked up      → who is calling; press 1 to take it (a voicemail can't)
//	/twilio/relay       a session's WebSocket   → the conversation (session.go draws who owns what)
//	/twilio/relay/done  a session ended         → transfer, resume, goodbye
//	/twilio/gather      one turn without relay  → the next <Gather>
//	/twilio/status      a call changed state    → its end
//	/twilio/outbound/…  a call that we placed   → what its script says (telephony.Switchboard)
//
// Everything is signed by Twilio with the line's auth token, and nothing is believed before the signature is
// checked (authenticate.go). What the next webhook must know and no row holds travels in the query of its
// address, which the signature covers. Answers are derived from the stored call, so a webhook that Twilio repeats
// gets the answer it got.
//
// When the database is gone, the caller hears an apology and is put through to the owner by TwiML made from what
// this process remembers of the line (lines.go).
package twilio
