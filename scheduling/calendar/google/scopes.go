package google

import (
	"slices"
	"strings"
)

// A permission is what Google is asked for and what it is for. Google lets people grant each by itself.
type permission struct {
	scope string
	// wider are scopes that contain it.
	wider []string
	about string // as Google's page says it, to name it to the owner
}

const scopeBase = "https://www.googleapis.com/auth/calendar"

// permissions are the narrowest with which everything here works: reading when people are busy in any of the account's
// calendars, writing into those that it owns, and which there are.
var permissions = []permission{
	{
		scope: scopeBase + ".events.owned", wider: []string{scopeBase, scopeBase + ".events"},
		about: "See, create, change, and delete events on Google calendars you own",
	},
	{
		scope: scopeBase + ".events.readonly", wider: []string{scopeBase, scopeBase + ".events", scopeBase + ".readonly"},
		about: "View events on all your calendars",
	},
	{
		scope: scopeBase + ".calendarlist.readonly", wider: []string{scopeBase, scopeBase + ".calendarlist", scopeBase + ".readonly"},
		about: "See the list of Google calendars you’re subscribed to",
	},
	{
		scope: scopeBase + ".freebusy", wider: []string{scopeBase, scopeBase + ".events.freebusy", scopeBase + ".readonly"},
		about: "View your availability in your calendars",
	},
}

// scopes are those of all permissions.
func scopes() []string {
	var all []string
	for _, p := range permissions {
		all = append(all, p.scope)
	}
	return all
}

// missing lists the permissions that were not granted, as people know them. granted is the scope of a token: nothing in it
// means that all was granted that had been asked for (RFC 6749 section 5.1).
func missing(granted string) []string {
	have := strings.Fields(granted)
	if len(have) == 0 {
		return nil
	}
	var all []string
	for _, p := range permissions {
		if !slices.Contains(have, p.scope) && !slices.ContainsFunc(p.wider, func(s string) bool { return slices.Contains(have, s) }) {
			all = append(all, p.about)
		}
	}
	return all
}
