package business

import "regexp"

// zipAtEnd finds the ZIP that ends an address; what may follow it after a hyphen says nothing about the way there.
var zipAtEnd = regexp.MustCompile(`(?:^|[^0-9])([0-9]{5})(?:-[0-9]{4})?\s*$`)

// HomeZIP is the ZIP of where the member's day begins and ends; empty when Home has none.
func (m *Member) HomeZIP() string {
	if found := zipAtEnd.FindStringSubmatch(m.Home); found != nil {
		return found[1]
	}
	return ""
}
