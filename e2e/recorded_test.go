package e2e

import (
	"net/http"
	"strings"
	"testing"

	"fixly/telephony/fakephone"
)

// records has the shop of Illinois, where everybody's consent is wanted, ask its callers.
func (s *shop) records(t testing.TB, calls string) {
	t.Helper()
	s.editBusiness(t, func(b map[string]any) { b["recording"] = map[string]any{"calls": calls, "keep_days": 30} })
}

// A call is recorded from the caller's yes to its end, once, although the carrier's answer is lost; and is played on
// its page.
func TestACallIsRecordedAfterAYes(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.records(t, "ask")
		call := s.Call(owen)
		call.Hears("may I record this call?")
		if n := len(s.CallRecordings()); n != 0 {
			t.Fatalf("%d recordings before the answer", n)
		}
		s.LoseAnswers(1)
		says(call, "yes that's fine", "Thank you")
		s.AwaitRecordings("recorded", func(all []fakephone.CallRecording) bool { return len(all) == 1 && all[0].Call == call.SID })
		s.await("the carrier is asked whether it has it", patience, func() bool { return s.count("recordings") == 1 })
		call.HangsUp()
		s.AwaitRecordings("over", func(all []fakephone.CallRecording) bool { return len(all) == 1 && all[0].Status == "completed" })
		s.calmsDown()
		if n := s.count("recordings"); n != 1 || len(s.CallRecordings()) != 1 {
			t.Errorf("%d recordings stored, %+v at the carrier", n, s.CallRecordings())
		}
	})
}

// Who says no, says something else, or is not asked, is not recorded, and who wants a recording deleted has it deleted.
func TestOnlyWhoAgreesIsRecorded(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.records(t, "ask")
	for _, c := range []struct{ from, answer, reply string }{
		{owen, "no thank you", "isn't recorded"},
		{karen, "my kitchen sink is leaking", ""},
	} {
		call := s.Call(c.from)
		call.Hears("may I record this call?")
		says(call, c.answer, c.reply)
		call.HangsUp()
	}
	again := s.Call(owen) // who said no is not asked again
	again.Hears("How can I help")
	if g := again.Relay(0).Attr["welcomeGreeting"]; g == "" || strings.Contains(g, "record") {
		t.Errorf("who refused is greeted with %q", g)
	}
	again.HangsUp()
	s.calmsDown()
	for _, r := range s.Requests() {
		if r.Method == http.MethodPost && strings.Contains(r.Path, "/Recordings") {
			t.Errorf("%s %s", r.Method, r.Path)
		}
	}
	call := s.Call("+13125550144")
	call.Hears("may I record this call?")
	says(call, "sure", "Thank you")
	s.AwaitRecordings("recorded", func(all []fakephone.CallRecording) bool { return len(all) == 1 })
	says(call, "stop recording and delete the recording please", "deleted")
	s.AwaitRecordings("deleted", func(all []fakephone.CallRecording) bool { return all[0].Deleted })
	call.HangsUp()
}

// Whoever takes a recorded call hears that they are recorded before they press 1.
func TestWhoTakesARecordedCallHearsOfIt(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.records(t, "ask")
	s.Person(owner, fakephone.Answers)
	call := s.Call(owen)
	call.Hears("may I record this call?")
	says(call, "yes", "Thank you")
	says(call, "can i talk to mike please", "Mike")
	call.Says("okay")
	call.Ends()
	if !strings.Contains(call.Transcript(), "This call is recorded. Press 1") {
		t.Errorf("not said to who takes it:\n%s", call.Transcript())
	}
}
