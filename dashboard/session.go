package dashboard

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
	"time"

	"fixly/clock"
)

const (
	sessionCookie   = "fixly_session"
	sessionLifetime = 30 * 24 * time.Hour
	// phoneTokenLifetime is how long a page may stay open before it rings.
	phoneTokenLifetime = 12 * time.Hour
)

// sessions are cookies that the server signed; nothing is stored. A session is its end and a random part, signed. It
// is good for as long as the administrator's key is the one that was signed in with: who changes the key signs
// everyone out.
type sessions struct {
	secret []byte
	key    [sha256.Size]byte // digest of the administrator's key
	clock  clock.Clock
}

func newSessions(secret []byte, key string, c clock.Clock) sessions {
	return sessions{secret, sha256.Sum256([]byte(key)), c}
}

// sign makes a word that says until when it is good, for one purpose.
func (s sessions) sign(purpose string, until time.Time) string {
	var b [24]byte
	binary.BigEndian.PutUint64(b[:8], uint64(until.Unix()))
	_, _ = rand.Read(b[8:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:]) + "." + base64.RawURLEncoding.EncodeToString(s.mac(purpose, b[:]))
}

func (s sessions) mac(purpose string, b []byte) []byte {
	m := hmac.New(sha256.New, s.secret)
	m.Write([]byte("fixly dashboard " + purpose + "\x00"))
	m.Write(s.key[:])
	m.Write(b)
	return m.Sum(nil)
}

// verify says whether a word was signed here for a purpose, and is still good.
func (s sessions) verify(purpose, word string) bool {
	if len(s.secret) == 0 {
		return false
	}
	payload, mac, ok := strings.Cut(word, ".")
	if !ok {
		return false
	}
	b, err1 := base64.RawURLEncoding.DecodeString(payload)
	sum, err2 := base64.RawURLEncoding.DecodeString(mac)
	if err1 != nil || err2 != nil || len(b) != 24 || !hmac.Equal(sum, s.mac(purpose, b)) {
		return false
	}
	until := time.Unix(int64(binary.BigEndian.Uint64(b[:8])), 0)
	return s.clock.Now().Before(until)
}

// signContent is like sign, with a content that whoever bears the word can read and cannot change.
func (s sessions) signContent(purpose string, until time.Time, content []byte) string {
	b := append(binary.BigEndian.AppendUint64(nil, uint64(until.Unix())), content...)
	return base64.RawURLEncoding.EncodeToString(b) + "." + base64.RawURLEncoding.EncodeToString(s.mac(purpose, b))
}

// content gives back what was signed here for a purpose, while it is good.
func (s sessions) content(purpose, word string) ([]byte, bool) {
	payload, mac, _ := strings.Cut(word, ".")
	b, err1 := base64.RawURLEncoding.DecodeString(payload)
	sum, err2 := base64.RawURLEncoding.DecodeString(mac)
	if len(s.secret) == 0 || err1 != nil || err2 != nil || len(b) < 8 || !hmac.Equal(sum, s.mac(purpose, b)) {
		return nil, false
	}
	until := time.Unix(int64(binary.BigEndian.Uint64(b[:8])), 0)
	return b[8:], s.clock.Now().Before(until)
}

// valid says whether a request bears a session.
func (s sessions) valid(r *http.Request) bool {
	c, err := r.Cookie(sessionCookie)
	return err == nil && s.verify("session", c.Value)
}

// cookie makes a cookie that scripts can't read and other sites can't use; age in seconds, -1 deletes it.
func (s *server) cookie(name, value string, age int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // G124: without https a secure cookie would never come back
		Name: name, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.PublicURL, "https:"),
	}
}
