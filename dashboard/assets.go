package dashboard

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// static holds the style sheet, the scripts and the icon; static/VENDORED lists what is not ours.
//
//go:embed static
var static embed.FS

// file is a static file, and a short digest of its content.
type file struct {
	data    []byte
	version string
}

// files are the static files by name: those embedded, and the classes of the calendar's grid.
var files = sync.OnceValue(func() map[string]file {
	out := map[string]file{}
	add := func(name string, data []byte) {
		sum := sha256.Sum256(data)
		out[name] = file{data, base64.RawURLEncoding.EncodeToString(sum[:6])}
	}
	entries, err := fs.ReadDir(static, "static")
	if err != nil { // can't be: the folder is embedded
		return out
	}
	for _, e := range entries {
		data, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			continue
		}
		add(e.Name(), data)
	}
	add("grid.css", gridStyles())
	return out
})

// asset is the address of a static file; it changes with the content, so that browsers may keep it for good.
func asset(name string) string { return "/static/" + name + "?v=" + files()[name].version }

func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	f, known := files()[name]
	if !known || r.URL.Path != "/static/"+name {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == f.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("ETag", `"`+f.version+`"`)
	if strings.HasSuffix(name, ".webmanifest") {
		w.Header().Set("Content-Type", "application/manifest+json")
	}
	if strings.HasPrefix(name, "LICENSE") || name == "VENDORED" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(f.data))
}
