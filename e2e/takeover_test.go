package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The owner writes in a customer's thread, from his phone: the receptionist is silent until he gives it back.
func TestTheOwnerTakesAThreadOver(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.Text(karen, "my kitchen faucet is dripping").Receives("?")
		s.Text(owner, "to 10: hi").Receives("There is no thread 10.")
		s.takeOver(karen, "Hi, Mike here. Which brand is it?")
		s.Texted(karen, "Which brand is it?")
		s.Text(karen, "it's a Moen, and I'm at 1842 North Damen Avenue, 60647")
		s.Texted(owner, "it's a Moen")
		s.Text(owner, "to 10: I'll bring the part")
		s.Texted(karen, "I'll bring the part")
		s.Text(karen, "great, thanks")
		s.Texted(owner, "great, thanks")
		s.Text(owner, "release 10").Receives("I answer")
		s.Text(karen, "what are your hours?").Receives("8")
		s.calmsDown()
		wrote := 0
		for _, m := range s.Texts(karen) {
			if !strings.Contains(m.Body, "Mike here") && !strings.Contains(m.Body, "bring the part") {
				wrote++
			}
		}
		if wrote != 2 { // before it was taken over, and after it was given back
			t.Errorf("the receptionist wrote %d texts: %+v", wrote, s.Texts(karen))
		}
	})
}

// What is on today, a wrong command, and STOP from a thread that people hold.
func TestCommandsByText(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.Text(owner, "today").Receives("no visits")
	s.Text(owner, "tomorow").Receives("I don't know that one")
	s.Text(owner, "block fri 1-4pm").Receives("Blocked: Fri Nov 27 1-4 pm for everybody")
	s.Text(karen, "hello").Receives("")
	s.takeOver(karen, "Hi, Mike here.")
	s.Texted(karen, "Mike here")
	s.Text(karen, "STOP").Receives("you won't get any more texts")
	s.Text(owner, "to 10: one more thing")
	s.calmsDown()
	for _, m := range s.Texts(karen) {
		if strings.Contains(m.Body, "one more thing") {
			t.Error("after STOP it is written on")
		}
	}
}

// takeOver writes in a thread on the page of the dashboard.
func (s *shop) takeOver(number, body string) {
	s.t.Helper()
	form := url.Values{"body": {body}, "key": {strings.ReplaceAll(body, " ", "")}}
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/texts/"+url.PathEscape(number), strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("writing by hand is answered %d", resp.StatusCode)
	}
}
