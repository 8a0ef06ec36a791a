package simulate_test

import (
	"bytes"
	"testing"
	"time"

	"fixly/demo"
	"fixly/simulate"
)

var monday = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

func run(t *testing.T, o simulate.Options) *simulate.Report {
	t.Helper()
	if o.Business == nil {
		o.Business = demo.Business()
	}
	o.From = monday
	r, err := simulate.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheSameSeedGivesTheSameReportWhateverTheParallelism(t *testing.T) {
	write := func(parallel int) string {
		var b bytes.Buffer
		r := run(t, simulate.Options{Callers: 60, Seed: 7, Parallel: parallel})
		r.Write(&b, 60)
		for i := range r.Calls {
			r.Calls[i].Write(&b)
		}
		return b.String()
	}
	if write(1) != write(8) {
		t.Error("the same seed gave two reports")
	}
}
