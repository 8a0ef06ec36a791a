package telnyx

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"fixly/business"
	"fixly/contact"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

const (
	owen     = "+13125550143"
	stranger = "+19005550199"
)

func peopleFirst(b *business.Business) { b.Answering.First = business.FirstPerson }

func (n *nodes) stored(t *testing.T, carrierID string) (c telephony.Call) {
	t.Helper()
	err := n.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.CallByCarrierID(ctx, carrierID)
		if err == nil {
			c = *found
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Telnyx signs bodies and no addresses: what an address says counts as far as it was so.
func TestAnAddressMakesNobodyWhoHasTheCall(t *testing.T) {
	n := newNodes(t, storetest.SQLite(t), peopleFirst)
	n.Person(owner, fakephone.KeepsOn)
	call, other := n.Call(karen), n.Call(owen)
	call.Dials(owner)
	other.Dials(owner)
	c, o := n.stored(t, call.SID), n.stored(t, other.SID)
	leg := func(to string) url.Values {
		form := call.Form("in-progress")
		form.Set("CallSid", "v3:leg")
		form.Set("ParentCallSid", call.SID)
		form.Set("To", to)
		return form
	}
	for _, x := range []struct {
		name                string
		call, series, phone string
		to                  string // as signed
	}{
		{"a stranger's phone", c.ID, "", stranger, owner},
		{"a stranger's leg", c.ID, "", stranger, stranger},
		{"a phone that isn't the leg's", c.ID, "", owner, stranger},
		{"another series", c.ID, "session7", owner, owner},
		{"another call", o.ID, "", owner, owner},
		{"something that is broken", "", "apology", stranger, stranger},
	} {
		q := url.Values{"call": {x.call}, "line": {c.Line}, "series": {x.series}, "phone": {x.phone}}
		for _, keys := range []string{"", "1"} {
			form := leg(x.to)
			form.Set("Digits", keys)
			if status, _, err := n.Webhook("/telnyx/dial/accept?"+q.Encode(), form); err != nil || status != http.StatusOK {
				t.Fatalf("%s: %d, %v", x.name, status, err)
			}
		}
		for _, id := range []string{call.SID, other.SID} {
			if got := n.stored(t, id); got.TakenBy != "" || got.HandledBy != "" {
				t.Errorf("%s has the call: %+v", x.name, got)
			}
		}
	}
	done := call.Form("in-progress")
	done.Set("DialCallStatus", "completed")
	if _, _, err := n.Webhook("/telnyx/dial?"+url.Values{"call": {c.ID}, "rang": {stranger}, "attempt": {"1"}}.Encode(), done); err != nil {
		t.Fatal(err)
	}
	if got := n.stored(t, call.SID); got.TakenBy != "" {
		t.Errorf("%s has the call: %+v", stranger, got)
	}
	done = other.Form("in-progress")
	done.Set("DialCallStatus", "no-answer")
	_, body, err := n.Webhook("/telnyx/dial?"+url.Values{"call": {o.ID}, "rang": {owner}, "next": {stranger, "+13125550102"}, "attempt": {"1"}}.Encode(), done)
	if err != nil || strings.Contains(body, stranger) || !strings.Contains(body, "+13125550102</Number>") {
		t.Errorf("next is rung: %s, %v", body, err)
	}
	call.HangsUp()
	other.HangsUp()
}

// The code that leads a session here is good for the call it was made for.
func TestACodeIsGoodForItsCall(t *testing.T) {
	n := newNodes(t, storetest.SQLite(t))
	mine, other := n.Call(karen), n.Call(owen)
	mine.Hears("How can I help")
	other.Hears("How can I help")
	o := n.stored(t, other.SID)
	for name, parameters := range map[string]map[string]string{
		"named":     {"call": o.ID, "business": o.BusinessID, "conversation": o.ConversationID, "resume": "reconnected"},
		"not named": {},
	} {
		conn, status, err := n.Handshake(t.Context(), mine.Relay(0).Attr["url"], "")
		if err != nil || status != http.StatusSwitchingProtocols {
			t.Fatal(status, err)
		}
		setup, err := json.Marshal(map[string]any{
			"type": "setup", "sessionId": "VX1", "callSid": other.SID, "from": contact.CallerID(owen), "to": o.Line, "customParameters": parameters,
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Write(t.Context(), websocket.MessageText, setup); err != nil {
			t.Fatal(err)
		}
		if _, said, err := conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusPolicyViolation {
			t.Errorf("another call, %s, is spoken with by this one's code: %s, %v", name, said, err)
		}
		_ = conn.CloseNow()
	}
	mine.HangsUp()
	other.HangsUp()
}
