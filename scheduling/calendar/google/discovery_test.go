package google_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// api is Google's description of its API (https://developers.google.com/discovery/v1/reference/apis), as the official
// module carries it.
type api struct {
	BasePath   string             `json:"basePath"`
	Parameters map[string]*schema `json:"parameters"`
	Schemas    map[string]*schema `json:"schemas"`
	Auth       struct {
		OAuth2 struct {
			Scopes map[string]any `json:"scopes"`
		} `json:"oauth2"`
	} `json:"auth"`
	Resources map[string]struct {
		Methods map[string]*method `json:"methods"`
	} `json:"resources"`
}

type method struct {
	ID         string             `json:"id"`
	Method     string             `json:"httpMethod"`
	Path       string             `json:"path"`
	Parameters map[string]*schema `json:"parameters"`
	Request    *schema            `json:"request"`
	Response   *schema            `json:"response"`
	Scopes     []string           `json:"scopes"`

	pattern *regexp.Regexp
	names   []string // of what the pattern finds
}

type schema struct {
	Ref         string             `json:"$ref"`
	Type        string             `json:"type"`
	Format      string             `json:"format"`
	Enum        []string           `json:"enum"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Additional  *schema            `json:"additionalProperties"`
	Location    string             `json:"location"`
	Required    bool               `json:"required"`
	Repeated    bool               `json:"repeated"`
	Minimum     string             `json:"minimum"`
	Maximum     string             `json:"maximum"`
	Annotations struct {
		Required []string `json:"required"`
	} `json:"annotations"`
}

var (
	loaded  *api
	loading sync.Once
	errLoad error
)

// describe reads the description, once.
func describe(t testing.TB) *api {
	t.Helper()
	loading.Do(func() { loaded, errLoad = load() })
	if errLoad != nil {
		t.Fatalf("the description of Google's API: %v", errLoad)
	}
	return loaded
}

func load() (*api, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "google.golang.org/api").Output()
	if err != nil {
		return nil, fmt.Errorf("where is google.golang.org/api: %w", err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "calendar", "v3", "calendar-api.json"))
	if err != nil {
		return nil, err
	}
	a := &api{}
	if err := json.Unmarshal(b, a); err != nil {
		return nil, err
	}
	hole := regexp.MustCompile(`\\\{(\w+)\\\}`)
	for _, r := range a.Resources {
		for _, m := range r.Methods {
			quoted := regexp.QuoteMeta(m.Path)
			for _, found := range hole.FindAllStringSubmatch(quoted, -1) {
				m.names = append(m.names, found[1])
			}
			m.pattern = regexp.MustCompile("^" + hole.ReplaceAllString(quoted, "([^/]+)") + "$")
		}
	}
	return a, nil
}

// find gives the method that a request calls.
func (a *api) find(r *http.Request) (*method, map[string]string) {
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), a.BasePath)
	if !ok {
		return nil, nil
	}
	var best *method
	var in map[string]string
	for _, res := range a.Resources {
		for _, m := range res.Methods {
			found := m.pattern.FindStringSubmatch(path)
			if m.Method != r.Method || found == nil || best != nil && len(best.names) <= len(m.names) {
				continue // "…/events/watch" is nearer than "…/events/{eventId}"
			}
			best, in = m, map[string]string{}
			for i, n := range m.names {
				in[n] = found[i+1]
			}
		}
	}
	return best, in
}

// checkRequest checks a request against the description.
func (a *api) checkRequest(r *http.Request, body []byte) error {
	m, in := a.find(r)
	if m == nil {
		return errors.New("there is no such method")
	}
	for name, p := range m.Parameters {
		_, there := in[name]
		if p.Location == "query" {
			there = r.URL.Query().Has(name)
		}
		if p.Required && !there {
			return fmt.Errorf("%s needs %s", m.ID, name)
		}
	}
	for name, values := range r.URL.Query() {
		p := m.Parameters[name]
		if p == nil || p.Location != "query" {
			if p = a.Parameters[name]; p == nil {
				return fmt.Errorf("%s has no parameter %s", m.ID, name)
			}
		}
		if len(values) > 1 && !p.Repeated {
			return fmt.Errorf("%s: %s is there %d times", m.ID, name, len(values))
		}
		for _, v := range values {
			if err := p.checkText(v); err != nil {
				return fmt.Errorf("%s: %s: %w", m.ID, name, err)
			}
		}
	}
	if m.Request == nil {
		if len(body) > 0 {
			return fmt.Errorf("%s takes no body", m.ID)
		}
		return nil
	}
	if ct := r.Header.Get("Content-Type"); ct != "application/json" {
		return fmt.Errorf("%s: the body is %q", m.ID, ct)
	}
	return a.checkJSON(m, m.Request, body, true)
}

// checkAnswer checks an answer against the description. Refusals are not in it; their form is the same for all APIs.
func (a *api) checkAnswer(r *http.Request, status int, header http.Header, body []byte) error {
	m, _ := a.find(r)
	switch {
	case m == nil:
		return errors.New("there is no such method")
	case status >= 400:
		var no struct {
			Error *struct {
				Code    int    `json:"code"`
				Message string `json:"message"`
				Errors  []struct{ Domain, Reason, Message string }
			} `json:"error"`
		}
		if err := json.Unmarshal(body, &no); err != nil || no.Error == nil || no.Error.Code != status || no.Error.Message == "" ||
			len(no.Error.Errors) == 0 || no.Error.Errors[0].Reason == "" {
			return fmt.Errorf("%s: status %d with %s", m.ID, status, body)
		}
		return nil
	case m.Response == nil:
		if status != http.StatusNoContent || len(body) > 0 {
			return fmt.Errorf("%s: status %d with %d bytes, want none", m.ID, status, len(body))
		}
		return nil
	case status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "application/json"):
		return fmt.Errorf("%s: status %d, %s", m.ID, status, header.Get("Content-Type"))
	}
	return a.checkJSON(m, m.Response, body, false)
}

func (a *api) checkJSON(m *method, s *schema, body []byte, request bool) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("%s: the body is no JSON: %w", m.ID, err)
	}
	if err := a.check(m, s, v, "body", request); err != nil {
		return fmt.Errorf("%s: %w", m.ID, err)
	}
	return nil
}

// check checks a value against a schema: type, format and bounds, no field that is unknown, none missing that a request
// needs. In a patch, null stands for taking a field away.
func (a *api) check(m *method, s *schema, v any, at string, request bool) error {
	if s.Ref != "" {
		if s = a.Schemas[s.Ref]; s == nil {
			return fmt.Errorf("%s: the schema is missing", at)
		}
	}
	if v == nil && request && m.Method == http.MethodPatch {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		if s.Type != "object" {
			return fmt.Errorf("%s is an object, want %s", at, s.Type)
		}
		for name, p := range s.Properties {
			if _, there := v[name]; !there && request && slices.Contains(p.Annotations.Required, m.ID) {
				return fmt.Errorf("%s has no %s", at, name)
			}
		}
		for name, value := range v {
			p := s.Properties[name]
			if p == nil {
				p = s.Additional
			}
			if p == nil {
				return fmt.Errorf("%s has no field %s", at, name)
			}
			if err := a.check(m, p, value, at+"."+name, request); err != nil {
				return err
			}
		}
		return nil
	case []any:
		if s.Type != "array" {
			return fmt.Errorf("%s is an array, want %s", at, s.Type)
		}
		for i, value := range v {
			if err := a.check(m, s.Items, value, fmt.Sprintf("%s[%d]", at, i), request); err != nil {
				return err
			}
		}
		return nil
	case bool:
		if s.Type != "boolean" {
			return fmt.Errorf("%s is %v, want %s", at, v, s.Type)
		}
		return nil
	case json.Number:
		if s.Type != "integer" && s.Type != "number" {
			return fmt.Errorf("%s is %v, want %s", at, v, s.Type)
		}
		return wrap(at, s.checkText(v.String()))
	case string:
		if s.Type != "string" && s.Type != "any" {
			return fmt.Errorf("%s is a string, want %s", at, s.Type)
		}
		return wrap(at, s.checkText(v))
	}
	return fmt.Errorf("%s is %v", at, v)
}

func wrap(at string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	return nil
}

// checkText checks a value as it stands in a query, or a string or number of a body.
func (s *schema) checkText(v string) error {
	var err error
	switch s.Type + " " + s.Format {
	case "boolean ":
		if v != "true" && v != "false" {
			err = errors.New("no boolean")
		}
	case "integer int32":
		_, err = strconv.ParseInt(v, 10, 32)
	case "string int64":
		_, err = strconv.ParseInt(v, 10, 64)
	case "string date":
		_, err = time.Parse(time.DateOnly, v)
	case "string date-time":
		_, err = time.Parse(time.RFC3339, v)
	}
	if err != nil {
		return fmt.Errorf("%q is no %s %s: %w", v, s.Type, s.Format, err)
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, v) {
		return fmt.Errorf("%q is none of %v", v, s.Enum)
	}
	if n, err := strconv.Atoi(v); err == nil {
		if low, err := strconv.Atoi(s.Minimum); err == nil && n < low {
			return fmt.Errorf("%d is below %d", n, low)
		}
		if high, err := strconv.Atoi(s.Maximum); err == nil && n > high {
			return fmt.Errorf("%d is above %d", n, high)
		}
	}
	return nil
}
