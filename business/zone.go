package business

import (
	"fmt"
	"reflect"
	"time"
	_ "time/tzdata" // zones work on machines that bring no zone files, such as empty containers
)

// Prepare makes a business usable that was read by other means than Parse, such as a store's own JSON: it finds the
// zone and normalises empty lists. It checks nothing else.
func (b *Business) Prepare() error {
	emptyLists(reflect.ValueOf(b).Elem())
	if err := b.loadZone(); err != nil {
		return fmt.Errorf("business %q: %w", b.Profile.Slug, err)
	}
	return nil
}

// loadZone resolves the zone. The machine's own zone ("", "Local") names no place, so it is refused.
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
