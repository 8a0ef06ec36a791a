package photos

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/publicurl"
)

// Prefix is what the addresses of visits' pictures begin with.
const Prefix = "/photos/of/"

// lasting is how long an address is good: a visit booked weeks ahead is over by then.
const lasting = 45 * 24 * time.Hour

// Links are the addresses of visits' pictures. An address follows from the visit, its last day and the installation's secret,
// so nothing is stored for it, and it can't be guessed.
type Links struct {
	key    []byte
	public string // the public URL, empty where people outside can't reach it
}

// NewLinks makes addresses below a public URL, with the installation's secret.
func NewLinks(secret []byte, publicURL string) Links {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("addresses of pictures, 1"))
	l := Links{key: mac.Sum(nil)}
	if publicurl.Reachable(publicURL) {
		l.public = strings.TrimRight(publicURL, "/")
	}
	return l
}

const (
	idPrefix   = "job_"
	macLetters = 26 // 130 bits
)

var (
	tokenForm = regexp.MustCompile(`^([0-9a-v]{20})-([0-9a-z]{1,6})-([a-z2-9]{26})$`)
	letters   = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)
)

func (l Links) code(businessID, id, lastDay string) string {
	mac := hmac.New(sha256.New, l.key)
	fmt.Fprintf(mac, "%s\x00%s\x00%s", businessID, id, lastDay)
	return letters.EncodeToString(mac.Sum(nil))[:macLetters]
}

// Path is the address of a visit's pictures below the public URL, good from now on for some weeks; empty for a job that can
// have none.
func (l Links) Path(businessID, jobID string, now time.Time) string {
	id, ok := strings.CutPrefix(jobID, idPrefix)
	if !ok {
		return ""
	}
	day := strconv.FormatInt(now.Add(lasting).Unix()/86400, 36)
	if token := id + "-" + day + "-" + l.code(businessID, id, day); tokenForm.MatchString(token) {
		return Prefix + token
	}
	return ""
}

// URL is the whole address, for texts; empty where people outside could not open it.
func (l Links) URL(businessID, jobID string, now time.Time) string {
	path := l.Path(businessID, jobID, now)
	if path == "" || l.public == "" {
		return ""
	}
	return l.public + path
}

// find finds whose visit a token is about; nil when it is nobody's, or was good until before now.
func (l Links) find(all []*business.Business, token string, now time.Time) (b *business.Business, jobID string) {
	m := tokenForm.FindStringSubmatch(token)
	if m == nil {
		return nil, ""
	}
	if day, err := strconv.ParseInt(m[2], 36, 64); err != nil || now.Unix()/86400 > day {
		return nil, ""
	}
	for _, b := range all {
		if subtle.ConstantTimeCompare([]byte(m[3]), []byte(l.code(b.ID, m[1], m[2]))) == 1 {
			return b, idPrefix + m[1]
		}
	}
	return nil, ""
}
