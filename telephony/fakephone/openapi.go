package fakephone

import (
	"bytes"
	_ "embed"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// SpecVariable names the environment variable with the path of Twilio's OpenAPI description of its 2010-04-01 API
// (https://github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json).
const SpecVariable = "FIXLY_TWILIO_SPEC"

// validator checks requests against Twilio's description. Without one it only reads their forms.
type validator struct {
	t      testing.TB
	router routers.Router
}

// recordingsSpec describes the recordings of a call, cut out of the same description
// (https://github.com/twilio/twilio-oai at d50069b44ea8, spec/json/twilio_api_v2010.json, MIT): some copies leave it out.
//
//go:embed recordings.json
var recordingsSpec []byte

// router is loaded once: the description is two megabytes.
var router = sync.OnceValues(func() (routers.Router, error) {
	path := os.Getenv(SpecVariable)
	if path == "" {
		return nil, nil
	}
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromFile(path)
	if err != nil {
		return nil, err
	}
	doc.Servers, doc.Security = nil, nil // it is served here, and checked here
	recordings, err := loader.LoadFromData(recordingsSpec)
	if err != nil {
		return nil, err
	}
	for path, p := range recordings.Paths.Map() { // which the description need not have
		doc.Paths.Set(path, p)
	}
	paths := openapi3.NewPaths()
	for path, p := range doc.Paths.Map() {
		paths.Set(strings.TrimSuffix(path, suffix), p)
		p.Servers = nil
		for _, op := range p.Operations() {
			op.Servers, op.Security = nil, nil
		}
	}
	doc.Paths = paths
	return legacy.NewRouter(doc, openapi3.DisableExamplesValidation())
})

// suffix ends each of Twilio's paths. The router can't match a parameter that something follows ("{Sid}.json"), so it
// is taken off the description and off what is asked.
const suffix = ".json"

var withoutSpec sync.Once

func newValidator(t testing.TB) *validator {
	t.Helper()
	r, err := router()
	if err != nil {
		t.Fatalf("%s: %v", SpecVariable, err)
	}
	if r == nil {
		withoutSpec.Do(func() {
			t.Logf("requests are not checked against Twilio's description: %s is not set", SpecVariable)
		})
	}
	return &validator{t, r}
}

// check reads a request's form, and fails the test when Twilio would not understand the request.
func (v *validator) check(r *http.Request) url.Values {
	b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil // the client went away in the middle
	}
	form, err := url.ParseQuery(string(b))
	if err != nil {
		v.t.Errorf("%s %s: the body is no form: %v", r.Method, r.URL.Path, err)
	}
	if v.router == nil {
		return form
	}
	q := r.Clone(r.Context())
	q.Body = io.NopCloser(bytes.NewReader(b))
	if !strings.HasSuffix(q.URL.Path, suffix) {
		v.t.Errorf("%s %s does not end in %s", r.Method, r.URL, suffix)
	}
	q.URL.Path = strings.TrimSuffix(q.URL.Path, suffix)
	route, params, err := v.router.FindRoute(q)
	if err != nil {
		v.t.Errorf("%s %s is no request of Twilio's API: %v", r.Method, r.URL, err)
		return form
	}
	err = openapi3filter.ValidateRequest(q.Context(), &openapi3filter.RequestValidationInput{
		Request: q, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	})
	if err != nil {
		v.t.Errorf("%s %s with %v does not follow Twilio's description: %v", r.Method, r.URL, form, err)
	}
	return form
}
