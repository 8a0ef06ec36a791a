package dashboard

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// static holds the style sheet, the scripts and the icon; static/VENDORED lists what is not ours.
//
//go:embed static
var static embed.FS

// versions gives each static file a short digest of its content.
var versions = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	entries, err := fs.ReadDir(static, "static")
	if err != nil { // can't be: the folder is embedded
		return out
	}
	for _, e := range entries {
		data, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			continue
		}
		sum := sha256.Sum256(data)
		out[e.Name()] = base64.RawURLEncoding.EncodeToString(sum[:6])
	}
	return out
})

// asset is the address of a static file; it changes with the content, so that browsers may keep it for good.
func asset(name string) string { return "/static/" + name + "?v=" + versions()[name] }

func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	v, known := versions()[name]
	if !known || r.URL.Path != "/static/"+name {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == v {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("ETag", `"`+v+`"`)
	if strings.HasPrefix(name, "LICENSE") || name == "VENDORED" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	http.ServeFileFS(w, r, static, "static/"+name)
}
