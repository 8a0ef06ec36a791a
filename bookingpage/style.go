package bookingpage

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"sync"
	"time"
)

//go:embed booking.css
var style []byte

// styleVersion is a short digest of the style sheet.
var styleVersion = sync.OnceValue(func() string {
	sum := sha256.Sum256(style)
	return base64.RawURLEncoding.EncodeToString(sum[:6])
})

// stylePath is the address of the style sheet; it changes with the content, so that browsers may keep it for good.
func stylePath() string { return StylePath + "?v=" + styleVersion() }

func serveStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == styleVersion() {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("ETag", `"`+styleVersion()+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(style))
}
