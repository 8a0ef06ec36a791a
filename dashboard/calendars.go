package dashboard

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

// Calendars are the calendars outside: which there can be, and what is asked of those that are connected.
type Calendars interface {
	// Providers lists what can be connected, in the order in which the page offers it.
	Providers() []calendar.Provider
	// List asks the provider which calendars an account has.
	List(ctx context.Context, accountID string) ([]calendar.Info, error)
	// Read brings those calendars of an account that are in use up to date, now, and has the jobs written that belong
	// there. What fails is noted with the calendar, too.
	Read(ctx context.Context, accountID string) error
	// Leave ends what an account is used for at its provider: it tells nothing more, and takes our access back where it
	// can. The account is forgotten afterwards, whether or not that could be had.
	Leave(ctx context.Context, accountID string) error
}

// How long a page waits for a provider.
const (
	listPatience = 4 * time.Second  // what it lists while it is drawn
	readPatience = 20 * time.Second // what the owner asked for
)

// calendarsView is the page on which calendars are connected.
type calendarsView struct {
	Done, Problem string
	Troubles      []troubleView
	Owners        []ownerView
}

// ownerView is whose calendars they are: a technician's, or the business's.
type ownerView struct {
	Key        string // for the ids of the page
	Who        string
	About      string
	Technician string // empty: everybody's
	Accounts   []accountView
	Choice     bool // there is something to choose from
	Writes     bool // jobs go into one of them
	Offers     []offerView
}

type accountView struct {
	accountState
	Unlisted string // why not all of its calendars are shown
	Rows     []calendarRow
}

// accountState is how an account stands.
type accountState struct {
	ID, Title, Name string
	State           label
	Problem         string // what the owner has to do something about
	Reconnect       string // address; empty: no need
	Read            string // "Last read 10:05 AM."
	Failing         []string
}

// calendarRow is a calendar that can be taken into use.
type calendarRow struct {
	Value         string // account and calendar, as the form has it
	Name          string
	Primary       bool
	Writable      bool
	Reads, Writes bool
}

// offerView is a provider that can be connected for somebody.
type offerView struct {
	Title, Href string
	Missing     string // what has to be done first
}

// calendarDone are the words after a change, by the word in the address.
var calendarDone = map[string]string{
	"connected":    "Connected. What is in that calendar keeps its times from being offered.",
	"chosen":       "Saved.",
	"read":         "Read just now.",
	"disconnected": "Disconnected. What was written into that calendar stays there; its other appointments count no more.",
	"settled":      "Settled.",
}

// calendarProblems are the words for what went wrong beside, by the word in the address: the kind of the provider's
// refusal, or one of ours.
var calendarProblems = map[string]string{
	string(calendar.Unavailable):  "The calendar's server does not answer now. It is asked again by itself.",
	string(calendar.Limited):      "The calendar's server wants to be left alone for a while. It is asked again by itself.",
	string(calendar.Unauthorized): "The calendar's server does not let us in any more: connect it again.",
	string(calendar.Forbidden):    "A permission is missing: connect it again, and leave every box ticked.",
	string(calendar.NotFound):     "That calendar is not there any more.",
	string(calendar.Conflict):     "The calendar was changed meanwhile. It is read again by itself.",
	string(calendar.Expired):      "The calendar has to be read from the beginning. That happens by itself.",
	string(calendar.Invalid):      "The calendar's server refused what it was asked. The log says more.",
	"read_only":                   "Nobody can write into that calendar, so no jobs can go there. Nothing was changed.",
	"unlisted":                    "The calendar's server does not answer now, so no further calendar can be taken into use. Nothing was changed.",
	"not_left":                    "Our access could not be given back at the calendar's server: take it away there, among the apps that may see your account.",
}

func (s *server) calendars(q *request) error {
	v, err := s.calendarsView(q)
	if err != nil {
		return err
	}
	v.Done, v.Problem = calendarDone[q.URL.Query().Get("done")], calendarProblems[q.URL.Query().Get("but")]
	return q.render(calendarsPage(s.frame(q, "jobs", "Calendars"), v))
}

func (s *server) calendarsView(q *request) (calendarsView, error) {
	accounts, inUse, err := s.accounts(q)
	if err != nil {
		return calendarsView{}, err
	}
	listed := s.listAll(q.Context(), accounts)
	v := calendarsView{}
	if v.Troubles, err = s.troubles(q); err != nil {
		return calendarsView{}, err
	}
	for i, technician := range calendarOwners(q, accounts) {
		o := ownerView{Key: "owner-" + strconv.Itoa(i), Who: technician, Technician: technician, About: "Keep only " + technician + " busy; jobs of " + technician + " can go there."}
		if technician == "" {
			o.Who, o.About = "Everyone", "Keep everybody busy, such as a calendar that the shop shares; all jobs can go there."
		}
		for j := range accounts {
			a := &accounts[j]
			if a.Technician != technician {
				continue
			}
			x := accountView{accountState: s.accountState(q, a, inUse), Rows: calendarRows(a, listed[j].calendars, inUse)}
			if a.State == calendar.Good && listed[j].err != nil {
				x.Unlisted = x.Title + " does not answer now; only what is in use is shown."
			}
			for _, r := range x.Rows {
				o.Choice, o.Writes = true, o.Writes || r.Writes
			}
			o.Accounts = append(o.Accounts, x)
		}
		if slices.Contains(feedOwners(q), technician) {
			o.Offers = s.offers(technician)
		}
		v.Owners = append(v.Owners, o)
	}
	return v, nil
}

func (s *server) accounts(q *request) ([]calendar.Account, []calendar.Connected, error) {
	accounts, err := s.Reader.CalendarAccounts(q.Context(), q.b.ID)
	if err != nil {
		return nil, nil, err
	}
	inUse, err := s.Reader.Calendars(q.Context(), q.b.ID)
	return accounts, inUse, err
}

// calendarOwners lists whose calendars there can be: the business's, each technician's, and those of people who have
// left, as long as an account of theirs is connected.
func calendarOwners(q *request, accounts []calendar.Account) []string {
	out := feedOwners(q)
	for i := range accounts {
		if !slices.Contains(out, accounts[i].Technician) {
			out = append(out, accounts[i].Technician)
		}
	}
	return out
}

type listing struct {
	calendars []calendar.Info
	err       error
}

// listAll asks for the calendars of all accounts that can be asked, at once, and not for long: the page is drawn with
// what is known then.
func (s *server) listAll(ctx context.Context, accounts []calendar.Account) []listing {
	ctx, cancel := context.WithTimeout(ctx, listPatience)
	defer cancel()
	out := make([]listing, len(accounts))
	var all sync.WaitGroup
	for i := range accounts {
		if accounts[i].State != calendar.Good {
			continue
		}
		all.Go(func() {
			out[i].calendars, out[i].err = s.Calendars.List(ctx, accounts[i].ID)
			if out[i].err != nil {
				s.Log.WarnContext(ctx, "dashboard: calendars of an account", "account", accounts[i].ID, "error", out[i].err)
			}
		})
	}
	all.Wait()
	return out
}

// calendarRows are the calendars of an account: those that it has, and those in use that it doesn't tell of now.
func calendarRows(a *calendar.Account, has []calendar.Info, inUse []calendar.Connected) []calendarRow {
	var out []calendarRow
	for _, c := range has {
		out = append(out, calendarRow{Value: choice{a.ID, c.ID}.String(), Name: cmp.Or(c.Name, a.Name), Primary: c.Primary, Writable: c.Writable})
	}
	slices.SortStableFunc(out, func(x, y calendarRow) int {
		switch {
		case x.Primary == y.Primary:
			return 0
		case x.Primary:
			return -1
		}
		return 1
	})
	for i := range inUse {
		c := &inUse[i]
		if c.AccountID != a.ID {
			continue
		}
		value := choice{a.ID, c.Remote}.String()
		at := slices.IndexFunc(out, func(r calendarRow) bool { return r.Value == value })
		if at < 0 {
			out, at = append(out, calendarRow{Value: value, Name: cmp.Or(c.Name, a.Name), Writable: c.Writes}), len(out)
		}
		out[at].Reads, out[at].Writes = c.Reads, c.Writes
	}
	return out
}

// choice names a calendar of an account.
type choice struct{ account, remote string }

func (c choice) String() string { return c.account + ":" + c.remote }

// choiceOf reads what String wrote; no account's id has a colon.
func choiceOf(s string) choice {
	account, remote, _ := strings.Cut(s, ":")
	return choice{account, remote}
}

func (s *server) offers(technician string) []offerView {
	providers := s.Calendars.Providers()
	out := make([]offerView, len(providers))
	for i, p := range providers {
		out[i] = offerView{Title: p.Title(), Href: connectHref(p.Name(), technician)}
		if o, ok := p.(calendar.OAuth); ok {
			out[i].Missing = o.Ready()
		}
	}
	return out
}

func connectHref(provider, technician string) string {
	href := "/calendars/" + url.PathEscape(provider) + "/connect"
	if technician != "" {
		href += "?" + url.Values{"technician": {technician}}.Encode()
	}
	return href
}

func (s *server) provider(name string) calendar.Provider {
	for _, p := range s.Calendars.Providers() {
		if p.Name() == name {
			return p
		}
	}
	return nil
}

// accountState says how an account stands, and its calendars that are in use.
func (s *server) accountState(q *request, a *calendar.Account, inUse []calendar.Connected) accountState {
	now := s.now(q)
	v := accountState{ID: a.ID, Name: a.Name, Title: a.Provider, State: label{"Connected", "good"}}
	if p := s.provider(a.Provider); p != nil {
		v.Title = p.Title()
	}
	var oldest *calendar.Connected
	for i := range inUse {
		c := &inUse[i]
		if c.AccountID != a.ID {
			continue
		}
		if oldest == nil || c.SyncedAt.Before(oldest.SyncedAt) {
			oldest = c
		}
		if !c.FailingSince.IsZero() {
			v.State = label{"Not read", "warn"}
			v.Failing = append(v.Failing, cmp.Or(c.Name, a.Name)+": not read since "+moment(c.FailingSince.In(now.Location()), now)+". "+c.Failure)
		}
	}
	switch {
	case oldest == nil:
		v.Read = "No calendar of it is in use."
	case oldest.SyncedAt.IsZero():
		v.Read = "Not read yet."
	default:
		v.Read = "Last read " + moment(oldest.SyncedAt.In(now.Location()), now) + "."
	}
	if a.State == calendar.Reconnect {
		v.State, v.Failing = label{"Connect again", "bad"}, nil
		v.Problem = cmp.Or(a.Problem, v.Title+" does not let us in any more.")
		v.Reconnect = connectHref(a.Provider, a.Technician)
	}
	return v
}

// moment writes when something was: "10:05 AM", "Tue, Nov 24, 10:05 AM".
func moment(t, now time.Time) string {
	if d := day(t, now); d != "Today" {
		return d + ", " + clockTime(t)
	}
	return clockTime(t)
}

// accountPart is how one account stands.
func (s *server) accountPart(q *request) error {
	accounts, inUse, err := s.accounts(q)
	if err != nil {
		return err
	}
	for i := range accounts {
		if accounts[i].ID == q.PathValue("id") {
			return q.render(accountPart(s.accountState(q, &accounts[i], inUse)))
		}
	}
	return errNotFound
}
