package messaging_test

import (
	"slices"
	"strings"
	"testing"

	"fixly/messaging"
)

func TestSpanishWordsAboutTexts(t *testing.T) {
	for body, want := range map[string]messaging.OptOutType{
		"ALTO": messaging.Stop, "Parar.": messaging.Stop, "baja": messaging.Stop, "¡Alto!": messaging.Stop, "dar de baja": messaging.Stop,
		"no me manden mensajes": messaging.Stop, "cancelar": messaging.Stop,
		"iniciar": messaging.Start, "AYUDA": messaging.Help, "información": messaging.Help,
		// answers and stories are the receptionist's
		"ya no": messaging.NoOptOut, "no más": messaging.NoOptOut, "para mañana": messaging.NoOptOut, "planta baja": messaging.NoOptOut,
		"no para de gotear": messaging.NoOptOut, "quiero cancelar la cita": messaging.NoOptOut,
	} {
		if got := messaging.ReadOptOut(body, false); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
	if got := messaging.ReadOptOut("cancelar", true); got != messaging.NoOptOut {
		t.Errorf("cancelar with a visit ahead: %q", got)
	}
}

func (d *desk) outbound() []string {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.shop.ID, messaging.MessageFilter{})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, m := range slices.Backward(all) {
		if m.Direction == messaging.Outbound {
			out = append(out, m.Body)
		}
	}
	return out
}

func TestAWordInSpanishIsConfirmedInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "alto", CarrierID: "SM1"})
		d.receive(messaging.Incoming{Body: "iniciar", CarrierID: "SM2"})
		d.receive(messaging.Incoming{Body: "ayuda", CarrierID: "SM3"})
		got := d.outbound()
		for i, want := range []string{"ya no le mandaremos", "volverá a recibir", "escríbanos"} {
			if len(got) <= i || !strings.Contains(got[i], want) {
				d.t.Errorf("%q lacks %q", got, want)
			}
		}
	})
}
