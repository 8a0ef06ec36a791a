package stripe_test

import (
	"errors"
	"net/url"
	"reflect"
	"testing"
	"time"

	"fixly/billing"
	"fixly/billing/stripe"
)

var event = billing.UsageEvent{
	ID: "fixly-job_1", BusinessID: "biz_1", JobID: "job_1", Customer: "cus_mikes", Value: 1, At: time.Date(2026, 11, 24, 16, 0, 0, 5, time.UTC),
}

func TestTheRequest(t *testing.T) {
	f := newFake(t)
	m := stripe.New(f.url+"/", "sk_test_1", "booked_job")
	if err := m.Record(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	credit := event
	credit.ID, credit.Value = "fixly-job_1-credit", -1
	if err := m.Record(t.Context(), credit); err != nil {
		t.Fatal(err)
	}
	want := []url.Values{{
		"event_name": {"booked_job"}, "identifier": {"fixly-job_1"}, "timestamp": {"1795536000"},
		"payload[stripe_customer_id]": {"cus_mikes"}, "payload[value]": {"1"},
	}, {
		"event_name": {"booked_job"}, "identifier": {"fixly-job_1-credit"}, "timestamp": {"1795536000"},
		"payload[stripe_customer_id]": {"cus_mikes"}, "payload[value]": {"-1"},
	}}
	if !reflect.DeepEqual(f.requests, want) {
		t.Errorf("sent %v", f.requests)
	}
}

// An event whose answer was lost is sent again, and Stripe's word that it has it already is as good as the first answer. Each
// try has an idempotency key of its own, or Stripe would repeat what it said before.
func TestARepeatedEvent(t *testing.T) {
	f := newFake(t)
	m := stripe.New(f.url, "sk_test_1", "booked_job")
	f.trouble = []trouble{{take: true}}
	err := m.Record(t.Context(), event)
	var lost *billing.MeterError
	if !errors.As(err, &lost) || !lost.Retry || !lost.Unknown {
		t.Fatalf("%+v", err)
	}
	for range 2 {
		if err := m.Record(t.Context(), event); err != nil {
			t.Error(err)
		}
	}
	if len(f.keys) != 3 || f.keys[0] == "" || f.keys[0] == f.keys[1] || f.keys[1] == f.keys[2] {
		t.Errorf("keys %q", f.keys)
	}
}

func TestWhatStripeRefuses(t *testing.T) {
	const refusal = `{"error": {"type": "invalid_request_error", "message": "No such customer"}}`
	for _, c := range []struct {
		trouble        trouble
		retry, unknown bool
	}{
		{trouble{status: 400, body: refusal}, false, false},
		{trouble{status: 404, body: refusal}, false, false},
		{trouble{status: 401, body: `{"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}}`}, true, false},
		{trouble{status: 429, body: `{"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests"}}`}, true, false},
		{trouble{status: 409, body: `{"error": {"type": "idempotency_error", "message": "in progress"}}`}, true, true},
		{trouble{status: 500, body: `{"error": {"type": "api_error", "message": "An error occurred"}}`}, true, true},
		{trouble{status: 502, body: `<html>bad gateway</html>`}, true, true},
		{trouble{status: 200, body: `{"object": "billing.me`}, true, true},
		{trouble{}, true, true},
	} {
		f := newFake(t)
		f.trouble = []trouble{c.trouble}
		err := stripe.New(f.url, "sk_test_1", "booked_job").Record(t.Context(), event)
		var refused *billing.MeterError
		if !errors.As(err, &refused) || refused.Retry != c.retry || refused.Unknown != c.unknown || len(f.requests) != 1 {
			t.Errorf("%+v: %+v after %d requests", c.trouble, err, len(f.requests))
		}
	}
}
