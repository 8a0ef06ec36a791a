package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// The most that a request's body may hold.
const (
	maxBody         = 64 << 10
	maxBusinessBody = 1 << 20
)

// decode reads a body of JSON strictly: one value, no unknown fields, at most limit bytes.
func decode(w http.ResponseWriter, r *http.Request, limit int64, into any) error {
	if ct := r.Header.Get("Content-Type"); ct != "" {
		if mt, _, err := mime.ParseMediaType(ct); err != nil || mt != "application/json" && !strings.HasSuffix(mt, "+json") {
			return problem(http.StatusUnsupportedMediaType, "Send the body as application/json.")
		}
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return decodeProblem(err, limit)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return problem(http.StatusBadRequest, "The body holds more than one JSON value.")
	}
	return nil
}

func decodeProblem(err error, limit int64) error {
	var (
		tooBig  *http.MaxBytesError
		badType *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &tooBig):
		return problem(http.StatusRequestEntityTooLarge, fmt.Sprintf("The body is larger than %d bytes.", limit))
	case errors.As(err, &badType):
		field := badType.Field
		if field == "" {
			return problem(http.StatusUnprocessableEntity, "The body is a "+badType.Value+", not an object.")
		}
		return invalid(FieldError{field, "is a " + badType.Value + "; expected " + jsonName(badType.Type.Kind().String())})
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return invalid(FieldError{strings.Trim(name, `"`), "is not a known field"})
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return problem(http.StatusBadRequest, "The body is not valid JSON: "+strings.TrimPrefix(err.Error(), "json: ")+".")
	}
	// What is left are the words of a field's own unmarshaller, such as a length of time.
	return problem(http.StatusUnprocessableEntity, strings.TrimPrefix(err.Error(), "json: "))
}

// jsonName is what JSON calls a kind of Go value.
func jsonName(kind string) string {
	switch kind {
	case "struct", "map":
		return "an object"
	case "slice", "array":
		return "a list"
	case "string":
		return "a string"
	case "bool":
		return "true or false"
	}
	return "a number"
}
