package oncall_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/oncall"
	"fixly/store"
)

const (
	first = "EMERGENCY: " + leak + "." + asked
	again = "STILL OPEN: " + first
)

func TestOneAfterTheOtherIsPagedUntilSomebodyAnswers(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.texted(luis, first)
		d.texted(ana)
		d.passes(2 * time.Minute)
		d.rung("1m0s " + luis)
		d.passes(3 * time.Minute)
		d.texted(ana, first)
		d.passes(30 * time.Second)
		if got := d.replies(ana, "1"); got != "It's yours: "+leak+"." {
			d.t.Errorf("the answer is %q", got)
		}
		d.taken("Ana Diaz", oncall.ByText, 5*time.Minute+30*time.Second)
		d.texted(luis, first, "TAKEN by Ana Diaz at 2:05 am: "+leak+".")
		d.passes(time.Hour)
		d.rung("1m0s " + luis)
		d.texted(ana, first)
		d.texted(mike)
	})
}

func TestNobodyAnswersAndTheOwnerHears(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.passes(time.Hour)
		d.rung("1m0s "+luis, "6m0s "+ana, "11m0s "+mike, "16m0s "+luis, "21m0s "+ana, "26m0s "+mike)
		d.texted(luis, first, again)
		d.texted(mike, first, again, "NOBODY HAS TAKEN IT, I texted and called Luis Ortega, Ana Diaz, Mike Rossi: "+leak+". Please call them. Reply 1 when you have it.")
		if p := d.page(); p.State != oncall.Nobody || p.Took() != 0 {
			d.t.Errorf("the page is %+v", p)
		}
		if got := d.replies(mike, "ok"); got != "" { // that the owner says to other questions, too
			d.t.Errorf("the owner's ok is answered %q", got)
		}
		d.replies(mike, "got it") // late is better than never
		d.taken("Mike Rossi", oncall.ByText, time.Hour)
		d.texted(luis, first, again, "TAKEN by Mike Rossi at 3:00 am: "+leak+".")
	})
}

func TestWithoutARotaEverybodyIsPagedAtOnce(t *testing.T) {
	eachDesk(t, nil, func(d *desk) {
		d.emergency()
		d.texted(mike, first)
		d.texted(dana, first)
		d.passes(90 * time.Second)
		d.rung("1m0s "+dana, "1m0s "+mike)
		if got := d.picksUp(1, "1"); !strings.Contains(got, "it's yours") {
			d.t.Errorf("who pressed 1 hears %q", got)
		}
		d.taken("Mike Rossi", oncall.ByCall, 90*time.Second)
		if len(d.calls.hung) != 1 || d.calls.hung[0] != "CA1" {
			d.t.Errorf("hung up are %v: Dana's phone need not ring any longer", d.calls.hung)
		}
		d.texted(mike, first, "It's yours: "+leak+".")
		d.texted(dana, first, "TAKEN by Mike Rossi at 2:01 am: "+leak+".")
		if got := d.replies(dana, "On it!"); !strings.HasPrefix(got, "TAKEN by Mike Rossi") {
			d.t.Errorf("Dana hears %q", got)
		}
		d.taken("Mike Rossi", oncall.ByCall, 90*time.Second)
	})
}

// What is heard by who picks up, and by a voicemail that says nothing.
func TestAPageByCall(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.passes(time.Minute)
		if got := d.picksUp(0); got != "This is the receptionist of Mike's Plumbing & Heating, with an emergency. "+leak+". Press 1 to take it. Press 2 if you can't." {
			d.t.Errorf("said is %q", got)
		}
		if got := d.picksUp(0, "", "7", ""); got != "It's in your texts. Goodbye." {
			d.t.Errorf("who presses nothing hears %q", got)
		}
		if p := d.page(); p.State != oncall.Open {
			d.t.Errorf("silence has taken the page: %+v", p)
		}
	})
}

func TestWhoCannotPassesItOn(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.passes(10 * time.Second)
		if got := d.replies(luis, "2"); got != "OK, I'm asking the next one." {
			d.t.Errorf("the answer is %q", got)
		}
		d.texted(ana, first) // at once
		d.passes(time.Minute)
		d.rung("1m10s " + ana) // and Luis's phone stays silent
		if got := d.picksUp(0, "2"); !strings.Contains(got, "asking the next one") {
			d.t.Errorf("heard is %q", got)
		}
		d.texted(mike, first)
		d.passes(4*time.Minute + 45*time.Second) // five minutes after Luis was paged: nothing comes of that any more
		d.texted(mike, first)
		d.passes(time.Minute)
		d.texted(luis, first, again)
	})
}

// The caller was put through meanwhile: whoever took the call knows, and no phone rings.
func TestACallerWhoWasPutThrough(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.talking(false)
		d.passes(time.Hour)
		d.rung()
		d.taken("", oncall.ByTransfer, time.Minute)
		d.texted(luis, first, "TAKEN by whoever took the call at 2:01 am: "+leak+".")
	})
}

// Who picked up a phone that asks for no key may be a voicemail: the page goes on.
func TestWhatPickedUpColdTakesNoPage(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.talking(true)
		d.passes(2 * time.Minute)
		d.rung("1m0s " + luis)
		if p := d.page(); p.State != oncall.Open {
			d.t.Errorf("the page is %+v", p)
		}
	})
}

func TestTheOfficeNotesWhoHasIt(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.passes(2 * time.Minute)
		for range 2 {
			d.tx(func(ctx context.Context, tx *store.Tx) error {
				return d.desk.Note(ctx, tx, d.shop.ID, d.page().ID, "Ana Diaz")
			})
		}
		d.passes(0)
		d.taken("Ana Diaz", oncall.ByOffice, 2*time.Minute)
		d.texted(ana, "It's yours: "+leak+".")
		d.texted(luis, first, "TAKEN by Ana Diaz at 2:02 am: "+leak+".")
	})
}

// Short words are answers to a page only from who was paged, and not for ever; the owner's "yes" may be about a visit.
func TestWhatIsNoAnswerToAPage(t *testing.T) {
	eachDesk(t, nil, func(d *desk) {
		if got := d.replies(mike, "1"); got != "" {
			d.t.Errorf("nobody was paged: %q", got)
		}
		d.emergency()
		for from, body := range map[string]string{mike: "yes", dana: "what is it about?", luis: "1"} {
			if got := d.replies(from, body); got != "" {
				d.t.Errorf("%s says %q and hears %q", from, body, got)
			}
		}
		if p := d.page(); p.State != oncall.Open {
			d.t.Errorf("the page is %+v", p)
		}
		d.replies(dana, "Yes")
		d.taken("Dana Rossi", oncall.ByText, 0)
		d.passes(13 * time.Hour)
		if got := d.replies(dana, "ok"); got != "" {
			d.t.Errorf("half a day later: %q", got)
		}
	})
}

// Who takes it by text need not be rung any more, either.
func TestWhoTakesItByTextIsNotRung(t *testing.T) {
	eachDesk(t, nil, func(d *desk) {
		d.emergency()
		d.passes(time.Minute)
		d.replies(dana, "1")
		if len(d.calls.hung) != 2 {
			d.t.Errorf("hung up are %v, of the calls to Dana and Mike", d.calls.hung)
		}
	})
}

// another opens a page about another conversation, or a danger in the same.
func (d *desk) another(conversation, what, text string) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		return oncall.Begin(ctx, tx, d.clock.Now(), oncall.Emergency{
			BusinessID: d.shop.ID, ConversationID: conversation, Line: line, What: what, Text: text,
		})
	})
	d.passes(0)
}

func TestOfTwoPagesBothCanBeTaken(t *testing.T) {
	eachDesk(t, nil, func(d *desk) {
		d.emergency()
		d.passes(10 * time.Second)
		d.another("conv_2", "emergency", "no heat. Joe Black")
		if got := d.replies(dana, "1"); got != "It's yours: no heat. Joe Black. Still open: "+leak+". Reply 1 to take it." {
			d.t.Errorf("the first answer is %q", got)
		}
		if got := d.replies(dana, "1"); got != "It's yours: "+leak+"." {
			d.t.Errorf("the second answer is %q", got)
		}
		pages, err := d.db.ListPages(d.t.Context(), d.shop.ID, time.Time{}, "", 0)
		if err != nil || len(pages) != 2 || pages[0].TakenPhone != dana || pages[1].TakenPhone != dana {
			d.t.Errorf("%+v, %v", pages, err)
		}
	})
}

// A danger is paged to everybody who was paged about the emergency, which is nobody's business any more.
func TestADangerSupersedesTheEmergency(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.emergency()
		d.passes(6*time.Minute + time.Second) // Ana's phone rings
		d.another("conv_1", "danger", "smells gas. Karen Whitfield")
		if len(d.calls.hung) != 1 || d.calls.hung[0] != "CA2" {
			d.t.Errorf("hung up are %v", d.calls.hung)
		}
		d.texted(ana, first, "DANGER: smells gas. Karen Whitfield."+asked)
		if got := d.replies(ana, "1"); got != "It's yours: smells gas. Karen Whitfield." {
			d.t.Errorf("the answer is %q", got)
		}
		d.passes(time.Hour)
		d.texted(mike)
		pages, err := d.db.ListPages(d.t.Context(), d.shop.ID, time.Time{}, "", 0)
		if err != nil || len(pages) != 2 || pages[0].TakenPhone != ana || pages[1].State != oncall.Superseded {
			d.t.Errorf("%+v, %v", pages, err)
		}
	})
}

func TestTheOwnerHearsWhoWasReallyCalled(t *testing.T) {
	eachDesk(t, turns, func(d *desk) {
		d.calls.refuses = true
		d.emergency()
		d.passes(time.Hour)
		d.texted(mike, first, again, "NOBODY HAS TAKEN IT, I texted Luis Ortega, Ana Diaz, Mike Rossi and could call nobody: "+leak+". Please call them. Reply 1 when you have it.")
	})
}
