package followup

import "github.com/riverqueue/river"

// One worker at a time, for tests that play the queue themselves.
func WorkerSendText(d Deps) river.Worker[SendText]           { return &sendText{Deps: d, pace: newPace(d.Clock)} }
func WorkerCallEnded(d Deps) river.Worker[CallEnded]         { return &callEnded{Deps: d} }
func WorkerJobChanged(d Deps) river.Worker[JobChanged]       { return &jobChanged{Deps: d} }
func WorkerOfferChange(d Deps) river.Worker[OfferChange]     { return &offerChange{Deps: d} }
func WorkerAlertOnCall(d Deps) river.Worker[AlertOnCall]     { return &alertOnCall{Deps: d} }
func WorkerTextCode(d Deps) river.Worker[TextCode]           { return &textCode{Deps: d} }
func WorkerTellOwner(d Deps) river.Worker[TellOwner]         { return &tellOwner{Deps: d} }
func WorkerTextAddress(d Deps) river.Worker[TextAddress]     { return &textAddress{Deps: d} }
func WorkerCloseStale(d Deps) river.Worker[CloseStale]       { return &closeStale{Deps: d} }
func WorkerSendMail(d Deps) river.Worker[SendMail]           { return &sendMail{Deps: d} }
func WorkerTextPageCode(d Deps) river.Worker[TextPageCode]   { return &textPageCode{Deps: d} }
func WorkerJobDisplaced(d Deps) river.Worker[JobDisplaced]   { return &jobDisplaced{Deps: d} }
func WorkerRemindOwner(d Deps) river.Worker[RemindOwner]     { return &remindOwner{Deps: d} }
func WorkerPlaceCall(d Deps) river.Worker[PlaceCall]         { return &placeCall{Deps: d} }
func WorkerLookAtCall(d Deps) river.Worker[LookAtCall]       { return &lookAtCall{Deps: d} }
func WorkerHangUpCall(d Deps) river.Worker[HangUpCall]       { return &hangUpCall{Deps: d} }
func WorkerCallTaken(d Deps) river.Worker[CallTaken]         { return &callTaken{Deps: d} }
func WorkerVoicemailRead(d Deps) river.Worker[VoicemailRead] { return &voicemailRead{Deps: d} }
