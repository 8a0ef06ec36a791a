package travel

import (
	"math"
	"time"
)

// The figures of the model. They give 8.3 road miles 20 minutes and 10.2 miles 23, where the National Household Travel
// Survey of 2001 found 20.7 and 22.0 for trips to a doctor (Probst et al., BMC Health Services Research 2007, 7:40),
// and 12.1 miles 25 minutes, where it found 23.3 for the way to work (Federal Highway Administration, Highway
// Statistics 2006, table NT-3). That straight lines tell the driving nearly as well as a map does (r² above 0.9) was
// shown for 66,000 places by Boscoe, Henry and Zdeb (The Professional Geographer 64:2, 2012).
const (
	// detour is how much longer the road is than the straight line: 1.2 in a town for points at random (Newell 1980),
	// more on short trips and in newer suburbs (Giacomin and Levinson, Road network circuity in metropolitan areas, 2015).
	detour = 1.3

	townMiles, townMPH     = 3.0, 22.0 // the first miles: streets with lights
	suburbMiles, suburbMPH = 7.0, 35.0 // the next: arterial roads
	highwayMPH             = 55.0      // what is left

	// parking is for finding the door: the van is parked, the tools are carried.
	parking = 3 * time.Minute
	// nearby is the least that any drive takes, two addresses of one ZIP included.
	nearby = 5 * time.Minute
)

// Drive estimates how long it takes from door to door between two ZIPs, in whole minutes. False when it isn't known
// where one of them is.
func Drive(from, to string) (time.Duration, bool) {
	a, ok := Locate(from)
	if !ok {
		return 0, false
	}
	b, ok := Locate(to)
	if !ok {
		return 0, false
	}
	return a.Drive(b), true
}

// Drive estimates how long it takes from door to door, in whole minutes.
func (p Place) Drive(to Place) time.Duration {
	miles := p.Miles(to) * detour
	hours := min(miles, townMiles) / townMPH
	hours += min(max(0, miles-townMiles), suburbMiles) / suburbMPH
	hours += max(0, miles-townMiles-suburbMiles) / highwayMPH
	return DoorToDoor(time.Duration(math.Round(hours*60)) * time.Minute)
}

// DoorToDoor adds to the time at the wheel what it takes to find the door, and makes it the least that any drive takes.
func DoorToDoor(atTheWheel time.Duration) time.Duration { return max(nearby, atTheWheel+parking) }

// earthMiles is the earth's mean radius.
const earthMiles = 3958.8

// Miles is how far two places are apart, as the crow flies.
func (p Place) Miles(to Place) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat, lon := math.Sin(rad(to.Lat-p.Lat)/2), math.Sin(rad(to.Lon-p.Lon)/2)
	h := lat*lat + math.Cos(rad(p.Lat))*math.Cos(rad(to.Lat))*lon*lon
	return 2 * earthMiles * math.Asin(math.Sqrt(min(1, h)))
}
