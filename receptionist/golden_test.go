package receptionist_test

import (
	"testing"

	"fixly/receptionist/golden"
)

func TestGoldenCalls(t *testing.T) {
	all, err := golden.All()
	if err != nil {
		t.Fatal(err)
	}
	players := map[string]*golden.Player{}
	for i := range all {
		c := &all[i]
		p := players[c.Business]
		if p == nil {
			b, err := c.Shop()
			if err != nil {
				t.Fatal(err)
			}
			p = golden.NewPlayer(b)
			players[c.Business] = p
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			r, err := p.Play(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s\n%s", c.About, r.Transcript())
			for _, d := range r.Differences {
				t.Error(d)
			}
		})
	}
}
