package e2e

import (
	"testing"

	"fixly/telephony/fakephone"
)

// withdrawn are the channels that the ledger of consent holds as not wanted by a number, on their word in a call.
func (s *shop) withdrawn(number string) map[string]bool {
	s.t.Helper()
	db := s.connect()
	defer func() { _ = db.Close() }()
	found, err := db.QueryContext(s.t.Context(), "SELECT address, channel FROM consents WHERE act = 'withdrawn' AND how = 'said_in_call'")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	out := map[string]bool{}
	for found.Next() {
		var address, channel string
		if err := found.Scan(&address, &channel); err != nil {
			s.t.Fatal(err)
		}
		if address == number {
			out[channel] = true
		}
	}
	if err := found.Err(); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// Who rings back to say that they want no more calls is taken at their word: it is confirmed and entered, the call owed to
// them from before is owed no more, none is owed for this one, and no text follows.
func TestWhoWantsNoMoreCallsIsOwedNone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.ringing(t)
		s.givesUp(owen)
		s.Texted(owen, textBack)
		s.await("the call is owed", patience, func() bool { return len(list[owedCall](s, "/callbacks?")) == 1 })

		s.Person(owner, fakephone.NoAnswer)
		s.Person(manager, fakephone.NoAnswer)
		call := s.Call(owen)
		call.Hears("How can I help")
		says(call, "stop calling me and take me off your list", "we won't call or text you again. Goodbye.")
		call.Ends()
		s.comesTo(call.SID, "answered", "receptionist")
		s.calmsDown()
		if w := s.withdrawn(owen); !w["call"] || !w["text"] || len(w) != 2 {
			t.Errorf("withdrawn by the ledger: %v", w)
		}
		if owed := list[owedCall](s, "/callbacks?"); len(owed) != 0 {
			t.Errorf("owed: %+v", owed)
		}
		s.gotTexts(owen, textBack) // of the call before
	})
}

// Who wants texts in place of calls, and hangs up, is texted and not called.
func TestWhoWantsTextsInPlaceOfCallsIsTexted(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	call := s.Call(owen)
	call.Hears("How can I help")
	call.Says("my kitchen faucet is dripping")
	says(call, "and please don't call me, text me", "we won't call you, only text")
	call.HangsUp()
	s.comesTo(call.SID, "abandoned", "receptionist")
	s.Texted(owen, "")
	s.calmsDown()
	if w := s.withdrawn(owen); !w["call"] || len(w) != 1 {
		t.Errorf("withdrawn by the ledger: %v", w)
	}
	if owed := list[owedCall](s, "/callbacks?"); len(owed) != 0 {
		t.Errorf("owed: %+v", owed)
	}
}
