package google

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"fixly/scheduling/calendar"
)

// eventID is the id of the event of a job's visit. Google takes ids of 5 to 1,024 letters a to v and digits, and keeps them
// unique within a calendar, also beyond the deletion of the event: that is what makes writing twice harmless.
func eventID(e *calendar.Event) string {
	// The usual id of a job has the letters already, all but its underscore; it is kept readable.
	if rest, ok := strings.CutPrefix(e.Job, "job_"); ok && len(rest) == 20 && strings.Trim(rest, legal) == "" {
		return "job" + rest + "p" + strconv.Itoa(e.Part)
	}
	sum := sha256.Sum256([]byte(e.Job + "/" + strconv.Itoa(e.Part)))
	return "fi" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20]))
}

const legal = "0123456789abcdefghijklmnopqrstuv"
