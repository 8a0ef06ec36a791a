package business

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// CentsPerJob is what a booked job costs in hundredths of the currency, rounded to the nearest: the one place where the
// file's number becomes money.
func (b *Billing) CentsPerJob() int64 { return int64(math.Round(b.PerBookedJob * 100)) }

// dollars is an amount of money as owners write it into a price: "$149", "$1,250.50".
var dollars = regexp.MustCompile(`\$\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))?`)

// LeastCents is the first sum in the service's price, in cents: what a visit brings at least, as far as the file says. False
// where its price names no sum.
func (s *Service) LeastCents() (int64, bool) {
	m := dollars.FindStringSubmatch(s.Price)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 32)
	if err != nil {
		return 0, false
	}
	cents, _ := strconv.ParseInt("0"+m[2], 10, 32) // two digits, or none
	return n*100 + cents, true
}
