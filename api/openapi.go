package api

import (
	_ "embed"
	"net/http"
)

// openapiJSON describes the API in OpenAPI 3.0.3. It is written by hand; the tests hold it against every route
// and against real requests and answers.
//
//go:embed openapi.json
var openapiJSON []byte

// openapi serves the description. It holds nothing of any business, so it needs no key.
func (s *server) openapi(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET")
		writeProblem(w, problem(http.StatusMethodNotAllowed, r.Method+" is not possible here; GET is."))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(openapiJSON)
}
