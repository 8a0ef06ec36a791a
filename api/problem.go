package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Problem is an error as the API tells it: RFC 9457 "problem details", with the fields at fault and, for a time
// that can't be had, the nearest open ones.
type Problem struct {
	// Type is "about:blank" (RFC 9457 section 4.2.1): the status says what kind of problem it is.
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	// Errors names each field at fault, with a dot between levels ("customer.phone"), or the query parameter.
	Errors []FieldError `json:"errors,omitempty"`
	// Alternatives are the nearest open times, on a 409 for a time that is taken or closed.
	Alternatives *[]Opening `json:"alternatives,omitempty"`
}

// FieldError is one field at fault.
type FieldError struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

func problem(status int, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

// invalid is a 422 about fields.
func invalid(errs ...FieldError) *Problem {
	p := problem(http.StatusUnprocessableEntity, "Some of the input can't be used; see errors.")
	if len(errs) == 1 {
		p.Detail = errs[0].Field + ": " + errs[0].Detail
	}
	p.Errors = errs
	return p
}

func notFound(what string) *Problem {
	return problem(http.StatusNotFound, "There is no such "+what+" in this business.")
}

// asProblem finds what to tell about an error. Whatever is not a Problem is our own fault and is told without
// its details; tell is false then, so that it gets logged.
func asProblem(err error) (p *Problem, told bool) {
	if errors.As(err, &p) {
		return p, true
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return problem(http.StatusServiceUnavailable, "The request took too long; try again."), false
	}
	return problem(http.StatusInternalServerError, "Something went wrong here, not in the request; it was logged."), false
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	b, err := json.Marshal(p)
	if err != nil { // can't be: a Problem holds nothing that doesn't marshal
		b = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500}`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(b, '\n'))
}
