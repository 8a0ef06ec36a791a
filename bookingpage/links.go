package bookingpage

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"regexp"
	"strings"

	"fixly/business"
	"fixly/publicurl"
)

// Links are the addresses of visits, and of calls that somebody took. An address follows from the job or the call and the
// installation's secret, so nothing is stored for it. It can't be guessed, and whoever has it may change the visit, or book
// for the caller: it goes to the customer, or to who took the call, alone.
type Links struct {
	key []byte
	// callKey is that of calls: the address of a visit, which its customer has, says nothing of that of a call.
	callKey []byte
	// leaveKey is that of the addresses at which customers unsubscribe: whoever has one can do no more.
	leaveKey []byte
	public   string // the public URL, empty where people outside can't reach it
}

// NewLinks makes addresses below a public URL, with the installation's secret.
func NewLinks(secret []byte, publicURL string) Links {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("addresses of visits, 1"))
	l := Links{key: mac.Sum(nil)}
	mac = hmac.New(sha256.New, secret)
	mac.Write([]byte("addresses of calls, 1"))
	l.callKey = mac.Sum(nil)
	mac = hmac.New(sha256.New, secret)
	mac.Write([]byte("addresses to unsubscribe, 1"))
	l.leaveKey = mac.Sum(nil)
	if publicurl.Reachable(publicURL) {
		l.public = strings.TrimRight(publicURL, "/")
	}
	return l
}

// idPrefix is what the ids of jobs begin with; it is left out of addresses. Only jobs with such an id have one.
const idPrefix = "job_"

var (
	idForm    = regexp.MustCompile(`^[0-9a-v]{20}$`)
	tokenForm = regexp.MustCompile(`^([0-9a-v]{20})([a-z2-9]{26})$`)
	letters   = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)
)

// macLetters is how much of the code is in an address: 130 bits.
const macLetters = 26

// callPrefix is the same for calls.
const callPrefix = "call_"

func (l Links) code(businessID, id string) string { return code(l.key, businessID, id) }

func code(key []byte, businessID, id string) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\x00%s", businessID, id)
	return letters.EncodeToString(mac.Sum(nil))[:macLetters]
}

// Path is the address of a job's page below the public URL; empty for a job that can have none.
func (l Links) Path(businessID, jobID string) string {
	id, ok := strings.CutPrefix(jobID, idPrefix)
	if !ok || !idForm.MatchString(id) {
		return ""
	}
	return VisitPrefix + id + l.code(businessID, id)
}

// URL is the whole address of a job's page, for texts and e-mails; empty where people outside could not open it.
func (l Links) URL(businessID, jobID string) string {
	path := l.Path(businessID, jobID)
	if path == "" || l.public == "" {
		return ""
	}
	return l.public + path
}

// BookURL is the whole address of the page on which a shop's customers book; empty where there is none that people outside could
// open.
func (l Links) BookURL(b *business.Business) string {
	if l.public == "" || !b.Profile.HasBookingPage() {
		return ""
	}
	return l.public + BookPrefix + b.Profile.Slug
}

// CallURL is the whole address at which a person who took a call books for its caller; empty as with URL.
func (l Links) CallURL(businessID, callID string) string {
	id, ok := strings.CutPrefix(callID, callPrefix)
	if !ok || !idForm.MatchString(id) || l.public == "" {
		return ""
	}
	return l.public + TakePrefix + id + code(l.callKey, businessID, id)
}

// UnsubscribeURL is the whole address at which the customer of a job ends e-mails of marketing; empty as with URL, and where
// it is none of https, which mail programs want (RFC 8058, section 3.1).
func (l Links) UnsubscribeURL(businessID, jobID string) string {
	id, ok := strings.CutPrefix(jobID, idPrefix)
	if !ok || !idForm.MatchString(id) || !strings.HasPrefix(l.public, "https:") {
		return ""
	}
	return l.public + LeavePrefix + id + code(l.leaveKey, businessID, id)
}

// findCall finds whose call a token is about; nil when it is nobody's.
func (l Links) findCall(all []*business.Business, token string) (b *business.Business, callID string) {
	m := tokenForm.FindStringSubmatch(token)
	if m == nil {
		return nil, ""
	}
	for _, b := range all {
		if subtle.ConstantTimeCompare([]byte(m[2]), []byte(code(l.callKey, b.ID, m[1]))) == 1 {
			return b, callPrefix + m[1]
		}
	}
	return nil, ""
}

// find finds whose job a token is about; nil when it is nobody's.
func (l Links) find(all []*business.Business, token string) (b *business.Business, jobID string) {
	return findJob(all, l.key, token)
}

// findLeaving is find for the addresses at which customers unsubscribe.
func (l Links) findLeaving(all []*business.Business, token string) (b *business.Business, jobID string) {
	return findJob(all, l.leaveKey, token)
}

func findJob(all []*business.Business, key []byte, token string) (b *business.Business, jobID string) {
	m := tokenForm.FindStringSubmatch(token)
	if m == nil {
		return nil, ""
	}
	for _, b := range all {
		if subtle.ConstantTimeCompare([]byte(m[2]), []byte(code(key, b.ID, m[1]))) == 1 {
			return b, idPrefix + m[1]
		}
	}
	return nil, ""
}
