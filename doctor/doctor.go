// Package doctor looks an installation over: configuration, database, carrier, calendar and clock. Each finding
// says what is wrong and what to do about it. It changes nothing.
package doctor

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/twilioapi"
)

// Verdict is how bad a finding is.
type Verdict string

// The verdicts.
const (
	OK    Verdict = "ok"
	Note  Verdict = "note"  // works, or could not be looked at, and worth knowing
	Wrong Verdict = "wrong" // something will fail
)

// Finding is one line of the report.
type Finding struct {
	Verdict Verdict
	About   string // what was looked at: "database", "line +13125550100"
	What    string // what was found, a clause without a full stop
	Do      string // what to do about it, a sentence; empty for OK
}

// Options are the installation to look over.
type Options struct {
	Config config.Config
	// ConfigErr is why the configuration could not be read; nothing else can be looked at then.
	ConfigErr error
	// Open opens the database for reading.
	Open func(ctx context.Context) (Database, error)
	// Fiction says of a line that it belongs to nobody and nothing leaves by it, as the demo's; nil: none does.
	Fiction func(business.Line) bool
	// AskModel asks the language model of the configuration something; nil: there is none. The error is of package model.
	AskModel func(ctx context.Context) error
	// Clock is this machine's.
	Clock clock.Clock
	// Client makes the requests to carriers; nil means one with sensible timeouts.
	Client *http.Client
}

// Database is what is asked of the database. Nothing here changes it, its schema included.
type Database interface {
	// Schema is the version of the schema that the database has, 0 when it is new, and the one this program needs.
	Schema(ctx context.Context) (has, needs int64, err error)
	Businesses(ctx context.Context) ([]*business.Business, error)
	Close() error
}

// patience bounds the whole examination.
const patience = 60 * time.Second

// Examine makes all findings, in the order in which things depend on each other.
func Examine(ctx context.Context, o Options) []Finding {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if o.ConfigErr != nil {
		return []Finding{{Wrong, "configuration", o.ConfigErr.Error(), "Mend it first; fixly serve --help lists every setting."}}
	}
	out := configuration(o.Config)
	findings, businesses := database(ctx, o)
	out = append(out, findings...)
	client, err := twilioapi.NewClient(o.Config.TwilioAPIURL, o.Client)
	if err != nil {
		out = append(out, Finding{Wrong, "carrier", err.Error(), "Set FIXLY_TWILIO_API_URL to an address, or leave it out for Twilio's own."})
	} else {
		out = append(out, carriers(ctx, client, o, businesses)...)
	}
	out = append(out, languageModel(ctx, o)...)
	out = append(out, Finding{OK, "calendar", "built in; this version connects to no outside calendar", ""})
	return append(out, clocks(ctx, o, businesses)...)
}

// Write writes findings, a line each, and says whether any is wrong.
func Write(w io.Writer, findings []Finding) (wrong bool, err error) {
	for _, f := range findings {
		wrong = wrong || f.Verdict == Wrong
		line := fmt.Sprintf("%-5s  %s: %s", f.Verdict, f.About, f.What)
		if f.Do != "" {
			line += ". " + f.Do
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}
