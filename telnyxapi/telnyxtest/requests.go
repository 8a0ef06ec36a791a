// Package telnyxtest holds requests against what Telnyx publishes of its REST API, and has a key that signs as an account
// does: for stand-ins for Telnyx.
package telnyxtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// field is what Telnyx says of one key of a body.
type field struct {
	kind     byte // 's' text, 'n' whole number, 'b' true or false, 'l' a list of texts
	required bool
	options  []string       // the values that a text may have; empty: any
	form     *regexp.Regexp // that a text must have; nil: any
}

var (
	number  = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	address = regexp.MustCompile(`^https?://[^ ]{1,999}$`)
	method  = []string{"GET", "POST"}
)

// operations are the ones that Fixly uses, with every key of their bodies as the OpenAPI description of Telnyx's version 2
// has them (https://developers.telnyx.com/openapi/spec, as of August 2026).
var operations = []struct {
	method string
	path   *regexp.Regexp
	body   map[string]field
	query  []string
}{
	{method: "POST", path: regexp.MustCompile(`^/v2/messages$`), body: map[string]field{
		"from": {kind: 's', form: number}, "to": {kind: 's', required: true, form: number}, "text": {kind: 's'},
		"messaging_profile_id": {kind: 's'}, "webhook_url": {kind: 's', form: address}, "webhook_failover_url": {kind: 's', form: address},
		"use_profile_webhooks": {kind: 'b'}, "subject": {kind: 's'}, "media_urls": {kind: 'l'}, "send_at": {kind: 's'}, "auto_detect": {kind: 'b'},
		"type": {kind: 's', options: []string{"SMS", "MMS"}}, "encoding": {kind: 's', options: []string{"auto", "gsm7", "ucs2"}},
	}},
	{
		method: "GET", path: regexp.MustCompile(`^/v2/detail_records$`),
		query: []string{
			"filter[record_type]", "filter[direction]", "filter[cld]", "filter[cli]", "filter[created_at][gte]", "filter[created_at][lt]",
			"filter[date_range]", "sort", "page[number]", "page[size]",
		},
	},
	{method: "GET", path: regexp.MustCompile(`^/v2/phone_numbers$`), query: []string{"filter[phone_number]", "page[number]", "page[size]"}},
	{method: "GET", path: regexp.MustCompile(`^/v2/texml_applications/[^/]+$`)},
	{method: "GET", path: regexp.MustCompile(`^/v2/messaging_profiles/[^/]+$`)},
	{method: "POST", path: regexp.MustCompile(`^/v2/texml/Accounts/[^/]+/Calls$`), body: map[string]field{
		"To": {kind: 's', form: number}, "From": {kind: 's', form: number}, "Url": {kind: 's', form: address}, "Texml": {kind: 's'},
		"ApplicationSid": {kind: 's'}, "UrlMethod": {kind: 's', options: method}, "FallbackUrl": {kind: 's', form: address}, "CallerId": {kind: 's'},
		"StatusCallback": {kind: 's', form: address}, "StatusCallbackMethod": {kind: 's', options: method}, "StatusCallbackEvent": {kind: 's'},
		"MachineDetection":        {kind: 's', options: []string{"Enable", "Disable", "DetectMessageEnd"}},
		"DetectionMode":           {kind: 's', options: []string{"Premium", "Regular", "PremiumCallScreening"}},
		"MachineDetectionTimeout": {kind: 'n'}, "AsyncAmd": {kind: 'b'}, "AsyncAmdStatusCallback": {kind: 's', form: address},
		"AsyncAmdStatusCallbackMethod": {kind: 's', options: method}, "Timeout": {kind: 'n'}, "TimeLimit": {kind: 'n'},
	}},
	// Telnyx describes this one thrice: the newest page has the first five keys, its guide to machine detection the others but
	// Timeout, which the page of the same command by an account has.
	{method: "POST", path: regexp.MustCompile(`^/v2/texml/calls/[^/]+$`), body: map[string]field{
		"To": {kind: 's', required: true, form: number}, "From": {kind: 's', required: true, form: number}, "Url": {kind: 's', form: address},
		"Texml": {kind: 's'}, "Method": {kind: 's', options: method},
		"StatusCallback": {kind: 's', form: address}, "StatusCallbackMethod": {kind: 's', options: method},
		"StatusCallbackEvent": {kind: 's', form: regexp.MustCompile(`^(initiated|ringing|answered|completed)( (initiated|ringing|answered|completed))*$`)},
		"MachineDetection":    {kind: 's', options: []string{"Enable", "Disable", "DetectMessageEnd"}}, "Timeout": {kind: 'n'},
	}},
	{method: "GET", path: regexp.MustCompile(`^/v2/calls/[^/]+$`)},
	{method: "POST", path: regexp.MustCompile(`^/v2/calls/[^/]+/actions/hangup$`), body: map[string]field{
		"client_state": {kind: 's'}, "command_id": {kind: 's'},
	}},
}

// Check says what Telnyx would have against a request; nil when it is as described. The body can be read again.
func Check(r *http.Request) error {
	if !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") {
		return errors.New("no API key: Authorization must be Bearer KEY")
	}
	for _, op := range operations {
		if op.method != r.Method || !op.path.MatchString(r.URL.Path) {
			continue
		}
		for q := range r.URL.Query() {
			if !slices.Contains(op.query, q) {
				return fmt.Errorf("%s %s has no parameter %s", r.Method, r.URL.Path, q)
			}
		}
		if op.body == nil {
			return nil
		}
		return checkBody(r, op.body)
	}
	return fmt.Errorf("%s %s is no operation that is known here", r.Method, r.URL.Path)
}

func checkBody(r *http.Request, known map[string]field) error {
	if t := r.Header.Get("Content-Type"); t != "application/json" {
		return fmt.Errorf("the body is %s, not application/json", t)
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(b))
	var given map[string]any
	if err := json.Unmarshal(b, &given); err != nil {
		return fmt.Errorf("the body is no JSON object: %w", err)
	}
	for k, v := range given {
		f, ok := known[k]
		if !ok {
			return fmt.Errorf("the body has a key %s that is not described", k)
		}
		if err := f.check(v); err != nil {
			return fmt.Errorf("%s %w", k, err)
		}
	}
	for k, f := range known {
		if _, ok := given[k]; f.required && !ok {
			return fmt.Errorf("%s is required", k)
		}
	}
	return nil
}

func (f field) check(v any) error {
	switch x := v.(type) {
	case string:
		switch {
		case f.kind != 's':
			return errors.New("must not be text")
		case len(f.options) > 0 && !slices.Contains(f.options, x):
			return fmt.Errorf("must be one of %v, not %q", f.options, x)
		case f.form != nil && !f.form.MatchString(x):
			return fmt.Errorf("must not be %q", x)
		}
	case float64:
		if f.kind != 'n' || x != float64(int64(x)) {
			return errors.New("must not be a number")
		}
	case bool:
		if f.kind != 'b' {
			return errors.New("must not be true or false")
		}
	case []any:
		if f.kind != 'l' {
			return errors.New("must not be a list")
		}
	default:
		return fmt.Errorf("must not be %T", v)
	}
	return nil
}
