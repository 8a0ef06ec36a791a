package golden

import (
	"context"
	"fmt"
	"slices"

	"fixly/business"
)

// Rehearse plays every golden conversation with its shop taught one more phrase, and gives how many there are and those
// that no longer end as they should. A phrase that is heard in conversations it does not belong to shows here.
//
// A phrase may mean a service that the shops of the conversations don't have. Then it is tried as meaning one and
// another of theirs: where it is never heard neither makes a difference, and where it is, one of them does.
func Rehearse(ctx context.Context, phrase business.Taught) (played int, changed []Result, err error) {
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
			for _, b := range taught(shop, phrase) {
				players[c.Business] = append(players[c.Business], NewPlayer(b))
			}
		}
		for _, p := range players[c.Business] {
			r, err := p.Play(ctx, c)
			if err != nil {
				return 0, nil, fmt.Errorf("rehearse %q: %w", phrase.Say, err)
			}
			if !r.OK() {
				changed = append(changed, r)
				break
			}
		}
	}
	return len(conversations), changed, ctx.Err()
}

// taught gives the shop with a phrase taught, once for each thing that it is tried to mean.
func taught(shop *business.Business, phrase business.Taught) []*business.Business {
	means := []string{phrase.Means}
	if known := shop.TaughtMeanings(phrase.Kind); !slices.Contains(known, phrase.Means) && len(known) > 0 {
		means = []string{known[0], known[len(known)-1]}
	}
	out := make([]*business.Business, len(means))
	for i, m := range means {
		out[i] = shop.Clone()
		out[i].Taught = append(out[i].Taught, business.Taught{Say: phrase.Say, Kind: phrase.Kind, Means: m})
	}
	return out
}
