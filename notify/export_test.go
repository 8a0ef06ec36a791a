package notify

import "github.com/riverqueue/river"

// The workers, as River is given them.
func WorkerTell(d Deps) river.Worker[Tell]               { return &tell{Deps: d} }
func WorkerSendPush(d Deps) river.Worker[SendPush]       { return &sendPush{Deps: d} }
func WorkerWriteBriefs(d Deps) river.Worker[WriteBriefs] { return &writeBriefs{Deps: d} }
