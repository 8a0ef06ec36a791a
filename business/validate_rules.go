package business

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"time"

	"golang.org/x/text/currency"
)

func (c *checker) emergencies() {
	c.distinct("emergencies.signs", c.b.Emergencies.Signs)
	c.distinct("emergencies.danger", c.b.Emergencies.Danger)
	c.overbooking()
}

func (c *checker) faqs() {
	first := map[string]int{}
	for i, f := range c.b.FAQs {
		key := fmt.Sprintf("faqs[%d]", i)
		c.required(key+".a", f.A)
		if !c.required(key+".q", f.Q) {
			continue
		}
		if j, again := first[fold(f.Q)]; again {
			c.bad(key+".q", "%s is already asked by faqs[%d]", quote(f.Q), j)
			continue
		}
		first[fold(f.Q)] = i
	}
}

func (c *checker) followUps() {
	f := &c.b.FollowUps
	first := map[Duration]int{}
	for i, r := range f.Reminder {
		key := fmt.Sprintf("follow_ups.reminder[%d]", i)
		c.length(key, r, time.Minute, 60*dayLength)
		if j, again := first[r]; again {
			c.bad(key, "%s is already follow_ups.reminder[%d]", r, j)
			continue
		}
		first[r] = i
	}
	c.length("follow_ups.nudge", f.Nudge, 0, 7*dayLength)
	c.laterTexts()
	if f.ReviewLink != "" {
		if u, err := url.Parse(f.ReviewLink); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
			c.bad("follow_ups.review_link", "%s is not a web address; write it like https://example.com/review", quote(f.ReviewLink))
		}
	}
	switch from, to, err := ParseSpan(f.QuietHours); {
	case err != nil:
		c.bad("follow_ups.quiet_hours", "%s", err)
	case from%minutesOfDay == to%minutesOfDay:
		c.bad("follow_ups.quiet_hours", "%s leaves no quiet hours or no others", quote(f.QuietHours))
	}
}

func (c *checker) billing() {
	b := &c.b.Billing
	if u, err := currency.ParseISO(b.Currency); err != nil || u.String() != b.Currency {
		c.bad("billing.currency", "%s is not a currency; use an ISO 4217 code such as USD", quote(b.Currency))
	}
	if b.FreeJobsPerMonth < 0 {
		c.bad("billing.free_jobs_per_month", "must not be negative, but is %d", b.FreeJobsPerMonth)
	}
	if b.PerBookedJob < 0 || math.IsNaN(b.PerBookedJob) || math.IsInf(b.PerBookedJob, 0) {
		c.bad("billing.per_booked_job", "must not be negative, but is %v", b.PerBookedJob)
	}
	if b.PerBookedJob > maxPerJob {
		c.bad("billing.per_booked_job", "is %v, which is more than %v", b.PerBookedJob, maxPerJob)
	}
	if b.StripeCustomer != "" && !stripeCustomer.MatchString(b.StripeCustomer) {
		c.bad("billing.stripe_customer", "%s is not a customer's id at Stripe; it begins with cus_", quote(b.StripeCustomer))
	}
}

// maxPerJob keeps a booked job's price within what the ledger's sums can hold, many times over.
const maxPerJob = 10_000.0

var stripeCustomer = regexp.MustCompile(`^cus_[A-Za-z0-9_]{1,200}$`)
