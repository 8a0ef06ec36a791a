// Package stripe tells Stripe's meters of usage (https://docs.stripe.com/billing/subscriptions/usage-based), by Stripe's own
// library. Invoices are Stripe's affair: the price of a booking belongs there, with a meter that sums values.
package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	stripesdk "github.com/stripe/stripe-go/v82"

	"fixly/billing"
)

// Meter is one meter of a Stripe account. It is safe for concurrent use.
type Meter struct {
	backend   stripesdk.Backend
	key, name string
}

// requestTimeout is how long Stripe may take; the job of an event has half a minute.
const requestTimeout = 20 * time.Second

// New makes a meter. baseURL is Stripe's, key a secret or restricted key, name the meter's event name.
func New(baseURL, key, name string) *Meter {
	backend := stripesdk.GetBackendWithConfig(stripesdk.APIBackend, &stripesdk.BackendConfig{
		URL:        stripesdk.String(strings.TrimSuffix(baseURL, "/")),
		HTTPClient: &http.Client{Timeout: requestTimeout},
		// The queue tries again, and notes each try; the library would do so by itself, and log to standard error.
		MaxNetworkRetries: stripesdk.Int64(0),
		LeveledLogger:     &stripesdk.LeveledLogger{Level: stripesdk.LevelNull},
		EnableTelemetry:   stripesdk.Bool(false),
	})
	return &Meter{backend: backend, key: key, name: name}
}

// Record implements billing.Meter. The event's ID is its identifier, which Stripe takes once within 24 hours at least. The
// idempotency key is the library's, another one for each try: under the same one Stripe would repeat an error 500 for a day.
// A credit is a negative value, as Stripe advises for usage that is older than the day in which it could be cancelled.
func (m *Meter) Record(ctx context.Context, e billing.UsageEvent) error {
	p := &stripesdk.BillingMeterEventCreateParams{
		EventName:  stripesdk.String(m.name),
		Identifier: stripesdk.String(e.ID),
		Timestamp:  stripesdk.Int64(e.At.Unix()),
		Payload:    map[string]string{"stripe_customer_id": e.Customer, "value": strconv.Itoa(e.Value)},
	}
	p.Context = ctx
	// The library's client of every service would be several times the size of its backend.
	err := m.backend.Call(http.MethodPost, "/v1/billing/meter_events", m.key, p, &stripesdk.BillingMeterEvent{})
	if err == nil {
		return nil
	}
	var refused *stripesdk.Error
	if !errors.As(err, &refused) {
		return &billing.MeterError{Retry: true, Unknown: true, Err: err} // no answer, or none that can be read
	}
	said := fmt.Errorf("stripe answered %d: %s %s", refused.HTTPStatusCode, refused.Type, refused.Msg)
	switch status := refused.HTTPStatusCode; {
	case isRepeated(refused):
		return nil
	case status == http.StatusTooManyRequests, status == http.StatusUnauthorized, status == http.StatusForbidden:
		// A key can be replaced while events wait.
		return &billing.MeterError{Retry: true, Err: said}
	case status == http.StatusConflict: // another request with this idempotency key is being worked
		return &billing.MeterError{Retry: true, Unknown: true, Err: said}
	case status >= http.StatusInternalServerError:
		return &billing.MeterError{Retry: true, Unknown: true, Err: said}
	}
	return &billing.MeterError{Err: said}
}

// isRepeated says whether Stripe has an event with this identifier already. The API names no code for that; the message is
// "An event already exists with identifier ...".
func isRepeated(e *stripesdk.Error) bool {
	return e.HTTPStatusCode == http.StatusBadRequest && strings.Contains(strings.ToLower(e.Msg), "already exists with identifier")
}
