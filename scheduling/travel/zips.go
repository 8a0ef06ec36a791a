package travel

import (
	"bytes"
	"compress/flate"
	_ "embed" // for the table
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
)

// Place is a point on the map, in degrees.
type Place struct{ Lat, Lon float64 }

// Locate gives the centre of a ZIP of five digits; what follows them ("60647-1234") is of no account. False for a ZIP
// that has no area of its own, or is none.
func Locate(zip string) (Place, bool) {
	if len(zip) > 5 && zip[5] == '-' {
		zip = zip[:5]
	}
	n, err := strconv.ParseUint(zip, 10, 32)
	if err != nil || len(zip) != 5 {
		return Place{}, false
	}
	t := loaded()
	i, found := slices.BinarySearch(t.zips, uint32(n))
	if !found {
		return Place{}, false
	}
	return Place{Lat: float64(t.lat[i]) / perDegree, Lon: float64(t.lon[i]) / perDegree}, true
}

// perDegree is how finely the table divides a degree.
const perDegree = 1000

// table is zips.bin unpacked: ZIPs in order, and where they are in thousandths of a degree. It takes 400 kB.
type table struct {
	zips     []uint32
	lat, lon []int32
}

//go:embed zips.bin
var packed []byte

// loaded unpacks the table when it is first asked for: most shops have driving off.
var loaded = sync.OnceValue(func() *table {
	t, err := unpack(packed)
	if err != nil {
		panic(err) // the table is part of the program, and a test reads it
	}
	return t
})

// unpack reads what pack.go wrote.
func unpack(b []byte) (*table, error) {
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	if err != nil {
		return nil, fmt.Errorf("unpack the table of ZIPs: %w", err)
	}
	r := bytes.NewReader(plain)
	n, err := binary.ReadUvarint(r)
	if err != nil || n > 100_000 {
		return nil, fmt.Errorf("unpack the table of ZIPs: %d of them: %w", n, err)
	}
	t := &table{zips: make([]uint32, n), lat: make([]int32, n), lon: make([]int32, n)}
	for _, put := range []func(i int, v int64){
		func(i int, v int64) { t.zips[i] = uint32(v) },
		func(i int, v int64) { t.lat[i] = int32(v) },
		func(i int, v int64) { t.lon[i] = int32(v) },
	} {
		value := int64(0)
		for i := range t.zips {
			step, err := binary.ReadVarint(r)
			if err != nil {
				return nil, fmt.Errorf("unpack the table of ZIPs: it ends early: %w", err)
			}
			value += step
			put(i, value)
		}
	}
	return t, nil
}
