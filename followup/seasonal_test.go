package followup_test

import (
	"context"
	"testing"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
)

// season offers the cleaning of drains again.
func (d *desk) season(s business.Seasonal) *receptionist.Receptionist {
	d.t.Helper()
	s.Service = "Drain cleaning"
	return d.setup(func(f *business.FollowUps) { f.Seasonal, f.ReviewLink = []business.Seasonal{s}, "" })
}

// promotion enters in the ledger that the customer agreed in writing to be reminded, or took it back.
func (d *desk) promotion(act consent.Act) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx followup.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: d.shop.ID, Address: customer, Channel: consent.Promotion, Act: act, How: consent.Signed, At: d.clock.Now(),
		})
		return err
	})
}

// until runs what is planned until an instant.
func (d *desk) until(at time.Time) { d.follow(at.Sub(d.clock.Now())) }

var october = business.Seasonal{Season: "10-01"}

// The first of October at ten in Chicago, where the clocks have been changed twice since the visit.
var seasonBegins = time.Date(2027, 10, 1, 15, 0, 0, 0, time.UTC)

func TestWorkIsOfferedAgainAtItsSeason(t *testing.T) {
	each(t, func(d *desk) {
		d.season(october)
		d.completed("Drain cleaning")
		d.completedAgain()
		d.promotion(consent.Given)
		d.want(d.planned(), "seasonal planned Fri 10:00")
		d.until(seasonBegins.Add(-time.Minute))
		d.want(d.texts(messaging.Seasonal))
		d.follow(30 * 24 * time.Hour)
		d.want(d.texts(messaging.Seasonal), "seasonal sent >0142 time_again: Mike's Plumbing & Heating: it's about time again for your drain cleaning. "+
			"Shall we book it? Reply YES or NO. STOP ends texts.")
		d.want(d.planned(), "seasonal sent time_again Fri 10:00")
		d.follow(400 * 24 * time.Hour)
		if got := d.texts(messaging.Seasonal); len(got) != 1 {
			d.t.Errorf("texts %q", got)
		}
	})
}

// completedAgain tells once more that the visit is completed, as a queue may.
func (d *desk) completedAgain() {
	d.t.Helper()
	all, err := d.db.JobsByPhone(d.t.Context(), d.shop.ID, customer, start.AddDate(0, 0, -2))
	if err != nil {
		d.t.Fatal(err)
	}
	d.changed(&all[0], "completed", false)
}

func TestAYesToTheOfferBooks(t *testing.T) {
	once(t, func(d *desk) {
		r := d.season(october)
		d.completed("Drain cleaning")
		d.promotion(consent.Given)
		d.until(seasonBegins.Add(time.Hour))
		d.has(d.texted(r, "yes"), "?")
		said := d.texted(r, "the first one please")
		for _, answer := range []string{"Karen Whitfield", "yes", "1842 North Damen Avenue, Chicago 60647", "yes", "yes", "yes"} {
			if len(d.ahead()) > 0 {
				break
			}
			said = d.texted(r, answer)
		}
		if got := d.ahead(); len(got) != 1 || got[0].Service != "Drain cleaning" {
			d.t.Errorf("booked %+v after %q", got, said)
		}
	})
}

// ahead are the customer's visits that stand.
func (d *desk) ahead() []scheduling.Job {
	d.t.Helper()
	all, err := d.db.JobsByPhone(d.t.Context(), d.shop.ID, customer, d.clock.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func TestANoToTheOfferIsLeft(t *testing.T) {
	once(t, func(d *desk) {
		r := d.season(october)
		d.setup(func(f *business.FollowUps) { f.Leads = days(1, 3) })
		d.completed("Drain cleaning")
		d.promotion(consent.Given)
		d.until(seasonBegins.Add(time.Hour))
		d.has(d.texted(r, "no thanks"), "No problem.")
		d.follow(10 * 24 * time.Hour)
		d.want(d.texts(messaging.Lead))
	})
}

func TestWorkIsOfferedAgainInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.season(business.Seasonal{AfterMonths: 6})
		d.spoke(receptionist.ByCall, "es")
		d.completed("Drain cleaning")
		d.promotion(consent.Given)
		d.follow(200 * 24 * time.Hour)
		d.want(d.texts(messaging.Seasonal), "seasonal sent >0142 time_again: Mike's Plumbing & Heating: ya casi toca otra vez su limpieza de drenajes. "+
			"¿Agendamos la visita? Responda SÍ o NO. ALTO para no recibir más.")
	})
}

func TestWhoIsOfferedNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happens func(d *desk)
		why     string
	}{
		"who only booked, called and wrote": {func(*desk) {}, "dropped not_agreed"},
		"who took it back": {func(d *desk) {
			d.promotion(consent.Given)
			d.clock.Advance(time.Hour)
			d.promotion(consent.Withdrawn)
		}, "dropped not_agreed"},
		"who opted out": {func(d *desk) {
			d.promotion(consent.Given)
			d.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, d.shop.ID, customer) })
		}, "dropped opted_out"},
		"who wants texts again, after STOP": {func(d *desk) {
			d.promotion(consent.Given)
			for _, act := range []consent.Act{consent.Withdrawn, consent.Restored} {
				d.clock.Advance(time.Hour)
				d.tx(func(ctx context.Context, tx followup.Tx) error {
					_, err := tx.AddConsent(ctx, &consent.Entry{
						BusinessID: d.shop.ID, Address: customer, Channel: consent.Text, Act: act, How: consent.SentWord, At: d.clock.Now(),
					})
					return err
				})
			}
		}, "dropped not_agreed"},
		"who has a visit ahead": {func(d *desk) {
			d.promotion(consent.Given)
			d.book(scheduling.FromOwner, func(j *scheduling.Job) { shift(j, seasonBegins.AddDate(0, 0, 9).Sub(j.Slot.Start)) })
		}, "dropped booked_since"},
		"whose work was switched off": {func(d *desk) {
			d.promotion(consent.Given)
			d.setup(func(f *business.FollowUps) { f.Seasonal[0].Service = "Leak repair" })
		}, "dropped switched_off"},
		"who complained": {func(d *desk) {
			d.promotion(consent.Given)
			d.texted(d.lends(), "I want to complain, your plumber left a mess and the leak is back")
		}, "dropped complained"},
	} {
		t.Run(name, func(t *testing.T) {
			once(t, func(d *desk) {
				d.season(october)
				d.completed("Drain cleaning")
				c.happens(d)
				d.until(seasonBegins.AddDate(0, 0, 1))
				d.want(d.texts(messaging.Seasonal))
				d.want(d.seasonal(), "seasonal "+c.why+" Fri 10:00")
			})
		})
	}
}

// seasonal are the follow-ups of the rule.
func (d *desk) seasonal() []string {
	d.t.Helper()
	var out []string
	for _, s := range d.planned() {
		if len(s) > 8 && s[:8] == "seasonal" {
			out = append(out, s)
		}
	}
	return out
}

// Of two visits for the same work the last one counts, whichever was noted first.
func TestWorkThatWasDoneAgainIsOfferedOnce(t *testing.T) {
	each(t, func(d *desk) {
		d.season(october)
		d.promotion(consent.Given)
		d.completed("Drain cleaning")
		d.clock.Advance(48 * time.Hour)
		j := d.book(scheduling.FromOwner, func(j *scheduling.Job) { j.Service = "Drain cleaning" })
		d.update(j, func() { j.Status = scheduling.StatusCompleted })
		d.changed(j, "completed", false)
		d.until(seasonBegins.AddDate(0, 0, 20))
		if got := d.texts(messaging.Seasonal); len(got) != 1 {
			d.t.Errorf("texts %q", got)
		}
		got := map[string]bool{}
		for _, s := range d.seasonal() {
			got[s] = true
		}
		if len(got) != 2 || !got["seasonal dropped done_since Fri 10:00"] || !got["seasonal sent time_again Fri 10:00"] {
			d.t.Errorf("planned %q", d.seasonal())
		}
	})
}

// Whoever is talking is left alone until they are done; a season that is moved is waited for.
func TestAnOfferWaits(t *testing.T) {
	once(t, func(d *desk) {
		r := d.season(october)
		d.promotion(consent.Given)
		d.completed("Drain cleaning")
		d.until(seasonBegins.Add(-time.Hour))
		d.setup(func(f *business.FollowUps) { f.Seasonal[0].Season = "10-15" })
		d.until(seasonBegins.AddDate(0, 0, 14).Add(-2 * time.Minute))
		d.want(d.seasonal(), "seasonal planned Fri 10:00")
		d.texted(r, "hi, my kitchen sink is clogged")
		d.until(seasonBegins.AddDate(0, 0, 14).Add(8 * time.Minute))
		d.want(d.texts(messaging.Seasonal))
		d.follow(time.Hour)
		if got := d.texts(messaging.Seasonal); len(got) > 1 {
			d.t.Errorf("texts %q", got)
		}
	})
}

// An offer that nobody answers is not followed up as a lead, day after day.
func TestAnOfferThatNobodyAnswersIsLeft(t *testing.T) {
	once(t, func(d *desk) {
		d.season(october)
		d.setup(func(f *business.FollowUps) { f.Leads = days(1, 3) })
		d.promotion(consent.Given)
		d.completed("Drain cleaning")
		d.until(seasonBegins.Add(time.Hour))
		for range 5 {
			d.follow(25 * time.Hour)
			d.closeStale()
		}
		d.follow(10 * 24 * time.Hour)
		d.want(d.planned(), "seasonal sent time_again Fri 10:00")
	})
}
