package store

import (
	"context"
	"database/sql"
	"errors"

	"fixly/telephony"
)

// KeepSessionEnd notes how the receptionist's latest session in a call ended; empty: another one is under way.
func (tx *Tx) KeepSessionEnd(ctx context.Context, c *telephony.Call, said string) error {
	if said == "" {
		return wrap("forget the end of a session", tx.q.ForgetSessionEnd(ctx, c.ID, c.BusinessID))
	}
	return wrap("keep the end of a session", tx.q.KeepSessionEnd(ctx, c.ID, c.BusinessID, said))
}

// SessionEnd is how the receptionist's latest session in a call ended, empty where that is not known.
func (tx *Tx) SessionEnd(ctx context.Context, c *telephony.Call) (said string, err error) {
	said, err = tx.q.SessionEnd(ctx, c.ID, c.BusinessID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return said, wrap("the end of a session", err)
}
