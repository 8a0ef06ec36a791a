package understanding_test

import (
	"testing"
	"time"

	"fixly/demo"
	"fixly/receptionist/understanding"
)

// TestScreening tells those who sell and recordings from customers who use the same words, and from machines that call
// for a customer.
func TestScreening(t *testing.T) {
	b := demo.Business()
	b.ID = "shop"
	e := understanding.NewEngine(b)
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())
	read := func(s string) understanding.Understanding {
		return e.Understand(s, understanding.Context{Asked: understanding.AskedProblem, Now: now, Channel: "call"})
	}
	for _, s := range []string{
		"hello this is a recorded message regarding your business please stay on the line",
		"this is an important message about your google business profile press one to speak with a specialist",
		"this is not a sales call we are calling to verify your business information",
		"hi this is kevin from merchant services we can lower your credit card processing fees",
		"we have funding available for your business up to two hundred fifty thousand dollars no collateral",
		"you have been pre approved for a business line of credit",
		"hi i'm calling about your electric supply you may be eligible for a lower rate",
		"are you the person who makes decisions about your energy bill",
		"we've been trying to reach you about your car's extended warranty",
		"hello we are conducting a short survey of small businesses",
		"hi this is amy do you have a couple minutes to answer a survey",
		"i'm calling to offer you solar panels at no cost to you",
		"hi i noticed your website isn't ranking on google",
		"we do seo for plumbers and can get you twenty leads a month",
		"this is the final notice your google listing will be removed press one now",
		"to be removed from our list press nine",
		"do not hang up this is a final courtesy call regarding your account",
		"congratulations you've been selected to receive a free cruise",
		"hi this is dave with the yellow pages i want to update your listing",
		"i'm with yelp and i wanted to talk to you about advertising",
		"hi i am calling from angi leads about homeowners in your area looking for plumbers",
		"can i speak with the person in charge of your phone and internet service",
		"this is mark from spectrum business about your internet bill we can save you money",
		"we buy used trucks and vans from contractors are you looking to sell",
		"i'd like to talk to the owner about workers comp insurance rates",
		"calling from the fraternal order of police for a donation",
		"vote for smith this tuesday paid for by friends of smith",
		"hi we provide virtual assistants for plumbing companies",
		"we help contractors get more five star reviews",
		"i represent a staffing agency and we have plumbers available",
		"your business may qualify for the employee retention credit",
		"this is irs officer your social security number has been suspended",
		"please leave a message after the tone",
		"you have reached the voicemail box of",
		"the mailbox is full and cannot accept any messages at this time",
		"your call has been forwarded to an automatic voice message system",
		"at the tone please record your message",
		"hi i'm looking to speak to the business owner regarding a merchant cash advance",
		"thank you for holding an agent will be with you shortly",
		"this call is being recorded hi this is jessica with business capital solutions",
		"good morning may i speak to whoever handles your office supplies",
		"i'm calling about your health insurance coverage open enrollment",
		"we can build you a new website for just five hundred dollars",
		"hello this is an automated reminder that your toner order is ready to ship",
	} {
		if u := read(s); !u.Has(understanding.IntentSolicitor, 0.6) || u.Machine {
			t.Errorf("not screened: %q: %v", s, u.Intents)
		}
	}
	for _, s := range []string{
		"hi my sink is leaking i found you on google",
		"i saw your listing on google do you do drain cleaning",
		"my warranty says i need the water heater serviced",
		"i own the building and the tenant has no heat",
		"i got your number from angi i need a plumber",
		"calling on behalf of my mother her toilet is clogged",
		"i'm the property manager and i need a quote for a repipe",
		"i need an estimate for solar water heater plumbing",
		"do you offer senior discounts",
		"my home warranty company said to call you for a leak",
		"can i press one to speak to someone",
		"is there a survey fee for the estimate",
		"i work at walgreens and our bathroom toilet is backed up",
		"i'm the office manager at a dental clinic our sink is clogged",
		"the city sent a final notice that i have to replace my sewer line",
		"do you take credit cards",
		"my insurance needs an estimate for the water damage",
		"i left a message yesterday and nobody called me back",
		"i left a message after the tone yesterday about my furnace",
		"can you send me the bill for my mother's house",
		"the recorded message said to call this number for my appointment",
		"is this the owner i have a leak under my sink",
		"my business is a small bakery and the drain is backed up",
		"are you guys able to save me money on a new water heater",
		"the yelp reviews are great so i want you to put in my faucet",
		"hi this is amy from next door your guy fixed our sink",
		"my virtual assistant booked you for tomorrow i want to change it",
		"my electric bill is huge i think the water heater is broken",
		"the google map says you are open today",
		"my assistant will be there on tuesday to let you in",
	} {
		if u := read(s); u.Has(understanding.IntentSolicitor, 0.6) || u.Machine {
			t.Errorf("a customer screened: %q: %v", s, u.Intents)
		}
	}
	for _, s := range []string{
		"hi this is an automated call from google i'm calling to ask what you charge for a drain cleaning",
		"hello i'm an ai assistant calling on behalf of a client who'd like to know if you have availability tomorrow for a leaking faucet",
		"this is google's automated assistant calling for a customer what are your hours on saturday",
		"hi i'm calling on behalf of a client could you tell me the price for a water heater replacement",
		"hello i am a virtual assistant calling for a customer i would like to book a drain cleaning for wednesday morning",
		"this is an automated voice assistant calling on behalf of a user do you fix running toilets and how much does it cost",
		"hi this is siri calling for my user what's your next available appointment",
		"hi i'm an ai agent calling for a homeowner who needs furnace repair can you tell me your price and next opening",
	} {
		if u := read(s); !u.Machine || u.Has(understanding.IntentSolicitor, 0.6) {
			t.Errorf("no machine: %q: %v", s, u.Intents)
		}
	}
}
