// Package httpgateway sends texts through whatever takes them by HTTP, and takes in what it tells of: a modem with a SIM card,
// a phone with an app, a provider without a package here. What is asked of it and how it is read stands in the business file
// (business.Gateway); docs/providers/http-gateway.md goes through it.
//
//	/gateway/sms/TOKEN  a text came in, or what became of one that we sent
//
// A gateway can't be asked which texts it took. Where its answer is lost, the text is sent again only if the gateway is
// known to ignore repeats; else it is given up and the owner told, unless a report says in time that it left.
package httpgateway
