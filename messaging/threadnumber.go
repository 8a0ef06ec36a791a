package messaging

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
)

// ThreadNumber is the short number by which people of the shop name a thread in texts: "to 12: on our way".
type ThreadNumber struct {
	BusinessID string
	Number     int
	Peer       string    // whose thread it is, E.164
	Told       time.Time // when somebody was last told it
}

// The numbers of threads have two digits: those of one digit are visits that wait for the owner's yes, and "2 y" and
// "12 yes we do" can't be taken for each other.
const (
	firstNumber = 10
	lastNumber  = 99
)

// NumberThread gives the number of a thread, and notes that somebody is told it now. A thread without one gets the lowest
// that is free or, when all are given, the one that was told longest ago.
func NumberThread(ctx context.Context, tx Tx, now time.Time, b *business.Business, peer string) (int, error) {
	// One after the other: two threads must not get the same.
	if err := tx.LockThread(ctx, b.ID, b.Profile.Owner.Phone); err != nil {
		return 0, fmt.Errorf("messaging: number the thread with %s: %w", peer, err)
	}
	given, err := tx.ThreadNumbers(ctx, b.ID)
	if err != nil {
		return 0, fmt.Errorf("messaging: number the thread with %s: %w", peer, err)
	}
	n := ThreadNumber{BusinessID: b.ID, Number: numberFor(peer, given), Peer: peer, Told: now}
	if err := tx.SaveThreadNumber(ctx, &n); err != nil {
		return 0, fmt.Errorf("messaging: number the thread with %s: %w", peer, err)
	}
	return n.Number, nil
}

// numberFor chooses a thread's number; given is in the order of ThreadNumbers.
func numberFor(peer string, given []ThreadNumber) int {
	for _, x := range given {
		if x.Peer == peer {
			return x.Number
		}
	}
	for n := firstNumber; n <= lastNumber; n++ {
		if !slices.ContainsFunc(given, func(x ThreadNumber) bool { return x.Number == n }) {
			return n
		}
	}
	return given[len(given)-1].Number
}
