package simulate

// zones are those of the area codes that simulated callers have, by their IANA names.
var zones = map[string]string{
	"312": "America/Chicago", "773": "America/Chicago", "872": "America/Chicago", "708": "America/Chicago", "847": "America/Chicago",
	"630": "America/Chicago", "303": "America/Denver", "720": "America/Denver", "212": "America/New_York", "646": "America/New_York",
	"415": "America/Los_Angeles", "213": "America/Los_Angeles", "214": "America/Chicago", "404": "America/New_York",
	"617": "America/New_York", "206": "America/Los_Angeles",
}

// ZoneOfAreaCode is the IANA name of the zone that a simulated caller's area code lies in; false for any other code.
func ZoneOfAreaCode(code string) (name string, ok bool) {
	name, ok = zones[code]
	return name, ok
}
