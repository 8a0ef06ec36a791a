package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// discover finds the collections that hold the calendars of the user, and the addresses that invitations to the user go
// to (RFC 6764 section 6). It begins at the address that was entered; names of servers in DNS (SRV) are not looked up:
// what they say proves nothing about whom a password may be told.
func (s *session) discover(ctx context.Context) (homes, own []string, err error) {
	wellKnown, root := *s.server, *s.server
	wellKnown.Path, root.Path = "/.well-known/caldav", "/"
	begin := []*url.URL{&wellKnown, &root}
	if s.server.Path != "/" {
		begin = slices.Insert(begin, 0, s.server)
	}
	var first error
	for _, at := range begin {
		homes, own, err = s.from(ctx, at)
		if err == nil && len(homes) > 0 {
			return homes, own, nil
		}
		switch calendar.KindOf(err) {
		case calendar.Unauthorized, calendar.Limited:
			return nil, nil, err // elsewhere it is no better
		}
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	if first == nil {
		first = fail("discover", calendar.NotFound, errors.New("no address leads to calendars"))
	}
	return nil, nil, first
}

// from looks for the homes from an address: it names the user's principal, which names them.
func (s *session) from(ctx context.Context, at *url.URL) (homes, own []string, err error) {
	const asked = `<D:current-user-principal/><C:calendar-home-set/><C:calendar-user-address-set/>`
	m, err := s.multi(ctx, "PROPFIND", at, "0", propfind(asked), "discover")
	if err != nil {
		return nil, nil, err
	}
	p := m.first()
	if p.Principal != nil && len(p.Principal.Hrefs) > 0 {
		principal, ok := m.address(p.Principal.Hrefs[0])
		if !ok || !s.trusted(principal) {
			return nil, nil, fail("discover", calendar.Unavailable, &elsewhereError{hostOf(principal)})
		}
		if m, err = s.multi(ctx, "PROPFIND", principal, "0", propfind(asked), "discover"); err != nil {
			return nil, nil, err
		}
		p = m.first()
	}
	if p.Homes == nil {
		return nil, nil, nil
	}
	for _, link := range p.Homes.Hrefs {
		home, ok := m.address(link)
		if !ok || !s.trusted(home) {
			return nil, nil, fail("discover", calendar.Unavailable, &elsewhereError{hostOf(home)})
		}
		homes = append(homes, home.String())
	}
	if p.Addresses != nil {
		for _, a := range p.Addresses.Hrefs {
			own = append(own, strings.ToLower(strings.TrimSpace(a)))
		}
	}
	if mail := "mailto:" + strings.ToLower(s.user); strings.Contains(mail, "@") && !slices.Contains(own, mail) {
		own = append(own, mail)
	}
	return homes, own, nil
}

func hostOf(u *url.URL) string {
	if u == nil {
		return "nowhere"
	}
	return u.Host
}

// List gives the calendars of the account that hold events.
func (a *account) List(ctx context.Context) ([]calendar.Info, error) {
	all, err := a.list(ctx, a.Homes)
	if calendar.KindOf(err) != calendar.NotFound {
		return all, err
	}
	// The account moved within its provider.
	homes, _, err := a.discover(ctx)
	if err != nil {
		return nil, err
	}
	return a.list(ctx, homes)
}

func (a *account) list(ctx context.Context, homes []string) ([]calendar.Info, error) {
	var out []calendar.Info
	for _, h := range homes {
		home, err := url.Parse(h)
		if err != nil || !a.trusted(home) {
			return nil, fail("list the calendars", calendar.NotFound, errors.New("the address of the calendars is not the server's"))
		}
		m, err := a.multi(ctx, "PROPFIND", home, "1", propfind(`<D:resourcetype/><D:displayname/><D:current-user-privilege-set/>`+
			`<C:supported-calendar-component-set/><C:calendar-timezone/><C:calendar-timezone-id/>`), "list the calendars")
		if err != nil {
			return nil, err
		}
		for i := range m.Answers {
			p := m.Answers[i].found()
			at, ok := m.address(m.Answers[i].Href)
			if !ok || !a.trusted(at) || !p.holdsEvents() || slices.ContainsFunc(out, func(c calendar.Info) bool { return c.ID == at.String() }) {
				continue
			}
			name := strings.TrimSpace(p.Name)
			if name == "" {
				name = path.Base(at.Path)
			}
			out = append(out, calendar.Info{ID: at.String(), Name: name, Zone: p.zone(), Writable: p.writable()})
		}
	}
	return out, nil
}

// holdsEvents says whether something is a calendar with events. A calendar of another server that is only shown there
// is none: its own server has it.
func (p *props) holdsEvents() bool {
	if p.Type == nil || p.Type.Calendar == nil || p.Type.Subscribed != nil {
		return false
	}
	if p.Components == nil || len(p.Components.All) == 0 {
		return true
	}
	for _, c := range p.Components.All {
		if strings.EqualFold(c.Name, "VEVENT") {
			return true
		}
	}
	return false
}

func (p *props) writable() bool {
	if p.Privileges == nil {
		return true // the first write will tell
	}
	for _, g := range p.Privileges.All {
		if g.All != nil || g.Write != nil || g.WriteContent != nil || g.Bind != nil {
			return true
		}
	}
	return false
}

// zone is the IANA name of a calendar's zone; empty where the server doesn't tell, or tells one that has none.
func (p *props) zone() string {
	if l := icalendar.Location(strings.TrimSpace(p.TimezoneID)); l != nil {
		return l.String()
	}
	c, err := icalendar.Read([]byte(strings.TrimSpace(p.Timezone)))
	if err != nil {
		return ""
	}
	return icalendar.Zone(c)
}

// collection gives the address of a calendar.
func (a *account) collection(calendarID, doing string) (*url.URL, error) {
	u, err := url.Parse(calendarID)
	if err != nil || u.Host == "" || !a.trusted(u) {
		return nil, fail(doing, calendar.NotFound, fmt.Errorf("no calendar of %s", a.server.Host))
	}
	if !strings.HasSuffix(u.Path, "/") {
		u = u.JoinPath("/")
	}
	return u, nil
}
