package dashboard

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling/calendar"
)

// The cookie that a browser keeps while its owner is away at a provider, saying yes.
const (
	awayCookie   = "fixly_calendar"
	awayPurpose  = "calendar"
	awayLifetime = 15 * time.Minute
)

// Bounds of the form that connects a calendar, in bytes.
const (
	maxCalendarFile = 5 << 20
	maxCalendarForm = maxCalendarFile + 64<<10
)

// away is a sign-in at a provider that was begun in this browser. It is signed; what comes back with another state, or
// to another browser, connects nothing.
type away struct {
	Provider   string
	Business   string
	Technician string
	State      string
	Verifier   string // PKCE's: without it, the code is worth nothing to anybody else
}

// connectFormView is the form of a provider that is connected by filling one in.
type connectFormView struct {
	Title, Who string
	Action     string
	Technician string
	Problem    string
	Fields     []fieldView
	Files      bool
}

type fieldView struct {
	calendar.Field
	Value string
}

// connectCalendar sends the owner to a provider to say yes, or shows its form.
func (s *server) connectCalendar(q *request) error {
	p, technician := s.provider(q.PathValue("provider")), q.URL.Query().Get("technician")
	if p == nil || !slices.Contains(feedOwners(q), technician) {
		return errNotFound
	}
	switch by := p.(type) {
	case calendar.OAuth:
		if missing := by.Ready(); missing != "" {
			return s.notConnected(q, missing)
		}
		a := away{Provider: p.Name(), Business: q.b.ID, Technician: technician, State: secretWord(), Verifier: secretWord()}
		content, err := json.Marshal(a)
		if err != nil {
			return err
		}
		http.SetCookie(q.w, s.awayCookie(s.sessions.signContent(awayPurpose, s.Clock.Now().Add(awayLifetime), content), int(awayLifetime.Seconds())))
		http.Redirect(q.w, q.Request, by.AuthURL(s.callback(a.Provider), a.State, a.Verifier), http.StatusSeeOther)
		return nil
	case calendar.Form:
		return q.render(connectFormPage(s.frame(q, "jobs", p.Title()), connectForm(p, by.Fields(), technician, nil)))
	}
	return errNotFound
}

// callback is our address to come back to from a provider.
func (s *server) callback(provider string) string {
	return strings.TrimSuffix(s.PublicURL, "/") + "/calendars/" + url.PathEscape(provider) + "/callback"
}

// awayCookie is the cookie of a sign-in elsewhere; it comes back to the addresses of calendars only.
func (s *server) awayCookie(value string, age int) *http.Cookie {
	c := s.cookie(awayCookie, value, age) //nolint:gosec // G124: s.cookie sets them all
	c.Path = "/calendars/"
	return c
}

// secretWord is 256 random bits as a word; it is long enough for a verifier of RFC 7636.
func secretWord() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// notConnected says why nothing came of it.
func (s *server) notConnected(q *request, why string) error {
	return renderStatus(q.w, q.Request, http.StatusBadRequest, messagePage("Nothing was connected", why, "/calendars", "Back to your calendars"))
}

// calendarConnected is where the owner comes back to from a provider, with its yes or no.
func (s *server) calendarConnected(q *request) error {
	name := q.PathValue("provider")
	p := s.provider(name)
	by, ok := p.(calendar.OAuth)
	if !ok {
		return errNotFound
	}
	title := p.Title()
	query := q.URL.Query()
	a, b := s.away(q)
	http.SetCookie(q.w, s.awayCookie("", -1))
	if b == nil || a.Provider != name || subtle.ConstantTimeCompare([]byte(a.State), []byte(query.Get("state"))) != 1 {
		return s.notConnected(q, "This sign-in did not begin in this browser, or longer than a quarter of an hour ago, or it came to its end already. Begin it again.")
	}
	q.b = b
	if refusal := query.Get("error"); refusal != "" {
		if refusal == "access_denied" { // RFC 6749, section 4.1.2.1
			return s.notConnected(q, title+" says that you did not agree. Connect again when you want to.")
		}
		s.Log.WarnContext(q.Context(), "dashboard: connecting a calendar was refused", "provider", name, "refusal", refusal)
		return s.notConnected(q, title+" refused: "+refusalWord(refusal)+". What has to be set up there is in the documentation.")
	}
	ctx, cancel := context.WithTimeout(q.Context(), readPatience)
	defer cancel()
	credentials, account, err := by.Exchange(ctx, s.callback(name), query.Get("code"), a.Verifier)
	if err != nil {
		if q.Context().Err() != nil {
			return err
		}
		s.Log.WarnContext(q.Context(), "dashboard: connecting a calendar failed", "provider", name, "error", err)
		return s.notConnected(q, exchangeWords(title, err))
	}
	return s.connected(q, &calendar.Account{Provider: name, Technician: a.Technician, Name: account, Credentials: credentials})
}

// away finds the sign-in that was begun in this browser, and its business; nil when there is none.
func (s *server) away(q *request) (away, *business.Business) {
	c, err := q.Cookie(awayCookie)
	if err != nil {
		return away{}, nil
	}
	content, ok := s.sessions.content(awayPurpose, c.Value)
	if !ok {
		return away{}, nil
	}
	var a away
	if err := json.Unmarshal(content, &a); err != nil {
		return away{}, nil
	}
	for _, b := range q.all {
		if b.ID == a.Business {
			return a, b
		}
	}
	return a, nil
}

// refusalWord is a provider's word for why it refused, if it is one: what comes in an address is not shown unlooked at.
func refusalWord(s string) string {
	if len(s) > 60 || strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }) {
		return "for an unknown reason"
	}
	return strings.ReplaceAll(s, "_", " ")
}

// exchangeWords say why a yes could not be taken.
func exchangeWords(title string, err error) string {
	switch calendar.KindOf(err) {
	case calendar.Forbidden:
		return "A permission was not given to us at " + title + ". Connect again, and leave every box ticked."
	case calendar.Unavailable, calendar.Limited:
		return title + " does not answer now. Try again in a minute."
	case calendar.Unauthorized, calendar.NotFound, calendar.Conflict, calendar.Expired, calendar.Invalid:
	}
	return title + " did not take the sign-in. Begin it again; if it goes on, look into the log."
}

// fillInCalendar connects what is connected by a form.
func (s *server) fillInCalendar(q *request) error {
	p := s.provider(q.PathValue("provider"))
	by, ok := p.(calendar.Form)
	if !ok {
		return errNotFound
	}
	q.Body = http.MaxBytesReader(q.w, q.Body, maxCalendarForm)
	err := q.ParseMultipartForm(maxCalendarForm)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return s.notConnected(q, "That file is larger than 5 MB.")
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return s.notConnected(q, "The form did not arrive whole; try again.")
	}
	technician := q.PostForm.Get("technician")
	if !slices.Contains(feedOwners(q), technician) {
		return errNotFound
	}
	values, problem, err := filledIn(q, by.Fields())
	if err != nil {
		return err
	}
	var credentials []byte
	var account string
	if problem == "" {
		ctx, cancel := context.WithTimeout(q.Context(), readPatience)
		defer cancel()
		credentials, account, err = by.Connect(ctx, values)
		switch {
		case err != nil && q.Context().Err() != nil:
			return err
		case err != nil:
			s.Log.WarnContext(q.Context(), "dashboard: connecting a calendar failed", "provider", p.Name(), "error", err)
			problem = formProblem(err)
		}
	}
	if problem != "" {
		v := connectForm(p, by.Fields(), technician, values)
		v.Problem = problem
		return q.render(connectFormPage(s.frame(q, "jobs", v.Title), v))
	}
	return s.connected(q, &calendar.Account{Provider: p.Name(), Technician: technician, Name: account, Credentials: credentials})
}

// formProblem is what the provider says about what was filled in: its own sentence, without ours for logs around it.
func formProblem(err error) string {
	var e *calendar.Error
	if !errors.As(err, &e) || e.Err == nil {
		return err.Error()
	}
	switch e.Kind {
	case calendar.Unauthorized:
		return "The user or the password is not right. (" + e.Err.Error() + ")"
	case calendar.Limited:
		return "The server wants to be left alone for a while. Try again in some minutes."
	case calendar.Unavailable, calendar.Forbidden, calendar.NotFound, calendar.Conflict, calendar.Expired, calendar.Invalid:
	}
	return e.Err.Error()
}

// filledIn reads the fields of a form, files by their content. What is missing is a problem for who filled it in.
func filledIn(q *request, fields []calendar.Field) (values map[string]string, problem string, err error) {
	values = map[string]string{}
	for _, f := range fields {
		if f.Type != "file" {
			values[f.Name] = q.PostForm.Get(f.Name)
			if f.Type != "password" {
				values[f.Name] = strings.TrimSpace(values[f.Name])
			}
		} else if file, _, err := q.FormFile(f.Name); err == nil {
			content, err := io.ReadAll(file)
			if err := errors.Join(err, file.Close()); err != nil {
				return nil, "", err
			}
			if len(content) > maxCalendarFile {
				return values, "That file is larger than 5 MB.", nil
			}
			values[f.Name] = string(content)
		}
		if f.Required && values[f.Name] == "" && problem == "" {
			problem = f.Label + " is missing."
		}
	}
	return values, problem, nil
}

// connectForm is the form of a provider, with what was filled in before, but for files and passwords.
func connectForm(p calendar.Provider, fields []calendar.Field, technician string, values map[string]string) connectFormView {
	v := connectFormView{Title: p.Title(), Action: "/calendars/" + url.PathEscape(p.Name()), Technician: technician, Who: technician}
	if technician == "" {
		v.Who = "everyone"
	}
	for _, f := range fields {
		x := fieldView{Field: f}
		if f.Type == "file" {
			v.Files = true
		} else if f.Type != "password" {
			x.Value = values[f.Name]
		}
		v.Fields = append(v.Fields, x)
	}
	return v
}

// connected stores an account that was connected, or connected again, takes the calendar into use that people mean when
// they speak of theirs, and reads it for the first time. What can't be had of that now is told, and is no reason to
// have the owner say yes once more.
func (s *server) connected(q *request, a *calendar.Account) error {
	a.BusinessID, a.State = q.b.ID, calendar.Good
	id := ""
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		known, err := tx.CalendarAccounts(ctx, q.b.ID)
		if err != nil {
			return err
		}
		account := *a // the transaction may run twice
		for i := range known {
			if k := &known[i]; k.Provider == a.Provider && k.Name == a.Name && k.Technician == a.Technician {
				account.ID, account.CreatedAt = k.ID, k.CreatedAt
				id = account.ID
				return tx.UpdateCalendarAccount(ctx, &account)
			}
		}
		if err := tx.InsertCalendarAccount(ctx, &account); err != nil {
			return err
		}
		id = account.ID
		return nil
	})
	if err != nil {
		return err
	}
	a.ID = id
	ctx, cancel := context.WithTimeout(q.Context(), readPatience)
	defer cancel()
	failed, err := s.useFirst(ctx, q, a)
	if err != nil {
		return err
	}
	if failed == nil {
		failed = s.Calendars.Read(ctx, a.ID)
	}
	return s.backToCalendars(q, "connected", failed)
}

// useFirst takes the first calendar of an account into use, where none of it is: for busy times, and for jobs too where
// none of the same person takes them yet. The first error is the provider's, the second the storage's.
func (s *server) useFirst(ctx context.Context, q *request, a *calendar.Account) (failed, err error) {
	has, failed := s.Calendars.List(ctx, a.ID)
	if failed != nil || len(has) == 0 {
		return failed, nil
	}
	first := has[max(0, slices.IndexFunc(has, func(c calendar.Info) bool { return c.Primary }))]
	return nil, s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		inUse, err := tx.Calendars(ctx, q.b.ID)
		if err != nil {
			return err
		}
		writes := first.Writable
		for i := range inUse {
			if inUse[i].AccountID == a.ID {
				return nil // it is connected again: what was chosen stays
			}
			if inUse[i].Technician == a.Technician && inUse[i].Writes {
				writes = false
			}
		}
		return tx.InsertCalendar(ctx, use(a, first, true, writes))
	})
}

// use is a calendar of an account as it is taken into use.
func use(a *calendar.Account, c calendar.Info, reads, writes bool) *calendar.Connected {
	return &calendar.Connected{
		AccountID: a.ID, BusinessID: a.BusinessID, Technician: a.Technician, Provider: a.Provider,
		Remote: c.ID, Name: c.Name, Zone: c.Zone, Reads: reads, Writes: writes,
	}
}

// backToCalendars goes to the page of calendars, with a word of what was done and of what failed at a provider.
func (s *server) backToCalendars(q *request, done string, failed error) error {
	query := url.Values{}
	if done != "" {
		query.Set("done", done)
	}
	if failed != nil {
		if q.Context().Err() != nil {
			return failed
		}
		s.Log.WarnContext(q.Context(), "dashboard: a calendar's server", "error", failed)
		query.Set("but", calendarProblem(failed))
	}
	if len(q.all) > 1 {
		query.Set("business", q.b.Profile.Slug)
	}
	http.Redirect(q.w, q.Request, "/calendars?"+query.Encode(), http.StatusSeeOther)
	return nil
}

// refusal is a word of ours for the address, of calendarProblems.
type refusal string

func (r refusal) Error() string { return "dashboard: " + calendarProblems[string(r)] }

func calendarProblem(err error) string {
	var r refusal
	if errors.As(err, &r) {
		return string(r)
	}
	return string(calendar.KindOf(err))
}
