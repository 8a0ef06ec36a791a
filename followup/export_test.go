package followup

import "github.com/riverqueue/river"

// One worker at a time, for tests that play the queue themselves.
func NewSendText(d Deps) river.Worker[SendText]       { return &sendText{Deps: d} }
func NewCallEnded(d Deps) river.Worker[CallEnded]     { return &callEnded{Deps: d} }
func NewJobChanged(d Deps) river.Worker[JobChanged]   { return &jobChanged{Deps: d} }
func NewAlertOnCall(d Deps) river.Worker[AlertOnCall] { return &alertOnCall{Deps: d} }
func NewCloseStale(d Deps) river.Worker[CloseStale]   { return &closeStale{Deps: d} }
