package contact

import (
	"slices"
	"sync"
	"time"

	"github.com/nyaruka/phonenumbers"
)

// ZonesOfPhone gives the time zones in which the area of a North American number lies, several where it crosses a line;
// none for other numbers and for areas that the table does not know (toll-free, fiction, the newest). The table is
// libphonenumber's, which the numbers are read with anyway.
//
// People take their numbers along when they move: an address tells more.
func ZonesOfPhone(e164 string) []*time.Location {
	if !isNorthAmerican(e164) {
		return nil
	}
	names, err := phonenumbers.GetTimezonesForPrefix(e164)
	if err != nil || len(names) > manyZones {
		return nil
	}
	return locations(names)
}

// manyZones is how many zones no area has: then the table gives those of the whole continent.
const manyZones = 4

// ZonesOfAddress gives the time zones in which an address in the United States may lie; none where neither its state nor
// its ZIP says.
func ZonesOfAddress(a Address) []*time.Location {
	if len(a.ZIP) >= 3 {
		if names, ok := splitZIPs[a.ZIP[:3]]; ok {
			return locations(names)
		}
	}
	return locations(stateZones[a.State])
}

var loaded sync.Map // name → *time.Location, of a fixed set of names

func locations(names []string) []*time.Location {
	var out []*time.Location
	for _, name := range names {
		l, ok := loaded.Load(name)
		if !ok {
			zone, err := time.LoadLocation(name)
			if err != nil { // the zone files of the machine are older than the table
				return nil
			}
			l, _ = loaded.LoadOrStore(name, zone)
		}
		if zone := l.(*time.Location); !slices.Contains(out, zone) {
			out = append(out, zone)
		}
	}
	return out
}
