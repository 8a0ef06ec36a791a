package followup

import "github.com/riverqueue/river"

func WorkerRunFollowUp(d Deps) river.Worker[RunFollowUp] { return &runFollowUp{Deps: d} }
