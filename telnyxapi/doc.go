// Package telnyxapi is what every part that speaks with Telnyx shares: the signature of its webhooks, and the few calls of
// its REST API (version 2) that Fixly makes.
//
//   - https://developers.telnyx.com/api-reference/messages/send-a-message
//   - https://developers.telnyx.com/api-reference/detail-records/search-detail-records
//   - https://developers.telnyx.com/development/api-fundamentals/webhooks/receiving-webhooks (signatures)
//
// The client is our own: Telnyx's module for Go is generated from all of its API, over a hundred packages of it.
package telnyxapi
