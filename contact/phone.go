package contact

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ErrNoPhone says that what was given is not a telephone number.
var ErrNoPhone = errors.New("contact: not a phone number")

// NormalizePhone reads a number as people or carriers write it and gives it in E.164 ("+13125550142"). region is
// the ISO 3166-1 code of the country whose numbers may come without a country code ("US"). An extension is
// dropped. A number only has to be possible (right length for its country), not assigned: carriers deliver calls
// from ranges that no numbering plan lists, and the numbers reserved for fiction are in none. Everything else is
// ErrNoPhone.
func NormalizePhone(raw, region string) (string, error) {
	n, err := phonenumbers.Parse(raw, region)
	if err != nil {
		return "", fmt.Errorf("%w: %q: %w", ErrNoPhone, raw, err)
	}
	// The other positive verdict, "possible within its own area", is a number without its area code.
	if phonenumbers.IsPossibleNumberWithReason(n) != phonenumbers.IS_POSSIBLE {
		return "", fmt.Errorf("%w: %q has the wrong number of digits", ErrNoPhone, raw)
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// IsE164 says whether s is a phone number in exactly the form that NormalizePhone gives.
func IsE164(s string) bool {
	if isNorthAmerican(s) {
		return true // nearly all of our numbers, for a thousandth of the work
	}
	n, err := NormalizePhone(s, "ZZ") // no region: the country code must be there
	return err == nil && n == s
}

// IsAssignable says whether an E.164 number can belong to someone: it is in its country's numbering plan, or it is
// one of the North American 555 numbers that no plan lists (fiction and test numbers).
func IsAssignable(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil || !IsE164(e164) {
		return false
	}
	return phonenumbers.IsValidNumber(n) || isNorthAmerican555(e164)
}

// isNorthAmerican says whether s is +1 and ten digits that an area code can begin.
func isNorthAmerican(s string) bool {
	if len(s) != len("+13125550142") || !strings.HasPrefix(s, "+1") || s[2] < '2' {
		return false
	}
	for i := 2; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isNorthAmerican555 says whether the area code or the exchange of a +1 number is 555.
func isNorthAmerican555(e164 string) bool {
	return isNorthAmerican(e164) && (e164[2:5] == "555" || e164[5:8] == "555")
}

// National writes an E.164 number as people in its country do: "(312) 555-0142". What is not a number comes back
// as it is.
func National(e164 string) string {
	n, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(n, phonenumbers.NATIONAL)
}

// IsTextable says whether a text to an E.164 number can reach a person, as far as the number tells: it is possible,
// it isn't a withheld caller's stand-in, and it is of no kind that never has a phone with a screen behind it (toll-free
// and premium lines; land lines in the countries that number them apart, which North America does not).
func IsTextable(e164 string) bool {
	if !IsE164(e164) || CallerID(e164) == "" {
		return false
	}
	n, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil {
		return false
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST,
		phonenumbers.UAN, phonenumbers.VOICEMAIL, phonenumbers.PAGER:
		return false
	}
	return true
}
