package month

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Assumption is a number about people that nobody knows for a shop before it has counted itself.
type Assumption struct {
	Name        string
	Value       float64
	Least, Most float64
	Why         string // what it means, in which unit, and where the value comes from
}

// The names of the assumptions.
const (
	callsPerDay     = "calls_per_open_day"
	closedShare     = "calls_while_closed"
	pickUpOpen      = "pick_up_open"
	pickUpClosed    = "pick_up_closed"
	ringPatience    = "ring_patience"
	personBooks     = "person_books"
	personMinutes   = "person_minutes"
	staysOnLine     = "stays_with_receptionist"
	looksOn         = "looks_on_at_once"
	hiredAfter      = "hired_elsewhere_after"
	repliesToText   = "replies_to_text"
	replyAfter      = "reply_after"
	fallsSilent     = "falls_silent"
	stops           = "says_stop"
	callBackAfter   = "call_back_after"
	callBackAtMost  = "call_back_attempts"
	answersCallBack = "answers_call_back"
	attemptMinutes  = "attempt_minutes"
	byOneTap        = "call_back_by_one_tap"
	customerMachine = "voicemail_takes_call_back"
	notesOutcome    = "notes_outcome"
	noMoreCalls     = "wants_no_more_calls"
	callsAgain      = "calls_again"
	textsPerSecond  = "texts_per_second"
	outages         = "outages"
	outageMinutes   = "outage_minutes"
	answersLost     = "outage_loses_answers"
	visitValue      = "visit_value"
	callsAboutVisit = "calls_about_visit"
)

// Defaults are the assumptions as they stand until somebody knows better. Shares are from 0 to 1. Where no source is
// named, the value is a guess.
func Defaults() []Assumption {
	return []Assumption{
		{callsPerDay, 14, 0, 500, "calls on a day that the shop is open; a guess for two technicians"},
		{closedShare, 0.22, 0, 0.95, "share of all calls that come in while the shop is closed; a guess"},
		{pickUpOpen, 0.38, 0, 1, "how likely one person picks up while the shop is open, being on a roof or under a sink otherwise; a guess"},
		{pickUpClosed, 0.15, 0, 1, "the same while it is closed"},
		{ringPatience, 28, 5, 120, "seconds for which a caller listens to ringing; a guess: five rings"},
		{personBooks, 0.75, 0, 1, "how likely a caller who can be booked is booked by a person who picked up; a guess"},
		{personMinutes, 6, 0.5, 60, "minutes that a person spends on a call that they took, writing it down included; a guess"},
		{staysOnLine, 0.88, 0, 1, "how likely a caller talks with a virtual receptionist at all; a guess"},
		{looksOn, 0.7, 0, 1, "how likely a caller who reached nobody tries the next shop at once; a guess"},
		{hiredAfter, 9, 0.5, 10000, "minutes after which half of those who look on have found another shop; a guess"},
		{repliesToText, 0.45, 0, 1, "how likely somebody who still looks answers a text; a guess"},
		{replyAfter, 1.5, 0.1, 600, "minutes after which half of the answers to a text have come; a guess"},
		{fallsSilent, 0.04, 0, 1, "how likely a text in a conversation is not answered any more; a guess"},
		{stops, 0.01, 0, 1, "how likely a text is answered with STOP; a guess"},
		{callBackAfter, 35, 0, 10000, "minutes after which half of the calls owed have been tried, while the shop is open; a guess"},
		{callBackAtMost, 3, 0, 20, "how often a call owed is tried by the shop's people"},
		{answersCallBack, 0.45, 0, 1, "how likely a call back is answered at all, whoever was hired meanwhile; a guess"},
		{attemptMinutes, 1, 0, 30, "minutes that a call back costs that nobody answers; a guess"},
		{byOneTap, 0.7, 0, 1, "share of the calls back that go over Fixly's bridge; the rest from somebody's own phone; a guess"},
		{customerMachine, 0.6, 0, 1, "how likely a voicemail takes a call back that nobody answers; a guess"},
		{notesOutcome, 0.7, 0, 1, "how likely a person says what came of a call back, by key, text or on the page; a guess"},
		{noMoreCalls, 0.02, 0, 1, "how likely somebody who answers a call back wants no more of them; a guess"},
		{callsAgain, 0.15, 0, 1, "how likely somebody who reached nobody, and looks on, calls once more within the hour; a guess"},
		{textsPerSecond, 1.2, 0.01, 1000, "texts that the carrier sends from one number in a second; 37 in 30 seconds is a low-volume 10DLC line"},
		{outages, 2, 0, 100, "how often in the month the carrier's API is away"},
		{outageMinutes, 20, 0, 1440, "for how many minutes each time"},
		{answersLost, 0.3, 0, 1, "how likely the carrier does what it is asked while it is away, and only the answer is lost; a guess"},
		{visitValue, 350, 0, 100000, "what a booked visit brings, in the shop's currency; a guess"},
		{callsAboutVisit, 0.12, 0, 1, "how likely somebody with a visit calls about it once more; a guess"},
	}
}

// ErrAssumption says that an assumption was set wrongly.
var ErrAssumption = errors.New("month: wrong assumption")

// Set changes assumptions by "name=value".
func Set(all []Assumption, setting string) error {
	name, value, ok := strings.Cut(setting, "=")
	if !ok {
		return fmt.Errorf("%w: %q is not like %s=0.4", ErrAssumption, setting, pickUpOpen)
	}
	i := slices.IndexFunc(all, func(a Assumption) bool { return a.Name == strings.TrimSpace(name) })
	if i < 0 {
		names := make([]string, len(all))
		for j, a := range all {
			names[j] = a.Name
		}
		return fmt.Errorf("%w: there is none called %q; there are %s", ErrAssumption, name, strings.Join(names, ", "))
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(v) || v < all[i].Least || v > all[i].Most {
		return fmt.Errorf("%w: %s is a number from %g to %g, not %q", ErrAssumption, all[i].Name, all[i].Least, all[i].Most, value)
	}
	all[i].Value = v
	return nil
}

// writeAssumptions lists them, for people.
func writeAssumptions(w io.Writer, all []Assumption) {
	fmt.Fprintln(w, "assumed (change one with --assume NAME=VALUE)")
	for _, a := range all {
		fmt.Fprintf(w, "  %-24s %8g  %s\n", a.Name, a.Value, a.Why)
	}
}
