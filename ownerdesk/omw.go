package ownerdesk

import (
	"context"
	"errors"
	"slices"

	"fixly/followup"
	"fixly/scheduling"
)

// omw tells the customer of the next visit that somebody is on the way: "omw", "omw karen".
func (t *text) omw(ctx context.Context, name string) (string, error) {
	jobs, err := t.live(ctx)
	if err != nil {
		return "", err
	}
	ahead := slices.DeleteFunc(slices.Clone(jobs), func(j scheduling.Job) bool { return !j.Slot.End.After(t.now) || j.Status != scheduling.StatusBooked })
	if len(ahead) == 0 {
		return "No visit is left today.", nil
	}
	if name == "" {
		ahead = nextOfEach(ahead)
	}
	j, help := t.choose(ahead, name, "omw")
	if j == nil {
		return help, nil
	}
	err = followup.SetOut(ctx, t.tx, t.b, j, t.now)
	if errors.Is(err, followup.ErrNotAhead) {
		return "That visit is too far off to be on the way to: " + t.line(j) + ".", nil
	}
	if err != nil {
		return "", err
	}
	return "I tell " + firstName(j) + " that you are on the way.", nil
}
