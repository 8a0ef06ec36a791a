package calendar

import (
	"context"
	"time"
)

// Provider is a kind of calendar that can be connected. It describes itself to the page that connects it, which is drawn
// from that: exactly one of OAuth and Form is what it is, too.
type Provider interface {
	// Name is the provider in addresses and in the database: "google".
	Name() string
	// Title is what people call it: "Google Calendar".
	Title() string
	// Open gives the calendars of an account that was connected. The provider keeps what it needs beside the account's id
	// and calls save with each change of the credentials that has to last, such as a refresh token that was exchanged.
	// It does not go out to the provider yet.
	Open(a Account, save func(ctx context.Context, credentials []byte) error) (Calendars, error)
}

// Account is an account at a provider.
type Account struct {
	ID         string
	BusinessID string
	Technician string // whose it is; empty: the business's
	Provider   string
	Name       string // as the owner knows it: an e-mail address, a server's
	// Credentials are the provider's own, as JSON. They are closed in the database and in no log.
	Credentials []byte
	State       State
	Problem     string // why the state is not good, a sentence for the owner
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// State is whether an account can be used.
type State string

// The states.
const (
	Good      State = "good"
	Reconnect State = "reconnect" // access was revoked, has expired, or lacks a permission: the owner has to connect again
)

// OAuth is a provider that people connect by signing in to it (RFC 6749 section 4.1, with PKCE, RFC 7636).
type OAuth interface {
	// Ready says in a sentence for the owner what is missing before anybody can connect; empty: nothing.
	Ready() string
	// AuthURL is where the owner goes to say yes. redirect is our address to come back to, verifier PKCE's.
	AuthURL(redirect, state, verifier string) string
	// Exchange turns the code that the owner came back with into credentials, with the account's name. An *Error of kind
	// Forbidden says that a permission was not granted.
	Exchange(ctx context.Context, redirect, code, verifier string) (credentials []byte, name string, err error)
}

// Form is a provider that people connect by filling in a form.
type Form interface {
	// Fields are what to ask.
	Fields() []Field
	// Connect tries what was filled in, by the names of the fields. An error is a sentence for who filled it in; of kind
	// Unauthorized when the password is wrong.
	Connect(ctx context.Context, values map[string]string) (credentials []byte, name string, err error)
}

// Field is a question of a form.
type Field struct {
	Name, Label string
	Hint        string // a sentence below it
	Type        string // "text", "url", "password" or "file" (its content is the value)
	Required    bool
}

// Revoker is a provider that can be told that we give access up.
type Revoker interface {
	Revoke(ctx context.Context, a Account) error
}
