package store

import "context"

// FeedReplacements gives how often the private addresses of a business's calendars were replaced, by technician; ""
// stands for the business's own. One that never was is left out.
func (v *View) FeedReplacements(ctx context.Context, businessID string) (map[string]int, error) {
	found, err := v.q.FeedReplacements(ctx, businessID)
	if err != nil {
		return nil, wrap("calendar feeds", err)
	}
	out := make(map[string]int, len(found))
	for _, r := range found {
		out[r.Technician] = int(r.Replaced)
	}
	return out, nil
}

// ReplaceFeed makes the private address of a calendar another one; whoever has the old one sees nothing any more.
func (tx *Tx) ReplaceFeed(ctx context.Context, businessID, technician string) error {
	return wrap("replace a calendar feed", tx.q.ReplaceFeed(ctx, businessID, technician))
}
