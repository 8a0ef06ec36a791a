package e2e

import (
	"context"
	"net/http"
	"testing"
	"time"
)

// The process is killed when the caller has given all details. Twilio finds the session failed and asks how to go
// on; the next process takes the call over from what is stored.
func TestKilledInTheMiddleOfACall(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		s.kill()
		s.restart(0)
		call.Hears("1412 North Wood") // the question it stopped at
		says(call, "yes that's right", "booked")
		says(call, "no that's all thanks", "goodbye")
		call.HangsUp()
		s.isBookedOnce(owen)
		s.comesTo(call.SID, "booked", "receptionist")
	})
}

func TestKilledInTheMiddleOfACallByGather(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.byGather(t)
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	s.kill()
	call.Says("yes that's right") // Twilio delivers it once somebody listens
	s.restart(0)
	call.Hears("booked")
	says(call, "no that's all thanks", "goodbye")
	call.Ends()
	s.isBookedOnce(owen)
}

// The process is killed when the booking is committed, and its answer is lost. The caller is told after the restart,
// says yes once more, and there is still one job.
func TestKilledBetweenCommitAndReply(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, onABadDay)
		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		call.Says("yes that's right")
		call.LosesTheSession() // so nobody hears the answer
		s.await("the job is committed", patience, func() bool { return s.count("jobs") == 1 })
		s.kill()
		s.restart(0)
		call.Hears("booked")
		says(call, "yes that's right", "")
		call.HangsUp()
		// Where the kill met the confirmation on its way, it is first looked for at the carrier, see below.
		s.isBookedOnceWithin(owen, 2*time.Minute)
		s.comesTo(call.SID, "booked", "receptionist")
	})
}

// Texts wait because the carrier fails, the process is killed, and then the carrier is well again.
func TestKilledWithTextsQueued(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, onABadDay)
		s.Fail(1<<20, http.StatusServiceUnavailable, 20503)
		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		says(call, "yes that's right", "booked")
		call.HangsUp()
		s.await("both texts have been tried", patience, func() bool {
			tried := map[string]bool{}
			for _, r := range s.Requests() {
				tried[r.Form.Get("To")] = true
			}
			return tried[owner] && tried[owen]
		})
		s.kill()
		s.Fail(0, 0, 0)
		s.restart(0)
		// A text that the kill met on its way is first looked for at the carrier, once its claim has run out, see below.
		s.isBookedOnceWithin(owen, 2*time.Minute)
	})
}

// The carrier has accepted a text, and the process is killed before it hears so. The next one asks the carrier, finds
// the text, and does not send it again.
func TestKilledRightAfterTheCarrierAcceptedAText(t *testing.T) {
	t.Parallel()
	s := sqlite(t, onABadDay)
	s.HangAfterAccepting(2) // the text-back and the owner's summary
	s.WithholdReports()     // else the server hears of them that way
	call := s.Call(karen)
	call.Hears("How can I help")
	says(call, "hang on a second", "")
	call.HangsUp()
	s.Texted(karen, "missed your call")
	s.Texted(owner, "")
	s.kill()
	s.restart(0)
	// The claim of the killed process on a text holds for three quarters of a minute.
	s.await("the texts have been looked up", 2*time.Minute, func() bool {
		return s.aText(karen, "text_back").Status == "sent" && s.aText(owner, "summary").Status == "sent"
	})
	s.calmsDown()
	for number, n := range s.textsTo() {
		if n != 1 {
			t.Errorf("%d texts to %s", n, number)
		}
	}
}

// count counts the rows of a table, in the database.
func (s *shop) count(table string) (n int) {
	s.t.Helper()
	db := s.connect()
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}
