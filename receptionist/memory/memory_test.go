package memory_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/scheduling"
)

var nine = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func job(technician string, at time.Time) scheduling.Job {
	return scheduling.Job{
		Status: scheduling.StatusBooked, Slot: scheduling.Slot{Technician: technician, Start: at, End: at.Add(time.Hour)},
		BusyUntil: at.Add(90 * time.Minute), Customer: contact.Customer{Phone: "+13125550142"},
	}
}

func TestOneTechnicianIsNeverInTwoPlaces(t *testing.T) {
	m := memory.New(demo.Business())
	m.AddJob(job("Luis", nine))
	for _, x := range []struct {
		technician string
		at         time.Time
		taken      bool
	}{
		{"Luis", nine.Add(time.Hour), true}, // still on the way
		{"Luis", nine.Add(-time.Hour), true},
		{"Luis", nine.Add(90 * time.Minute), false},
		{"Mike", nine, false},
	} {
		err := m.InTx(t.Context(), func(ctx context.Context, tx receptionist.Tx) error {
			j := job(x.technician, x.at)
			return tx.InsertJob(ctx, &j)
		})
		if errors.Is(err, scheduling.ErrTaken) != x.taken {
			t.Errorf("%s at %s: %v", x.technician, x.at, err)
		}
	}
}

func TestWhatFailsIsUndone(t *testing.T) {
	m := memory.New(demo.Business())
	before := m.AddJob(job("Luis", nine))
	boom := errors.New("boom")
	err := m.InTx(t.Context(), func(ctx context.Context, tx receptionist.Tx) error {
		j := before
		j.Status = scheduling.StatusCancelled
		if err := tx.UpdateJob(ctx, &j); err != nil {
			return err
		}
		if err := tx.JobChanged(ctx, &j, "cancelled", true); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) || !m.Jobs()[0].Live() || len(m.Changes()) != 0 {
		t.Errorf("%v, %+v, %v", err, m.Jobs(), m.Changes())
	}
}

func TestAJobThatIsOverStaysSo(t *testing.T) {
	m := memory.New(demo.Business())
	j := m.AddJob(job("Luis", nine))
	cancel := func() error {
		return m.InTx(t.Context(), func(ctx context.Context, tx receptionist.Tx) error {
			gone := j
			gone.Status = scheduling.StatusCancelled
			return tx.UpdateJob(ctx, &gone)
		})
	}
	if err := cancel(); err != nil {
		t.Fatal(err)
	}
	if err := cancel(); !errors.Is(err, scheduling.ErrNotLive) {
		t.Errorf("%v", err)
	}
}

func TestHoldsEndWithTheirTime(t *testing.T) {
	m := memory.New(demo.Business())
	hold := func(holder string, now time.Time) error {
		return m.InTx(t.Context(), func(ctx context.Context, tx receptionist.Tx) error {
			j := job("Luis", nine)
			return tx.PlaceHold(ctx, scheduling.Hold{Holder: holder, Slot: j.Slot, BusyUntil: j.BusyUntil, ExpiresAt: now.Add(time.Minute)}, now)
		})
	}
	early := nine.Add(-time.Hour)
	if err := hold("a", early); err != nil {
		t.Fatal(err)
	}
	if err := hold("b", early); !errors.Is(err, scheduling.ErrTaken) {
		t.Errorf("held twice: %v", err)
	}
	if err := hold("b", early.Add(2*time.Minute)); err != nil || len(m.Holds()) != 1 {
		t.Errorf("%v, %v", err, m.Holds())
	}
}
