// Package webpushtest is a push service with browsers behind it, for tests: it checks the signature of each push (RFC 8292)
// and decrypts it as a browser does (RFC 8291).
package webpushtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/webpush"
)

// Service is the push service.
type Service struct {
	t      testing.TB
	server *httptest.Server

	mu       sync.Mutex
	browsers map[string]*browser
	got      []Got
	arrived  chan struct{} // closed, and made anew, with each of got
	answers  []answer      // to the next requests, in place of 201
}

type browser struct {
	private *ecdh.PrivateKey
	auth    []byte
}

// answer is a status with its Retry-After, empty for none.
type answer struct {
	status int
	after  string
}

// Got is a push that a browser got.
type Got struct {
	Endpoint, Payload, TTL, Urgency, Topic, Subject string
}

// New starts a push service that ends with the test.
func New(t testing.TB) *Service {
	s := &Service{t: t, browsers: map[string]*browser{}, arrived: make(chan struct{})}
	s.server = httptest.NewTLSServer(s)
	t.Cleanup(s.server.Close)
	return s
}

// Client is one that trusts the service.
func (s *Service) Client() *http.Client { return s.server.Client() }

// Subscribe makes a browser and gives its subscription.
func (s *Service) Subscribe() webpush.Subscription {
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	b := &browser{private: private, auth: make([]byte, 16)}
	_, _ = rand.Read(b.auth)
	s.mu.Lock()
	defer s.mu.Unlock()
	path := fmt.Sprintf("/push/%d", len(s.browsers)+1)
	s.browsers[path] = b
	return webpush.Subscription{Endpoint: s.server.URL + path, Key: private.PublicKey().Bytes(), Auth: b.auth}
}

// Answer has the next requests answered with these statuses, in place of taking the push, asked to come back after 7 seconds.
func (s *Service) Answer(statuses ...int) { s.AnswerAfter("7", statuses...) }

// AnswerAfter is Answer with another Retry-After than 7 seconds; empty: none.
func (s *Service) AnswerAfter(after string, statuses ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, status := range statuses {
		s.answers = append(s.answers, answer{status, after})
	}
}

// Got is everything that browsers got, in order.
func (s *Service) Got() []Got {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Got{}, s.got...)
}

// Await waits until browsers got so many pushes.
func (s *Service) Await(n int) {
	s.t.Helper()
	late := time.After(time.Minute)
	for {
		s.mu.Lock()
		have, arrived := len(s.got), s.arrived
		s.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-arrived:
		case <-late:
			s.t.Fatalf("browsers got %d pushes, not %d", have, n)
		}
	}
}

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.browsers[r.URL.Path]
	body, err := io.ReadAll(r.Body)
	if err != nil || b == nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if len(s.answers) > 0 {
		next := s.answers[0]
		s.answers = s.answers[1:]
		if next.after != "" {
			w.Header().Set("Retry-After", next.after)
		}
		w.WriteHeader(next.status)
		return
	}
	subject, err := s.verify(r)
	if err != nil {
		s.t.Error(err)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	payload, err := b.decrypt(body)
	if err != nil || r.Header.Get("Content-Encoding") != "aes128gcm" || len(body) > 4096 {
		s.t.Errorf("a push of %d bytes, %s: %v", len(body), r.Header.Get("Content-Encoding"), err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.got = append(s.got, Got{
		s.server.URL + r.URL.Path, string(payload), r.Header.Get("TTL"), r.Header.Get("Urgency"), r.Header.Get("Topic"), subject,
	})
	close(s.arrived)
	s.arrived = make(chan struct{})
	w.WriteHeader(http.StatusCreated)
}

// verify checks the signature of a push and gives the subject of its token.
func (s *Service) verify(r *http.Request) (subject string, err error) {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "vapid t=")
	token, key, ok2 := strings.Cut(rest, ", k=")
	parts := strings.Split(token, ".")
	if !ok || !ok2 || len(parts) != 3 {
		return "", fmt.Errorf("authorization is %q", r.Header.Get("Authorization"))
	}
	raw, err1 := base64.RawURLEncoding.DecodeString(key)
	signature, err2 := base64.RawURLEncoding.DecodeString(parts[2])
	claimed, err3 := base64.RawURLEncoding.DecodeString(parts[1])
	if err := errors.Join(err1, err2, err3); err != nil || len(signature) != 64 {
		return "", fmt.Errorf("a token of another form: %w", err)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(public, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return "", errors.New("the signature of the token is wrong")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(claimed, &claims); err != nil {
		return "", err
	}
	if left := time.Unix(claims.Exp, 0).Sub(clock.Real().Now()); claims.Aud != s.server.URL || left <= 0 || left > 24*time.Hour {
		return "", fmt.Errorf("claims are %+v", claims)
	}
	return claims.Sub, nil
}

// decrypt is RFC 8291 from the browser's side.
func (b *browser) decrypt(body []byte) ([]byte, error) {
	if len(body) < 86 || body[20] != 65 {
		return nil, errors.New("the head of the body has another form")
	}
	salt, sender := body[:16], body[21:86]
	if size := binary.BigEndian.Uint32(body[16:20]); size != 4096 {
		return nil, fmt.Errorf("records of %d bytes", size)
	}
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := b.private.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	secret, err1 := hkdf.Key(sha256.New, shared, b.auth, "WebPush: info\x00"+string(b.private.PublicKey().Bytes())+string(sender), 32)
	key, err2 := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, err3 := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: nonce\x00", 12)
	block, err4 := aes.NewCipher(key)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	open, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := open.Open(nil, nonce, body[86:], nil)
	if err != nil || len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, fmt.Errorf("the record does not open: %w", err)
	}
	return plain[:len(plain)-1], nil
}
