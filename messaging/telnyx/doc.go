// Package telnyx sends texts through Telnyx's Messaging API and takes in its webhooks about texts, all at /telnyx/sms:
//
//   - message.received: a text came in
//   - message.sent, message.finalized: what became of one that we sent
//
// https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks
//
// Telnyx has no idempotency key for texts. Each leaves with an address for reports that names it, and by that mark both the
// reports and Telnyx's own records tell it from any other, its equals too: see docs/decisions/0031-second-carrier.md.
package telnyx
