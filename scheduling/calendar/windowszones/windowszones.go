// Package windowszones gives the IANA names of the time zones that Microsoft's programs name in their own way: "Central
// Standard Time" is America/Chicago.
package windowszones

import "strings"

// IANA gives the IANA name of a zone of Windows, upper or lower case; false where there is none by that name.
func IANA(windows string) (string, bool) {
	name, ok := zones[strings.ToLower(strings.TrimSpace(windows))]
	return name, ok
}
