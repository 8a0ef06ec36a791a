package app

import (
	"context"

	"fixly/business"
	"fixly/dashboard"
	"fixly/receptionist/golden"
)

// mostLines bounds how much of one conversation's differences is shown.
const mostLines = 3

// rehearse tries a phrase that the owner wants to teach on the golden conversations.
func rehearse(ctx context.Context, t business.Taught) (int, []dashboard.Difference, error) {
	played, changed, err := golden.Rehearse(ctx, t)
	if err != nil {
		return 0, nil, err
	}
	all, err := golden.All()
	if err != nil {
		return 0, nil, err
	}
	about := make(map[string]string, len(all))
	for _, c := range all {
		about[c.Name] = c.About
	}
	out := make([]dashboard.Difference, len(changed))
	for i, r := range changed {
		out[i] = dashboard.Difference{Name: r.Conversation, About: about[r.Conversation]}
		for _, d := range r.Differences[:min(len(r.Differences), mostLines)] {
			out[i].Lines = append(out[i].Lines, d.String())
		}
	}
	return played, out, nil
}
