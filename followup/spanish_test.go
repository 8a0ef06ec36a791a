package followup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
)

// spoke stores a conversation that was held in Spanish, by text or by phone.
func (d *desk) spoke(ch receptionist.Channel, language string) {
	d.t.Helper()
	conv, _ := d.conversation(ch, ledger.Booked, d.clock.Now())
	conv.Language = language
	if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.UpdateConversation(ctx, conv) }); err != nil {
		d.t.Fatal(err)
	}
}

func inSpanish(j *scheduling.Job) {
	j.Problem, j.Customer.Name = "una fuga de agua debajo del fregadero", "María Núñez"
}

func TestAVisitBookedInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke(receptionist.ByCall, "es")
		j := d.book(scheduling.FromCall, inSpanish)
		d.changed(j, "booked", true)
		d.want(d.texts(), "confirmation queued >0142 job_booked: Su cita con Mike's Plumbing & Heating está confirmada: el martes 24 de noviembre entre 8 y 10 a.m. "+
			"Reparación de fugas en 1842 North Damen Avenue 60647. Para cambiarla, responda a este mensaje. ALTO para no recibir más.")
		d.ended(d.call("CA1", customer, ledger.Booked, ledger.ByReceptionist, "", j.ID))
		d.want(d.texts(messaging.Summary), "summary queued >0101 call_ended: Booked: María Núñez, "+
			`Leak repair (in their words: "una fuga de agua debajo del fregadero"), Tue Nov 24 8-10 am (Luis), 1842 North Damen Avenue 60647. (312) 555-0142`)
	})
}

func TestAVisitMovedAndCancelledInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke(receptionist.ByText, "es")
		j := d.book(scheduling.FromText, inSpanish)
		d.changed(j, "moved", false)
		err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			j.Status, j.UpdatedAt = scheduling.StatusCancelled, j.UpdatedAt.Add(time.Minute)
			return tx.UpdateJob(ctx, j)
		})
		if err != nil {
			d.t.Fatal(err)
		}
		d.changed(j, "cancelled", false)
		got := d.texts(messaging.Confirmation)
		for i, want := range []string{"Su visita de Mike's Plumbing & Heating cambió de hora. Nueva hora: el martes 24 de noviembre", "quedó cancelada"} {
			if len(got) <= i || !strings.Contains(got[i], want) {
				d.t.Errorf("%q lacks %q", got, want)
			}
		}
	})
}

func TestWhoSpokeSpanishIsTextedBackInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke(receptionist.ByCall, "es")
		d.ended(d.call("CA1", customer, ledger.Abandoned, ledger.ByReceptionist, "una fuga", ""))
		d.want(d.texts(messaging.TextBack), "text_back queued >0142 caller_left: Hola, le escribimos de Mike's Plumbing & Heating. "+
			"Perdón por no haber podido atender su llamada. ¿En qué le podemos ayudar?")
	})
}

// A language that the business has stopped speaking is none to write in.
func TestALanguageThatTheBusinessDoesNotSpeak(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke(receptionist.ByCall, "es")
		d.shop.Profile.Languages = []string{"en"}
		if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
			d.t.Fatal(err)
		}
		d.changed(d.book(scheduling.FromCall, nil), "booked", true)
		d.want(d.texts(), "confirmation queued >0142 job_booked: "+booking)
	})
}
