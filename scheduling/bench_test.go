package scheduling_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// bigShop has ten technicians, all with the skill, and two thousand busy stretches over three weeks.
func bigShop(b *testing.B) (*business.Business, []scheduling.Busy, time.Time) {
	shop := edited(b, func(s *business.Business) {
		for i := range 8 {
			s.Team = append(s.Team, business.Member{Name: fmt.Sprintf("Technician %d", i), Skills: []string{"plumbing"}})
		}
	})
	now := at(b, "2026-11-23 07:00")
	r := rand.New(rand.NewPCG(1, 2)) // the same every time
	busy := make([]scheduling.Busy, 2000)
	for i := range busy {
		from := now.Add(time.Duration(r.IntN(21*24*60)) * time.Minute)
		busy[i] = scheduling.Busy{
			Technician: shop.Team[r.IntN(len(shop.Team))].Name, From: from, To: from.Add(time.Duration(15+r.IntN(90)) * time.Minute),
		}
	}
	return shop, busy, now
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkOpen is one service over 21 days, 10 technicians, 2,000 busy stretches.
func BenchmarkOpen(b *testing.B) {
	shop, busy, now := bigShop(b)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		if len(scheduling.Open(shop, busy, now, scheduling.Query{Service: "Leak repair"})) == 0 {
			b.Fatal("nothing open")
		}
		took = append(took, time.Since(began))
	}
	report(b, took)
}

// BenchmarkOffers chooses three of them.
func BenchmarkOffers(b *testing.B) {
	shop, busy, now := bigShop(b)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		if len(scheduling.Offers(shop, busy, now, scheduling.Query{Service: "Leak repair"}).Slots) != 3 {
			b.Fatal("too few offers")
		}
		took = append(took, time.Since(began))
	}
	report(b, took)
}

// withDriving puts the big shop's visits and technicians all over Chicago.
func withDriving(b *testing.B) (*business.Business, []scheduling.Busy, time.Time) {
	shop, busy, now := bigShop(b)
	shop.Scheduling.PlanDriving = true
	zips := shop.ServiceArea.ZIPs
	for i := range shop.Team {
		shop.Team[i].Home = zips[i%len(zips)]
	}
	for i := range busy {
		busy[i].ZIP = zips[i%len(zips)]
	}
	return shop, busy, now
}

// BenchmarkOpenWithDriving is BenchmarkOpen with drives between all of them.
func BenchmarkOpenWithDriving(b *testing.B) {
	shop, busy, now := withDriving(b)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		if len(scheduling.Open(shop, busy, now, scheduling.Query{Service: "Leak repair", ZIP: "60647"})) == 0 {
			b.Fatal("nothing open")
		}
		took = append(took, time.Since(began))
	}
	report(b, took)
}

// BenchmarkOffersWithDriving chooses three of them.
func BenchmarkOffersWithDriving(b *testing.B) {
	shop, busy, now := withDriving(b)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		if len(scheduling.Offers(shop, busy, now, scheduling.Query{Service: "Leak repair", ZIP: "60647"}).Slots) != 3 {
			b.Fatal("too few offers")
		}
		took = append(took, time.Since(began))
	}
	report(b, took)
}
