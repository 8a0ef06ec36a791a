package app

import (
	"context"
	"fmt"

	"fixly/scheduling"
	"fixly/scheduling/travel/osrm"
	"fixly/store"
)

// roads are what the routing server said of drives, where there is one.
func (s *server) roads() scheduling.Roads {
	if s.matrix == nil {
		return nil
	}
	return s.matrix
}

// drivenAreas are the ZIPs between which the shops drive that plan their driving: their service areas and the homes of
// their teams.
func drivenAreas(db *store.DB) osrm.Areas {
	return func(ctx context.Context) ([][]string, error) {
		shops, err := db.Businesses(ctx)
		if err != nil {
			return nil, fmt.Errorf("read where shops drive: %w", err)
		}
		var out [][]string
		for _, b := range shops {
			if !b.Scheduling.PlanDriving {
				continue
			}
			zips := append([]string(nil), b.ServiceArea.ZIPs...)
			for i := range b.Team {
				zips = append(zips, b.Team[i].HomeZIP())
			}
			out = append(out, zips)
		}
		return out, nil
	}
}
