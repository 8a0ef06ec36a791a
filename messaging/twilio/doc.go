// Package twilio sends texts through Twilio's REST API and takes in its webhooks about texts.
//
//   - /twilio/sms: a text came in (https://www.twilio.com/docs/messaging/guides/webhook-request)
//   - /twilio/sms/status: what became of one that we sent
//     (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status)
package twilio
