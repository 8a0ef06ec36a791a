package messaging

import (
	"context"
	"fmt"
	"slices"
)

// LockThreads locks the threads with numbers, in the order in which everybody does who needs more than one: two transactions
// that took them crosswise would wait for each other. Empty numbers are nobody's. Who writes to several people takes them all
// by one call, before anything else that comes after threads in the order of locks.
func LockThreads(ctx context.Context, tx Locks, businessID string, numbers ...string) error {
	numbers = slices.Clone(numbers)
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		if n == "" {
			continue
		}
		if err := tx.LockThread(ctx, businessID, n); err != nil {
			return fmt.Errorf("messaging: lock the thread with %s: %w", n, err)
		}
	}
	return nil
}

// Locks is what locking threads needs of one transaction.
type Locks interface {
	LockThread(ctx context.Context, businessID, number string) error
}
