package month

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fixly/twilioapi"
)

// Server is Fixly in virtual time: it serves the carrier's webhooks and the API, and its durable jobs are worked when
// they are due on the month's clock. Package app makes it.
type Server interface {
	http.Handler
	Next() (at time.Time, ok bool)
	Work(ctx context.Context) (worked bool, err error)
	Close(ctx context.Context) error
}

// Address is where the server believes the world to reach it; the signatures of webhooks are over it.
const Address = "https://fixly.test"

// APIKey is the key that the month uses the server's API with.
const APIKey = "month"

// webhook posts a form as the carrier, signed, and gives the answer.
func (m *month) webhook(address string, form url.Values) (string, error) {
	address = strings.TrimPrefix(address, Address)
	body := form.Encode()
	signed, err := twilioapi.ParseForm(body)
	if err != nil {
		return "", fmt.Errorf("month: webhook %s: %w", address, err)
	}
	r, err := http.NewRequestWithContext(m.ctx, http.MethodPost, Address+address, strings.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("month: webhook %s: %w", address, err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(twilioapi.SignatureHeader, twilioapi.Sign(m.line.AuthToken, Address+address, signed))
	answer := m.serve(r)
	if answer.status/100 != 2 {
		return "", fmt.Errorf("month: webhook %s is answered %d %s", address, answer.status, answer.body.String())
	}
	return answer.body.String(), nil
}

// api asks the server's API, and reads the answer into out. It gives the status of the answer.
func (m *month) api(method, path string, in, out any) (int, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return 0, fmt.Errorf("month: %s %s: %w", method, path, err)
	}
	r, err := http.NewRequestWithContext(m.ctx, method, Address+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("month: %s %s: %w", method, path, err)
	}
	r.Header.Set("Authorization", "Bearer "+APIKey)
	r.Header.Set("Content-Type", "application/json")
	answer := m.serve(r)
	if answer.status/100 == 2 && out != nil {
		if err := json.Unmarshal(answer.body.Bytes(), out); err != nil {
			return 0, fmt.Errorf("month: %s %s is answered %s: %w", method, path, answer.body.String(), err)
		}
	}
	if answer.status >= 500 {
		return 0, fmt.Errorf("month: %s %s is answered %d %s", method, path, answer.status, answer.body.String())
	}
	return answer.status, nil
}

// all reads every page of one of the API's lists.
func all[T any](m *month, path string) ([]T, error) {
	var out []T
	for cursor := ""; ; {
		var page struct {
			Data []T    `json:"data"`
			Next string `json:"next"`
		}
		status, err := m.api(http.MethodGet, path+"limit=200&cursor="+url.QueryEscape(cursor), nil, &page)
		if err != nil {
			return nil, err
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("month: GET %s is answered %d", path, status)
		}
		out = append(out, page.Data...)
		if cursor = page.Next; cursor == "" {
			return out, nil
		}
	}
}

// answer is what the server answers to a request.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (m *month) serve(r *http.Request) *answer {
	a := &answer{header: http.Header{}, status: http.StatusOK}
	r.RemoteAddr = "192.0.2.1:1" // reserved for documentation, RFC 5737
	m.server.ServeHTTP(a, r)
	return a
}

// Header is http.ResponseWriter's.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader is http.ResponseWriter's.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write is http.ResponseWriter's.
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
