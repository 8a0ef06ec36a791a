package twilio

import "time"

// keypadPause ends an entry that has neither # nor the expected length.
const keypadPause = 2 * time.Second

// maxKeys bounds an entry; longer than any phone number.
const maxKeys = 24

// keypad collects the keys a caller presses into one entry.
type keypad struct{ keys []byte }

// press adds a key and says whether the entry is complete: by #, or by the length that fits what was asked. A star
// begins the entry anew.
func (k *keypad) press(key byte, asked string) bool {
	switch {
	case key == '#':
		return len(k.keys) > 0
	case key == '*':
		k.keys = k.keys[:0]
		return false
	case key < '0' || key > '9' || len(k.keys) == maxKeys:
		return false
	}
	k.keys = append(k.keys, key)
	return len(k.keys) == expectedKeys(asked, k.keys[0])
}

// take empties the keypad and gives what was entered.
func (k *keypad) take() string {
	s := string(k.keys)
	k.keys = k.keys[:0]
	return s
}

func (k *keypad) empty() bool { return len(k.keys) == 0 }

// expectedKeys is how many keys answer what was asked, 0 when only a pause can tell. A North American number has
// ten digits, eleven when the country code comes first; no area code begins with 1.
func expectedKeys(asked string, first byte) int {
	switch asked {
	case "phone":
		if first == '1' {
			return 11
		}
		return 10
	case "choice", "confirm":
		return 1
	}
	return 0
}
