package business

import (
	"fmt"
	"reflect"
	"time"
	_ "time/tzdata" // zones work on machines that bring no zone files, such as empty containers
)

// Prepare makes a business usable that was read by other means than Parse, such as a store's own JSON: it finds the
// zones and normalises empty lists. It checks nothing else.
func (b *Business) Prepare() error {
	emptyLists(reflect.ValueOf(b).Elem())
	if err := b.loadZone(); err != nil {
		return fmt.Errorf("business %q: %w", b.Profile.Slug, err)
	}
	for i := range b.Team {
		if err := b.Team[i].loadZone(); err != nil {
			return fmt.Errorf("business %q: %s's time zone: %w", b.Profile.Slug, b.Team[i].Name, err)
		}
	}
	return nil
}

// loadZone resolves the shop's zone. The machine's own zone ("", "Local") names no place, so it is refused.
func (b *Business) loadZone() error {
	if b.Profile.Timezone == "" || b.Profile.Timezone == "Local" {
		return fmt.Errorf("time zone %q is no IANA name", b.Profile.Timezone)
	}
	l, err := time.LoadLocation(b.Profile.Timezone)
	if err != nil {
		return fmt.Errorf("time zone: %w", err)
	}
	b.loc = l
	return nil
}

// loadZone resolves the member's own zone, if any.
func (m *Member) loadZone() error {
	m.loc = nil
	if m.Timezone == "" {
		return nil
	}
	if m.Timezone == "Local" {
		return fmt.Errorf("time zone %q is no IANA name", m.Timezone)
	}
	l, err := time.LoadLocation(m.Timezone)
	m.loc = l
	return err
}

// Location is the zone that the member's hours and days off are in, the shop's unless they have their own.
func (m *Member) Location(shop *time.Location) *time.Location {
	if m.loc == nil {
		return shop
	}
	return m.loc
}
