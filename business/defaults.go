package business

import (
	"fmt"
	"reflect"
	"time"
)

// What settings are when the file leaves them out.
const (
	defaultCarrier     = CarrierTwilio
	defaultMode        = ModeRelay
	defaultRingSeconds = 20            // about four rings
	defaultQuietHours  = "21:00-08:00" // 47 CFR § 64.1200(c)(1): no calls and texts before 8 a.m. and after 9 p.m.
	defaultLanguage    = "en"
	defaultCurrency    = "USD"
	defaultOverbook    = Duration(2 * time.Hour) // how long an emergency waits before it goes over routine work
)

// setDefaults fills in what was not given.
func setDefaults(b *Business, given func(key string) bool) {
	text := func(key string, v *string, usual string) {
		if !given(key) {
			*v = usual
		}
	}
	if !given("business.languages") {
		b.Profile.Languages = []string{defaultLanguage}
	}
	for i := range b.Lines {
		text(fmt.Sprintf("lines[%d].carrier", i), &b.Lines[i].Carrier, defaultCarrier)
		text(fmt.Sprintf("lines[%d].mode", i), (*string)(&b.Lines[i].Mode), string(defaultMode))
	}
	text("answering.first", &b.Answering.First, FirstReceptionist)
	if !given("answering.ring_seconds") {
		b.Answering.RingSeconds = defaultRingSeconds
	}
	text("answering.ring", &b.Answering.Ring, RingInTurn)
	text("answering.hand_over", &b.Answering.HandOver, HandOverWarm)
	text("answering.voicemail", &b.Answering.Voicemail, VoicemailLastResort)
	for i := range b.Answering.Chain {
		text(fmt.Sprintf("answering.chain[%d].hours", i), &b.Answering.Chain[i].Hours, HoursAlways)
	}
	if b.Emergencies.Overbook && !given("emergencies.overbook_within") {
		b.Emergencies.OverbookWithin = defaultOverbook
	}
	text("follow_ups.quiet_hours", &b.FollowUps.QuietHours, defaultQuietHours)
	text("billing.currency", &b.Billing.Currency, defaultCurrency)
}

// emptyLists turns nil lists into empty ones, so that JSON has [] where a list is and two readings of the same
// business are equal.
func emptyLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				emptyLists(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			emptyLists(v.Index(i))
		}
	}
}
