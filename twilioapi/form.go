package twilioapi

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// MaxBody bounds the body of a webhook, in bytes. Twilio's largest, a text with ten pictures, is under 16 KiB.
const MaxBody = 64 << 10

// What can be wrong with a webhook's body, see Status.
var (
	ErrTooLarge = errors.New("twilioapi: the body is larger than a webhook's")
	ErrNotForm  = errors.New("twilioapi: the body is not form-encoded")
)

// Param is one parameter of a form.
type Param struct{ Key, Value string }

// Form is the parameters of a webhook, parsed once: sorted by key, values of a repeated key in the order they
// came. The zero Form has none.
type Form struct{ params []Param }

// ParseForm reads application/x-www-form-urlencoded text.
func ParseForm(body string) (Form, error) {
	params := make([]Param, 0, strings.Count(body, "&")+1)
	for body != "" {
		var pair string
		pair, body, _ = strings.Cut(body, "&")
		if pair == "" {
			continue
		}
		k, v, _ := strings.Cut(pair, "=")
		key, err := url.QueryUnescape(k)
		if err != nil {
			return Form{}, fmt.Errorf("%w: %w", ErrNotForm, err)
		}
		value, err := url.QueryUnescape(v)
		if err != nil {
			return Form{}, fmt.Errorf("%w: parameter %q: %w", ErrNotForm, key, err)
		}
		params = append(params, Param{key, value})
	}
	return Form{sorted(params)}, nil
}

// FormOf is the form with these values.
func FormOf(v url.Values) Form {
	params := make([]Param, 0, len(v))
	for k, vs := range v {
		for _, x := range vs {
			params = append(params, Param{k, x})
		}
	}
	return Form{sorted(params)}
}

func sorted(p []Param) []Param {
	slices.SortStableFunc(p, func(a, b Param) int { return strings.Compare(a.Key, b.Key) })
	return p
}

// ReadForm reads the body of a webhook, at most MaxBody bytes of it. Status says how to answer its errors.
func ReadForm(w http.ResponseWriter, r *http.Request) (Form, error) {
	f, _, err := ReadSigned(w, r)
	return f, err
}

// ReadSigned is ReadForm for carriers that sign the body as it came, which it gives besides.
func ReadSigned(w http.ResponseWriter, r *http.Request) (Form, []byte, error) {
	if t := r.Header.Get("Content-Type"); t != "" {
		if m, _, err := mime.ParseMediaType(t); err != nil || m != "application/x-www-form-urlencoded" {
			return Form{}, nil, fmt.Errorf("%w but %q", ErrNotForm, t)
		}
	}
	if r.ContentLength > MaxBody {
		return Form{}, nil, fmt.Errorf("%w: %d bytes", ErrTooLarge, r.ContentLength)
	}
	b, err := readAll(http.MaxBytesReader(w, r.Body, MaxBody), r.ContentLength)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return Form{}, nil, ErrTooLarge
		}
		return Form{}, nil, fmt.Errorf("twilioapi: read the body: %w", err)
	}
	f, err := ParseForm(string(b))
	return f, b, err
}

// readAll is io.ReadAll with room for the announced size, so that a webhook costs one allocation.
func readAll(r io.Reader, size int64) ([]byte, error) {
	b := make([]byte, 0, max(size+1, 512))
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return b, err
		}
		if len(b) == cap(b) {
			b = slices.Grow(b, len(b))
		}
	}
}

// Status is the HTTP status that answers an error of ReadForm.
func Status(err error) int {
	switch {
	case errors.Is(err, ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrNotForm):
		return http.StatusUnsupportedMediaType
	default:
		return http.StatusBadRequest
	}
}

// Get is the first value of a parameter as Text, or the empty string.
func (f Form) Get(key string) string {
	i, ok := slices.BinarySearchFunc(f.params, key, func(p Param, k string) int { return strings.Compare(p.Key, k) })
	if !ok {
		return ""
	}
	return Text(f.params[i].Value)
}

// Text makes what came from outside fit to be stored. PostgreSQL takes neither NUL nor broken UTF-8, and nobody says
// or writes either.
func Text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Values copies the form into the standard library's type, as it came.
func (f Form) Values() url.Values {
	v := make(url.Values, len(f.params))
	for _, p := range f.params {
		v[p.Key] = append(v[p.Key], p.Value)
	}
	return v
}

// Encode writes the form as it travels, sorted by key.
func (f Form) Encode() string { return f.Values().Encode() }
