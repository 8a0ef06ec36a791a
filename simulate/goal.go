package simulate

import (
	"math/rand/v2"
	"slices"
	"strings"

	"fixly/business"
)

// Goal is what a caller calls for.
type Goal string

// The goals.
const (
	Book       Goal = "book"
	Emergency  Goal = "emergency"
	Danger     Goal = "danger"
	Price      Goal = "price"
	Question   Goal = "question"
	Reschedule Goal = "reschedule"
	Cancel     Goal = "cancel"
	Status     Goal = "status"
	Message    Goal = "message"
	Person     Goal = "person"
	Solicitor  Goal = "solicitor"
	WrongNum   Goal = "wrong number"
	JobSeeker  Goal = "job seeker"
	OutOfArea  Goal = "out of area"
	NotOffered Goal = "not offered"
	Complaint  Goal = "complaint"
	Billing    Goal = "billing"
	Tenant     Goal = "landlord"
	Returning  Goal = "returning customer"
	Stranger   Goal = "asks about someone else"
)

// goals with how many of a hundred callers have them.
var goals = []struct {
	goal  Goal
	share int
}{
	{Book, 44},
	{Emergency, 6},
	{Danger, 4},
	{Price, 3},
	{Question, 4},
	{Reschedule, 5},
	{Cancel, 4},
	{Status, 3},
	{Message, 3},
	{Person, 3},
	{Solicitor, 2},
	{WrongNum, 1},
	{JobSeeker, 1},
	{OutOfArea, 2},
	{NotOffered, 2},
	{Complaint, 2},
	{Billing, 1},
	{Tenant, 3},
	{Returning, 6},
	{Stranger, 1},
}

// Bookable says whether callers with this goal are to end with a visit booked.
func (g Goal) Bookable() bool {
	return g == Book || g == Emergency || g == Tenant || g == Returning
}

// drawGoal draws a goal that makes sense for the business.
func drawGoal(r *rand.Rand, b *business.Business, s *speech) Goal {
	for {
		n := r.IntN(100)
		for _, g := range goals {
			if n -= g.share; n >= 0 {
				continue
			}
			if possible(g.goal, b, s) {
				return g.goal
			}
			break
		}
	}
}

func possible(g Goal, b *business.Business, s *speech) bool {
	switch g {
	case Emergency:
		return b.Emergencies.Accepted && len(emergencies(b, s)) > 0
	case Danger:
		return len(dangers(b, s)) > 0
	case Price:
		return slices.ContainsFunc(b.Services, func(s business.Service) bool { return s.Price != "" })
	case OutOfArea:
		return len(b.ServiceArea.ZIPs) > 0
	case NotOffered:
		return len(foreign(b, s)) > 0
	case Person, Message, Complaint, Billing, JobSeeker:
		return len(b.Answering.Chain) > 0
	}
	return len(bookable(b)) > 0
}

// bookable are the services somebody can do.
func bookable(b *business.Business) []*business.Service {
	var out []*business.Service
	for i := range b.Services {
		if len(b.Skilled(&b.Services[i])) > 0 {
			out = append(out, &b.Services[i])
		}
	}
	return out
}

// trouble is a problem in a caller's words, and what it is booked as.
type trouble struct {
	problem  string   // as the business file or the data name it
	ways     []string // whole sentences
	services []string // any of these is right
}

// drawTrouble draws a service, then one of its problems.
func drawTrouble(r *rand.Rand, b *business.Business, s *speech) trouble {
	service := pick(r, bookable(b))
	problem := strings.ToLower(service.Name)
	if len(service.For) > 0 {
		problem = pick(r, service.For)
	}
	t := trouble{problem: problem, ways: s.Problems[problem], services: fitting(b, []string{problem})}
	if len(t.services) == 0 {
		t.services = []string{service.Name}
	}
	if len(t.ways) == 0 {
		for _, f := range s.Frames {
			t.ways = append(t.ways, strings.Replace(f, "%s", strings.ToLower(problem), 1))
		}
	}
	return t
}

// fitting are the services that name one of the problems.
func fitting(b *business.Business, problems []string) []string {
	var out []string
	for _, s := range bookable(b) {
		if slices.ContainsFunc(s.For, func(f string) bool { return slices.Contains(problems, f) }) {
			out = append(out, s.Name)
		}
	}
	return out
}

// emergencies are the signs of the business that callers know words for, and a service that helps.
func emergencies(b *business.Business, s *speech) []trouble {
	var out []trouble
	for _, sign := range b.Emergencies.Signs {
		e, ok := s.calls.Emergency[sign]
		if !ok {
			continue
		}
		if services := fitting(b, e.Fits); len(services) > 0 {
			out = append(out, trouble{sign, e.Say, services})
		}
	}
	return out
}

// dangers are the dangers of the business that callers know words for.
func dangers(b *business.Business, s *speech) []string {
	var out []string
	for _, d := range b.Emergencies.Danger {
		if len(s.calls.Danger[d]) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// foreign are the trades whose words occur nowhere in the business.
func foreign(b *business.Business, s *speech) []string {
	own := strings.ToLower(b.Profile.Name)
	for i := range b.Services {
		own += " " + strings.ToLower(b.Services[i].Name+" "+b.Services[i].Skill+" "+strings.Join(b.Services[i].For, " "))
	}
	var out []string
	for _, trade := range sorted(s.calls.NotOffered) {
		if !strings.Contains(own, trade[:4]) {
			out = append(out, trade)
		}
	}
	return out
}
