package billing

import "github.com/riverqueue/river"

func WorkerSettle(d Deps) river.Worker[SettleBooking] { return &settleBooking{Deps: d} }
func WorkerUsage(d Deps) river.Worker[SendUsage]      { return &sendUsage{Deps: d} }
