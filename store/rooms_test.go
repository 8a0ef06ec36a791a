package store_test

import (
	"fixly/api"
	"fixly/billing"
	"fixly/dashboard"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/telephony"
)

// *store.Tx is what every package asks of a transaction.
var (
	_ receptionist.Tx     = (*store.Tx)(nil)
	_ telephony.Tx        = (*store.Tx)(nil)
	_ telephony.CallingTx = (*store.Tx)(nil)
	_ messaging.Tx        = (*store.Tx)(nil)
	_ followup.Tx         = (*store.Tx)(nil)
	_ scheduling.Store    = (*store.Tx)(nil)
	_ api.Tx              = (*store.Tx)(nil)
	_ dashboard.Tx        = (*store.Tx)(nil)
	_ billing.Tx          = (*store.Tx)(nil)
)
