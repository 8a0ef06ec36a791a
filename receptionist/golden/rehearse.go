package golden

import (
	"context"
	"fmt"
	"slices"

	"fixly/business"
)

// Rehearse plays every golden conversation with its shop taught more phrases, and gives how many there are and those
// that no longer end as they should. A phrase that is heard in conversations it does not belong to shows here.
//
// A phrase may mean a service that the shops of the conversations don't have. Then it is tried as meaning one and
// another of theirs: where it is never heard neither makes a difference, and where it is, one of them does.
func Rehearse(ctx context.Context, phrases ...business.Taught) (played int, changed []Result, err error) {
	conversations, err := All()
	if err != nil {
		return 0, nil, err
	}
	players := map[string][]*Player{} // by the shop's name in the conversations
	for i := range conversations {
		c := &conversations[i]
		if _, ok := players[c.Business]; !ok {
			shop, err := c.Shop()
			if err != nil {
				return 0, nil, err
			}
			for _, b := range taught(shop, phrases) {
				players[c.Business] = append(players[c.Business], NewPlayer(b))
			}
		}
		for _, p := range players[c.Business] {
			r, err := p.Play(ctx, c)
			if err != nil {
				return 0, nil, fmt.Errorf("rehearse taught phrases: %w", err)
			}
			if !r.OK() {
				changed = append(changed, r)
				break
			}
		}
	}
	return len(conversations), changed, ctx.Err()
}

// taught gives the shop with the phrases taught, in each of the ways in which they are tried.
func taught(shop *business.Business, phrases []business.Taught) []*business.Business {
	first, last := shop.Clone(), shop.Clone()
	foreign := false
	for _, p := range phrases {
		a, b := p, p
		if known := shop.TaughtMeanings(p.Kind); !slices.Contains(known, p.Means) && len(known) > 0 {
			a.Means, b.Means, foreign = known[0], known[len(known)-1], true
		}
		first.Taught, last.Taught = append(first.Taught, a), append(last.Taught, b)
	}
	if !foreign {
		return []*business.Business{first}
	}
	return []*business.Business{first, last}
}

// Harmful finds the phrases of a business that golden conversations no longer end well with, as problems of its file.
// Those that were taught before have been rehearsed already.
func Harmful(ctx context.Context, all, before []business.Taught) (business.Problems, error) {
	var fresh []int
	var phrases []business.Taught
	for i, t := range all {
		if !slices.Contains(before, t) {
			fresh, phrases = append(fresh, i), append(phrases, t)
		}
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	if _, changed, err := Rehearse(ctx, phrases...); err != nil || len(changed) == 0 {
		return nil, err
	}
	var out business.Problems
	for k, i := range fresh {
		played, changed, err := Rehearse(ctx, phrases[k])
		if err != nil {
			return nil, err
		}
		if len(changed) > 0 {
			out = append(out, business.Problem{
				Key: fmt.Sprintf("taught[%d].say", i),
				Message: fmt.Sprintf("with %q taught, %d of %d test conversations would not end as they should, %s among them; use more of the words that make it special",
					phrases[k].Say, len(changed), played, changed[0].Conversation),
			})
		}
	}
	if len(out) == 0 { // harmless one by one, but not together
		out = business.Problems{{Key: "taught", Message: "these phrases together change how test conversations end; teach them one at a time"}}
	}
	return out, nil
}
