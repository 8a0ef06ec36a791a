// Package config is what Fixly is told when it starts. The Config struct is the manual: `fixly serve --help` and
// the table in docs/operating.md are drawn from its tags, and a test keeps the page in step.
//
// A flag wins over its environment variable, which wins over the default. An empty variable counts as not set.
package config

import (
	"log/slog"
	"time"
)

// Config is every setting. What belongs to one business (numbers, hours, prices) is in its business file instead.
//
// Tags: flag and env name the setting on the two sides, default is its value when neither is given, without
// describes what happens where there is no such value, and about is the sentence for people.
type Config struct {
	Listen string `flag:"listen" env:"FIXLY_LISTEN" default:"127.0.0.1:8080" about:"address for HTTP; port 0 takes a free one"`

	Database string `flag:"database" env:"FIXLY_DATABASE_URL" default:"sqlite:fixly.db" about:"sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"`

	PublicURL string `flag:"public-url" env:"FIXLY_PUBLIC_URL" without:"http:// and the address really bound" about:"how carriers and browsers reach this server; webhook signatures are computed over it"`

	Demo bool `flag:"demo" env:"FIXLY_DEMO" default:"false" about:"load the demo business if the database is empty; the dashboard needs no sign-in, so listens on loopback only"`

	Now time.Time `flag:"now" env:"FIXLY_NOW" without:"the real time" about:"RFC 3339 instant at which the server's clock starts; it runs on from there"`

	LogLevel slog.Level `flag:"log-level" env:"FIXLY_LOG_LEVEL" default:"info" about:"debug, info, warn or error"`

	LogFormat LogFormat `flag:"log-format" env:"FIXLY_LOG_FORMAT" default:"text" about:"text or json, on standard error"`

	APIKey Secret `env:"FIXLY_API_KEY" without:"none" about:"an administrator's API key, accepted from the start"`

	SecretKey Key `env:"FIXLY_SECRET_KEY" without:"generated next to the SQLite file" about:"32 bytes in base64 that encrypt stored credentials and sign sessions; PostgreSQL deployments must set it"`

	TwilioAPIURL string `env:"FIXLY_TWILIO_API_URL" default:"https://api.twilio.com" about:"base URL of Twilio's REST API"`

	TelnyxAPIURL string `env:"FIXLY_TELNYX_API_URL" default:"https://api.telnyx.com" about:"base URL of Telnyx's REST API"`

	SMTPURL Secret `env:"FIXLY_SMTP_URL" without:"none, no e-mail is sent" about:"mail server that confirmations go out by, as smtp://USER:PASSWORD@HOST:587 (TLS as soon as the server offers it) or smtps://… (TLS from the start)"`

	MailFrom string `env:"FIXLY_MAIL_FROM" without:"none" about:"sender of e-mails, such as Fixly <bookings@example.com>; needed with FIXLY_SMTP_URL"`

	GoogleAPIURL string `env:"FIXLY_GOOGLE_API_URL" default:"https://www.googleapis.com" about:"base URL of Google Calendar"`

	GoogleOAuthURL string `env:"FIXLY_GOOGLE_OAUTH_URL" default:"https://accounts.google.com" about:"base URL of Google sign-in; anywhere else than Google's, /token and /revoke are below it too"`

	GoogleClientID string `env:"FIXLY_GOOGLE_CLIENT_ID" without:"Google Calendar can't be connected" about:"id of the OAuth client that owners sign in to Google with; see docs/providers/google.md"`

	GoogleClientSecret Secret `env:"FIXLY_GOOGLE_CLIENT_SECRET" without:"none" about:"secret of that OAuth client"`

	MicrosoftAPIURL string `env:"FIXLY_MICROSOFT_API_URL" default:"https://graph.microsoft.com" about:"base URL of Microsoft Graph"`

	MicrosoftLoginURL string `env:"FIXLY_MICROSOFT_LOGIN_URL" default:"https://login.microsoftonline.com" about:"base URL of Microsoft's sign-in"`

	MicrosoftClientID string `env:"FIXLY_MICROSOFT_CLIENT_ID" without:"Microsoft 365 can't be connected" about:"id of the app that owners sign in to Microsoft with; see docs/providers/microsoft.md"`

	MicrosoftClientSecret Secret `env:"FIXLY_MICROSOFT_CLIENT_SECRET" without:"none" about:"secret of that app"`

	CalendarPoll time.Duration `env:"FIXLY_CALENDAR_POLL" default:"1m" about:"how often a connected calendar is read that does not tell of its changes by itself"`

	RoutingURL string `env:"FIXLY_ROUTING_URL" without:"drives are estimated" about:"base URL of a routing server that speaks OSRM's protocol, asked in the background how long drives take for shops that plan their driving"`

	StripeKey Secret `env:"FIXLY_STRIPE_KEY" without:"usage is metered nowhere" about:"secret key of a Stripe account that is told of charged bookings, for those who run Fixly for others; see docs/providers/stripe.md"`

	StripeMeter string `env:"FIXLY_STRIPE_METER" default:"booked_job" about:"event name of the meter at Stripe; it sums values"`

	StripeAPIURL string `env:"FIXLY_STRIPE_API_URL" default:"https://api.stripe.com" about:"base URL of Stripe's API"`

	LLM LLM `env:"FIXLY_LLM" default:"rules" about:"language model that is asked where the built-in understanding is unsure: rules (none), openai:MODEL or anthropic:MODEL"`

	LLMDeadline time.Duration `env:"FIXLY_LLM_DEADLINE" default:"700ms" about:"how long a caller waits for the model; the built-in answer is used after that"`

	LLMCallBudget Dollars `env:"FIXLY_LLM_CALL_BUDGET" default:"0.05" about:"what the model may cost in one conversation, in US dollars"`

	LLMDayBudget Dollars `env:"FIXLY_LLM_DAY_BUDGET" default:"5" about:"what the model may cost a business in one day, in US dollars; 0 asks it never"`

	LLMPrice Price `env:"FIXLY_LLM_PRICE" without:"the list price" about:"what the model costs, as IN/OUT: US dollars for a million tokens in and out, such as 0.15/0.60"`

	OpenAIKey Secret `env:"OPENAI_API_KEY" without:"none" about:"key for openai:MODEL"`

	OpenAIURL string `env:"OPENAI_BASE_URL" default:"https://api.openai.com/v1" about:"base URL for openai:MODEL: OpenAI, or any server that speaks the same"`

	AnthropicKey Secret `env:"ANTHROPIC_API_KEY" without:"none" about:"key for anthropic:MODEL"`

	AnthropicURL string `env:"ANTHROPIC_BASE_URL" default:"https://api.anthropic.com" about:"base URL for anthropic:MODEL"`
}

// SQLitePath is the file of a sqlite: database, and false for any other.
func (c *Config) SQLitePath() (string, bool) { return sqlitePath(c.Database) }
