package travel

import (
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLocate(t *testing.T) {
	for zip, want := range map[string]Place{
		"10001":      {40.751, -73.997}, // Manhattan
		"90210":      {34.101, -118.415},
		"60647":      {41.921, -87.701}, // Logan Square, Chicago
		"00601":      {18.181, -66.750}, // Adjuntas, Puerto Rico
		"99501":      {61.220, -149.858},
		"60647-1234": {41.921, -87.701},
	} {
		got, ok := Locate(zip)
		if !ok || math.Abs(got.Lat-want.Lat) > 0.01 || math.Abs(got.Lon-want.Lon) > 0.01 {
			t.Errorf("%s lies at %v (%t), not %v", zip, got, ok, want)
		}
	}
	for _, none := range []string{"", "00000", "99999", "6064", "606470", "abcde", "+6064", "-0647", "60647x"} {
		if got, ok := Locate(none); ok {
			t.Errorf("%q lies at %v", none, got)
		}
	}
}

// TestMiles holds distances against what maps say between the centres of these places.
func TestMiles(t *testing.T) {
	for _, c := range []struct {
		from, to    string
		least, most float64
	}{
		{"60647", "60601", 4.0, 5.5},       // Logan Square to the Loop
		{"10001", "11201", 3.5, 5.0},       // Midtown to Brooklyn Heights
		{"94103", "94612", 8.0, 10.0},      // San Francisco to Oakland
		{"60601", "53202", 79, 84},         // Chicago to Milwaukee
		{"10001", "90012", 2430, 2470},     // New York to Los Angeles
		{"99501", "00601", 4_850, 4_930},   // Anchorage to Puerto Rico
		{"60647", "60647", 0, 0.000000001}, // nowhere
	} {
		from, known := Locate(c.from)
		to, also := Locate(c.to)
		if !known || !also {
			t.Errorf("where is %s or %s?", c.from, c.to)
			continue
		}
		if got := from.Miles(to); got < c.least || got > c.most {
			t.Errorf("%s to %s: %.1f miles, want %.1f to %.1f", c.from, c.to, got, c.least, c.most)
		}
	}
}

// TestMinutesAgainstSurveys holds the model against trips that people timed; see model.go.
func TestMinutesAgainstSurveys(t *testing.T) {
	for _, c := range []struct{ roadMiles, minutes float64 }{{8.3, 20.7}, {10.2, 22.0}, {12.1, 23.3}, {17.5, 27.2}} {
		degrees := c.roadMiles / detour / (earthMiles * math.Pi / 180)
		got := (Place{Lat: 41}).Drive(Place{Lat: 41 + degrees}).Minutes()
		if math.Abs(got-c.minutes) > 0.2*c.minutes {
			t.Errorf("%v miles: %v minutes, people took %v", c.roadMiles, got, c.minutes)
		}
	}
}

func TestDrive(t *testing.T) {
	for _, c := range []struct {
		from, to    string
		least, most time.Duration
	}{
		{"60647", "60647", nearby, nearby},
		{"60647", "60622", 8 * time.Minute, 14 * time.Minute},  // next door
		{"60647", "60601", 15 * time.Minute, 25 * time.Minute}, // downtown
		{"60601", "60187", 38 * time.Minute, 55 * time.Minute}, // to Wheaton
		{"60601", "53202", 100 * time.Minute, 140 * time.Minute},
	} {
		got, ok := Drive(c.from, c.to)
		if !ok || got < c.least || got > c.most {
			t.Errorf("%s to %s: %v (%t), want %v to %v", c.from, c.to, got, ok, c.least, c.most)
		}
	}
	for _, pair := range [][2]string{{"60647", "00000"}, {"", "60647"}} {
		if got, ok := Drive(pair[0], pair[1]); ok {
			t.Errorf("%v: %v", pair, got)
		}
	}
}

// TestDrivesAreLikeDistances: farther is never sooner, both ways are the same, and no way round is much of a short cut.
func TestDrivesAreLikeDistances(t *testing.T) {
	place := rapid.Custom(func(t *rapid.T) Place {
		return Place{rapid.Float64Range(24, 49).Draw(t, "lat"), rapid.Float64Range(-125, -67).Draw(t, "lon")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := place.Draw(t, "a"), place.Draw(t, "b"), place.Draw(t, "c")
		if a.Drive(b) != b.Drive(a) {
			t.Fatalf("%v there, %v back", a.Drive(b), b.Drive(a))
		}
		if a.Miles(b) <= a.Miles(c) != (a.Drive(b) <= a.Drive(c)) && a.Drive(b) != a.Drive(c) {
			t.Fatalf("%v for %v miles, %v for %v", a.Drive(b), a.Miles(b), a.Drive(c), a.Miles(c))
		}
		if a.Drive(b) < nearby || a.Drive(b)%time.Minute != 0 {
			t.Fatalf("a drive of %v", a.Drive(b))
		}
		if a.Drive(b)+b.Drive(c) < a.Drive(c)-time.Minute {
			t.Fatalf("%v by way of b, %v straight", a.Drive(b)+b.Drive(c), a.Drive(c))
		}
	})
}

// TestTheTableIsSmall holds what it costs the binary, the memory and the first who asks.
func TestTheTableIsSmall(t *testing.T) {
	if len(packed) > 200_000 {
		t.Errorf("the table takes %d bytes of the binary", len(packed))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	unpacked, err := unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if n := len(unpacked.zips); n < 33_000 {
		t.Errorf("%d ZIPs", n)
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2<<20 {
		t.Errorf("the table takes %d bytes of memory", grown)
	}
	runtime.KeepAlive(unpacked)
}

func TestABrokenTableIsAnError(t *testing.T) {
	for name, b := range map[string][]byte{"empty": nil, "cut": packed[:len(packed)/2], "not compressed": []byte(strings.Repeat("x", 100))} {
		if _, err := unpack(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkUnpack(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unpack(packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDrive(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Drive("60647", "60187")
	}
}
