package month

import "fixly/business"

// Policy is how a shop answers its calls.
type Policy struct {
	Name string
	Tell string // what it is, a line for the report
	// Rings: the shop's people are rung first, and may pick up.
	Rings bool
	// Texts: who was missed is texted back, and customers get the other texts.
	Texts bool
	// Answers: the receptionist answers, at once or once nobody has picked up.
	Answers bool
}

// Policies are those that are compared.
func Policies() []Policy {
	return []Policy{
		{Name: "callbacks only", Tell: "calls ring out; the shop calls back when it can", Texts: false},
		{Name: "text-back", Tell: "calls ring out; who was missed is texted, and the receptionist goes on by text", Texts: true},
		{Name: "people", Tell: "people are rung; who was missed is texted", Rings: true, Texts: true},
		{Name: "receptionist", Tell: "the receptionist answers at the first ring", Texts: true, Answers: true},
		{Name: "people, then receptionist", Tell: "people are rung, then the receptionist answers", Rings: true, Texts: true, Answers: true},
	}
}

// longRing is longer than anybody listens to ringing.
const longRing = 60

// shop is the business under the policy. Its line listens by webhooks, so that a call needs no connection that stays.
func (p Policy) shop(of *business.Business) *business.Business {
	b := of.Clone()
	for i := range b.Lines {
		b.Lines[i].Carrier, b.Lines[i].Mode = business.CarrierTwilio, business.ModeGather
		b.Lines[i].Registration = business.Registration{}
		if !p.Texts { // a shop that has not registered its line: customers are not texted
			b.Lines[i].Registration = business.Registration{Kind: business.Registration10DLC, Status: business.RegistrationNone}
		}
	}
	b.Answering.First = business.FirstPerson
	if p.Answers && !p.Rings {
		b.Answering.First = business.FirstReceptionist
	}
	if len(b.Answering.Chain) == 0 {
		o := b.Profile.Owner
		b.Answering.Chain = []business.Person{{Name: o.Name, Role: "owner", Phone: o.Phone, Hours: business.HoursAlways, Emergencies: true}}
	}
	if !p.Answers {
		b.Answering.RingSeconds = longRing // so that nobody hears the receptionist
		for i := range b.Answering.Chain {
			b.Answering.Chain[i].Hours = business.HoursAlways
		}
	}
	return b
}
