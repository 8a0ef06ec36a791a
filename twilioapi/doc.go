// Package twilioapi is what every part that speaks with Twilio shares: the signature of its webhooks and
// WebSocket handshakes, their form parameters, and the few calls of its REST API that Fixly makes.
//
// The REST client is our own because twilio-go has no base URL of its own (FIXLY_TWILIO_API_URL), takes no
// context, and refuses any auth token that is not purely alphanumeric, which rules out Twilio's stand-ins. The
// signature check is our own because twilio-go's looks at the first value of a repeated parameter only and adds
// port 80 to wss addresses; the tests hold it against twilio-go and against the vector Twilio documents.
package twilioapi
