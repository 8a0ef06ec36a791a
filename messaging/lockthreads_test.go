package messaging_test

import (
	"context"
	"slices"
	"testing"

	"fixly/messaging"
)

type lockedThreads []string

func (l *lockedThreads) LockThread(_ context.Context, _, number string) error {
	*l = append(*l, number)
	return nil
}

func TestThreadsAreLockedInOneOrder(t *testing.T) {
	var got lockedThreads
	if err := messaging.LockThreads(t.Context(), &got, "mikes", "+13125550142", "", "+13125550101", "+13125550142"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, lockedThreads{"+13125550101", "+13125550142"}) {
		t.Errorf("locked %v", got)
	}
}
