package bookingpage

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"fixly/clock"
)

// How old a form may be. A form filled in faster was filled in by a program; one that lay open longer offers times of
// another day.
const (
	minAge = 2 * time.Second
	maxAge = time.Hour
	// codeAge is how long a code that was texted is good.
	codeAge = 10 * time.Minute
	// knownFor is how long a browser that proved a number is not asked again.
	knownFor = 30 * 24 * time.Hour
)

// signer signs what goes out with a page and comes back with a form. Nothing of it is stored.
type signer struct {
	key   []byte
	clock clock.Clock
}

func newSigner(secret []byte, c clock.Clock) signer {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("forms of the booking pages, 1"))
	return signer{mac.Sum(nil), c}
}

// ticket comes with each form and says who got it when. It is good for one subject: a business's slug, a visit's token.
type ticket struct {
	Visitor string    `json:"v"`
	At      time.Time `json:"t"`
	Nonce   string    `json:"n"`
	// Code names the code that was texted, Phone the number it went to and CodeAt when; empty for none.
	Code   string    `json:"c,omitzero"`
	Phone  string    `json:"p,omitzero"`
	CodeAt time.Time `json:"ct,omitzero"`
}

// visitor is a browser, as its cookie says.
type visitor struct {
	ID string `json:"v"`
	// Phone is the number that was proved from this browser, Until when it counts; empty for none.
	Phone string    `json:"p,omitzero"`
	Until time.Time `json:"u,omitzero"`
	isNew bool
}

// random is a word of 128 bits.
func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// seal writes a value with a signature, for one purpose.
func (s signer) seal(purpose string, v any) string {
	b, err := json.Marshal(v)
	if err != nil { // can't be: what is sealed holds strings and times only
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b) + "." + base64.RawURLEncoding.EncodeToString(s.mac(purpose, b))
}

// open reads what seal wrote, and says whether it is unchanged and for this purpose.
func (s signer) open(purpose, word string, v any) bool {
	payload, mac, ok := strings.Cut(word, ".")
	if !ok {
		return false
	}
	b, err1 := base64.RawURLEncoding.DecodeString(payload)
	sum, err2 := base64.RawURLEncoding.DecodeString(mac)
	return err1 == nil && err2 == nil && hmac.Equal(sum, s.mac(purpose, b)) && json.Unmarshal(b, v) == nil
}

func (s signer) mac(purpose string, b []byte) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(purpose + "\x00"))
	m.Write(b)
	return m.Sum(nil)
}

// issue makes the ticket of a new form. What was texted to prove a number goes along.
func (s signer) issue(subject string, t ticket) string {
	t.At, t.Nonce = s.clock.Now(), random()
	return s.seal("form "+subject, t)
}

// check reads the ticket of a form that came back; false when it is not of ours, or lay too long.
func (s signer) check(subject, word string) (ticket, bool) {
	var t ticket
	if !s.open("form "+subject, word, &t) {
		return ticket{}, false
	}
	age := s.clock.Now().Sub(t.At)
	return t, age >= 0 && age <= maxAge
}

// visitor tells a browser by its cookie, or takes it for a new one.
func (s signer) visitor(r *http.Request) visitor {
	if c, err := r.Cookie(visitorCookie); err == nil {
		var v visitor
		if s.open("visitor", c.Value, &v) && v.ID != "" {
			if !s.clock.Now().Before(v.Until) {
				v.Phone, v.Until = "", time.Time{}
			}
			return v
		}
	}
	return visitor{ID: random(), isNew: true}
}

const visitorCookie = "fixly_visitor"

// remember gives the browser its cookie: for as long as the window is open, or longer once a number was proved. Scripts
// can't read it, and other sites can't use it.
func (s *server) remember(q *request) {
	age := 0
	if !q.visitor.Until.IsZero() {
		age = int(knownFor.Seconds())
	}
	http.SetCookie(q.w, &http.Cookie{ //nolint:gosec // G124: without https a secure cookie would never come back
		Name: visitorCookie, Value: s.signer.seal("visitor", q.visitor), Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.PublicURL, "https:"),
	})
}
