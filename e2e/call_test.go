package e2e

import (
	"testing"
	"time"

	"fixly/telephony/fakephone"
)

// A call as the receptionist takes it, from the leak to the goodbye, to the job and the texts about it.
func TestACallBecomesABookedJob(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		says(call, "yes that's right", "booked")
		says(call, "no that's all thanks", "goodbye")
		call.HangsUp()
		s.isBookedOnce(owen)
		c := s.comesTo(call.SID, "booked", "receptionist")
		if c.JobID != s.onlyJob().ID || len(c.Transcript) < 10 {
			t.Errorf("the call is %+v", c)
		}
		for _, turn := range c.Transcript {
			if turn.Who != "caller" && turn.Reason == "" {
				t.Errorf("%q was said without a reason", turn.Text)
			}
		}
	})
}

func TestACallByGatherBecomesABookedJob(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.byGather(t)
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "booked")
	says(call, "no that's all thanks", "goodbye")
	call.Ends()
	s.isBookedOnce(owen)
	s.comesTo(call.SID, "booked", "receptionist")
}

// The keypad serves where the recogniser doesn't, and somebody who withholds a number can give one.
func TestACallByKeypad(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	call := s.Call("anonymous")
	call.Hears("How can I help")
	says(call, "hi there's a pipe dripping in my laundry room", "tomorrow")
	says(call, "tomorrow at eight", "name")
	says(call, "my name is owen pratt", "number")
	call.Presses("3125550143")
	call.Hears("address")
	says(call, "fourteen twelve north wood street six oh six two two", "1412 North Wood")
	call.Presses("1")
	call.Hears("booked")
	call.HangsUp()
	s.isBookedOnce(owen)
}

func TestATextConversationBooks(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.textsAboutTheLeak(owen)
		s.Texted(owner, "Owen Pratt")
		s.calmsDown()
		j := s.onlyJob()
		if j.Source != "text" || j.Customer.Name != "Owen Pratt" || j.Customer.Phone != owen || j.Address.ZIP != "60622" {
			t.Errorf("booked is %+v", j)
		}
		s.aText(owner, "summary")
		s.aText(owen, "confirmation")
		if n := len(s.Texts(owner)); n != 1 {
			t.Errorf("%d texts to the owner", n)
		}
	})
}

// talksAboutTheLeak is a caller who says all there is to say, up to where it is read back.
func (s *shop) talksAboutTheLeak(call *fakephone.Call) {
	s.t.Helper()
	call.Hears("How can I help")
	says(call, "hi there's a pipe dripping in my laundry room", "tomorrow")
	says(call, "tomorrow at eight", "name")
	says(call, "my name is owen pratt", "number")
	says(call, "yes it is", "address")
	says(call, "fourteen twelve north wood street six oh six two two", "1412 North Wood")
}

// textsAboutTheLeak is the same by text, to the end.
func (s *shop) textsAboutTheLeak(from string) {
	s.t.Helper()
	s.Text(from, "hi a pipe is dripping in my laundry room, any chance tmrw?").Receives("tomorrow")
	s.Text(from, "first one works").Receives("name")
	s.Text(from, "Owen Pratt").Receives("address")
	s.Text(from, "1412 N Wood St 60622").Receives("right?")
	s.Text(from, "yep").Receives("booked")
}

// says says something and waits for an answer with some words.
func says(call *fakephone.Call, words, answer string) {
	call.Says(words)
	call.Hears(answer)
}

// isBookedOnce checks that the leak is booked, once, and that the owner and the caller each have exactly one text
// about it, within ten seconds.
func (s *shop) isBookedOnce(phone string) {
	s.t.Helper()
	s.isBookedOnceWithin(phone, patience)
}

func (s *shop) isBookedOnceWithin(phone string, within time.Duration) {
	s.t.Helper()
	s.await("owner and caller have a text", within, func() bool { return len(s.Texts(owner)) > 0 && len(s.Texts(phone)) > 0 })
	s.calmsDownWithin(within)
	j := s.onlyJob()
	if want := time.Date(2026, 11, 24, 8, 0, 0, 0, monday.Location()); !j.StartsAt.Equal(want) || j.Service != "Leak repair" ||
		j.Customer.Name != "Owen Pratt" || j.Customer.Phone != phone || j.Address.Line1 != "1412 North Wood Street" || j.Address.ZIP != "60622" {
		s.t.Errorf("booked is %+v", j)
	}
	s.gotTexts(owner, "Owen Pratt")
	s.gotTexts(phone, "You're booked with Mike's Plumbing & Heating: Tuesday, Nov 24 between 8 and 10 AM")
}
