package fakephone

import "net/http"

// telnyxMedia is where Telnyx's files are, in the place of its storage: whoever knows the address has the file.
const telnyxMedia = "/media/"

// Picture keeps a file as the carrier keeps what came with a text, and gives the address that is announced with it.
func (p *Phone) Picture(data []byte) string {
	path := "/2010-04-01/Accounts/" + p.o.AccountSID + "/Messages/" + sid("MM") + "/Media/" + sid("ME")
	if p.speaksTelnyx() {
		path = telnyxMedia + sid("")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.api.pictures == nil {
		p.api.pictures = map[string][]byte{}
	}
	p.api.pictures[path] = data
	return p.api.URL + path
}

// serveTelnyxMedia gives a file to who knows its address.
func (a *api) serveTelnyxMedia(w http.ResponseWriter, r *http.Request) {
	a.p.mu.Lock()
	data, ok := a.pictures[r.URL.Path]
	a.p.mu.Unlock()
	if !ok {
		http.Error(w, "AccessDenied", http.StatusForbidden)
		return
	}
	_, _ = w.Write(data)
}

// serveMedia gives a file to who has the account's credentials, from another address, as Twilio does.
func (a *api) serveMedia(w http.ResponseWriter, r *http.Request) {
	a.p.mu.Lock()
	data, ok := a.pictures[r.URL.Path]
	a.p.mu.Unlock()
	user, pass, _ := r.BasicAuth()
	switch {
	case user != a.p.o.AccountSID || pass != a.p.o.AuthToken:
		http.Error(w, "Authenticate", http.StatusUnauthorized)
	case !ok:
		http.NotFound(w, r)
	case r.URL.Query().Get("at") == "":
		http.Redirect(w, r, r.URL.Path+"?at=elsewhere", http.StatusTemporaryRedirect)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(data)
	}
}
