package followup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
)

// visitLink is as long as addresses of visits are, at a host with a name of usual length.
func visitLink(string, string) string {
	return "https://phone.mikesplumbing.com/visit/c9m2v1q8p4s6t0u2v4a0abcdefghijkmnpqrstuvwxyz23"
}

// segments is how many parts a text is sent and charged in (GSM 03.38, or UCS-2 where a character is not of that).
func segments(body string) int {
	single, several, n := 160, 153, 0
	for _, r := range body {
		if r >= 0x80 && !strings.ContainsRune("éñÑÉ¿¡üÜ", r) {
			single, several = 70, 67
		}
		n++
	}
	if n <= single {
		return 1
	}
	return (n + several - 1) / several
}

// TestTheLinkCostsASegmentAtMost: the confirmation says where to change the visit, and ends with it.
func TestTheLinkCostsASegmentAtMost(t *testing.T) {
	each(t, func(d *desk) {
		plain := map[string][]string{}
		for _, link := range []func(string, string) string{nil, visitLink} {
			d.deps.VisitLink = link
			for i, language := range []string{"en", "es"} {
				j := d.book(scheduling.FromWeb, func(j *scheduling.Job) {
					day := time.Duration(7*(i+1)) * 24 * time.Hour
					if link != nil {
						day += 24 * time.Hour
					}
					j.Slot.Start, j.Slot.End = j.Slot.Start.Add(day), j.Slot.End.Add(day)
					j.BusyUntil, j.WindowEnd = j.BusyUntil.Add(day), j.WindowEnd.Add(day)
					j.Customer.Phone, j.Customer.Language = "+1312555014"+string(rune('3'+i)), language
				})
				d.changed(j, "booked", false)
				if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
					j.UpdatedAt = j.UpdatedAt.Add(time.Minute)
					return tx.UpdateJob(ctx, j)
				}); err != nil {
					d.t.Fatal(err)
				}
				d.changed(j, "moved", false)
				var bodies []string
				for _, m := range d.messages() {
					if m.JobID == j.ID && m.To == j.Customer.Phone {
						bodies = append(bodies, m.Body)
					}
				}
				if len(bodies) != 2 {
					d.t.Fatalf("%d texts: %q", len(bodies), bodies)
				}
				if link == nil {
					plain[language] = bodies
					continue
				}
				for k, body := range bodies {
					if !strings.HasSuffix(body, " "+link("", "")) || strings.Contains(plain[language][k], "https") {
						d.t.Errorf("text %q", body)
					}
					if more := segments(body) - segments(plain[language][k]); more > 1 {
						d.t.Errorf("%s: %d segments more: %q", language, more, body)
					}
				}
			}
		}
	})
}

func TestThePageCode(t *testing.T) {
	each(t, func(d *desk) {
		d.deps.Codes = receptionist.NewCodes([]byte("secret"))
		d.clock.Advance(12 * time.Hour) // at night: somebody looks at the page
		for _, language := range []string{"en", "en", "es"} {
			subject := "page:" + d.shop.ID + ":" + language
			err := followup.WorkerTextPageCode(d.deps).Work(d.t.Context(), &river.Job[followup.TextPageCode]{JobRow: &rivertype.JobRow{}, Args: followup.TextPageCode{
				BusinessID: d.shop.ID, Subject: subject, Phone: customer, Language: language,
			}})
			if err != nil {
				d.t.Fatal(err)
			}
		}
		d.play(time.Second)
		d.want(d.sentTo(customer),
			d.deps.Codes.Of("page:"+d.shop.ID+":en", customer, 1)+" is your code for Mike's Plumbing & Heating. Type it in on the page to book your visit. If you did not ask for it, ignore this text.",
			d.deps.Codes.Of("page:"+d.shop.ID+":es", customer, 1)+" es su código para Mike's Plumbing & Heating. Escríbalo en la página para agendar su visita. Si no lo pidió, ignore este mensaje.")
	})
}
