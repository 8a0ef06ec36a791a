package store

import "github.com/rs/xid"

// newID makes an id: a prefix that names its kind, and an xid, which sorts by the second it was made.
func newID(kind string) string { return kind + "_" + xid.New().String() }

// giveID fills in an id that is still empty.
func giveID(id *string, kind string) {
	if *id == "" {
		*id = newID(kind)
	}
}
