package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"fixly/business"
)

func (s *server) getBusiness(_ context.Context, r *request) (reply, error) {
	return showBusiness(r.b)
}

// showBusiness answers with the business, secrets masked, and an ETag for a conditional PUT.
func showBusiness(b *business.Business) (reply, error) {
	masked := business.Masked(b)
	tag, err := fingerprint(masked)
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusOK, body: masked, etag: `"` + tag + `"`}, nil
}

// putBusiness stores the business anew, whole. Masked secrets stay as they are. With If-Match (RFC 9110 section
// 13.1.1) it refuses to overwrite a change that the client hasn't seen.
func (s *server) putBusiness(ctx context.Context, r *request) (reply, error) {
	data, err := io.ReadAll(http.MaxBytesReader(r.w, r.Body, maxBusinessBody))
	if err != nil {
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) {
			return reply{}, decodeProblem(err, maxBusinessBody)
		}
		return reply{}, problem(http.StatusBadRequest, "The body could not be read whole.")
	}
	if !json.Valid(data) {
		return reply{}, problem(http.StatusBadRequest, "The body is not valid JSON.")
	}
	edited, err := business.ParseJSON(data)
	if err != nil {
		return reply{}, businessProblem(err)
	}
	if s.Harmful != nil {
		harmful, err := s.Harmful(ctx, edited.Taught, r.b.Taught)
		if err != nil {
			return reply{}, err
		}
		if len(harmful) > 0 {
			return reply{}, businessProblem(harmful)
		}
	}
	var stored *business.Business
	err = s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		current, err := tx.Business(ctx, r.b.ID)
		if err != nil {
			return err
		}
		if err := checkMatch(r.Request, current); err != nil {
			return err
		}
		next := edited.Clone() // this function may run more than once
		next.ID = current.ID
		if err := business.Unmask(next, current); err != nil {
			return businessProblem(err)
		}
		if err := checkOwn(ctx, tx, next); err != nil {
			return err
		}
		stored = next
		return tx.UpdateBusiness(ctx, next)
	})
	if err != nil {
		return reply{}, err
	}
	return showBusiness(stored)
}

// checkMatch refuses when the client edited another version than the current one.
func checkMatch(r *http.Request, current *business.Business) error {
	want := r.Header.Get("If-Match")
	if want == "" || want == "*" {
		return nil
	}
	tag, err := fingerprint(business.Masked(current))
	if err != nil {
		return err
	}
	if want != `"`+tag+`"` {
		return problem(http.StatusPreconditionFailed, "The business was changed meanwhile; get it again and repeat your edit.")
	}
	return nil
}

// checkOwn refuses a slug or a number that another business of the installation has.
func checkOwn(ctx context.Context, tx Tx, b *business.Business) error {
	all, err := tx.Businesses(ctx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID == b.ID {
			continue
		}
		if other.Profile.Slug == b.Profile.Slug {
			return invalid(FieldError{"business.slug", "belongs to another business"})
		}
		for i, l := range b.Lines {
			if other.LineByNumber(l.Number) != nil {
				return invalid(FieldError{fmt.Sprintf("lines[%d].number", i), "belongs to another business"})
			}
		}
	}
	return nil
}

// businessProblem tells what is wrong with a business, key by key.
func businessProblem(err error) error {
	var ps business.Problems
	if !errors.As(err, &ps) {
		return err
	}
	fields := make([]FieldError, len(ps))
	for i, p := range ps {
		fields[i] = FieldError{p.Key, p.Message}
	}
	return invalid(fields...)
}

// fingerprint tells versions of a business apart.
func fingerprint(b *business.Business) (string, error) {
	data, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("api: encoding the business: %w", err)
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:16]), nil
}
