package bookingpage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fixly/business"
	"fixly/business/terms"
	"fixly/scheduling"
)

// words is all that the pages say, in one language. What a name, a time or a number goes into is a function.
type words struct {
	Language string // ISO 639-1
	Name     string // of the language, in itself

	Skip        string // to the page, past its head
	Required    string
	Call        func(number string) string
	Emergency   string
	EmergencyBy string // when it is one: ring
	Back        string

	Services     func(shop string) string
	ServicesLead string
	For          func(words string) string // what a service is for, in the owner's words
	ForCaller    func(who string) string   // above every page of a call that somebody took
	PickTime     string
	Change       string
	Soonest      string
	Days         string
	DayOpen      func(n int) string
	NoTimes      heading
	QuoteFirst   func(work string) string // a visit to quote comes first
	Quoted       string                   // for who had that visit
	NotQuoted    string                   // who said so had none
	Lasts        func(days int) string    // for work of several days, above the times

	Details      string
	HeldFor      func(minutes int) string
	NotHeld      string
	Problem      string
	ProblemHint  string
	YourName     string
	Phone        string
	PhoneHint    string
	Email        string
	EmailHint    string
	Street       string
	Unit         string
	City         string
	ZIP          string
	Trap         string // the field that people don't see
	Book         string
	Optional     string
	SomeWrong    string // above the list of faults
	Needed       string
	TooLong      func(most int) string
	Unreadable   string
	NotPhone     string
	NotTextable  string
	NotEmail     string
	NotZIP       string
	OutsideArea  func(zip, area string) string
	OldForm      string
	TooQuick     string
	CodeTitle    string
	CodeLead     func(number string) string
	Code         string
	CodeWrong    string
	CodeOver     string
	CodeSend     string
	CodeCheck    string
	CodeNotCome  func(number string) string
	Sent         string
	TooManyCodes heading
	TooManyJobs  heading

	Danger      string // above the fixed words that the receptionist has for dangers
	DangerCall  string // to the emergency number
	DangerShop  func(shop, number string) string
	Urgent      heading
	UrgentGoOn  func(when string) string
	NotOnline   heading
	Refusals    map[scheduling.Reason]string
	RefusedElse string

	VisitTitle  string
	Booked      string
	Tentative   func(shop string) string
	Moved       string
	IsCancelled heading
	IsOver      heading
	Began       string
	OnlyByPhone string
	When        string
	What        string
	Where       string
	Who         string
	WorkDays    string // the days of work that takes several
	Move        string
	Cancel      string
	MoveTitle   string
	MoveFrom    func(when string) string
	MoveTo      func(when string) string
	MoveConfirm string
	KeepIt      string
	CancelTitle string
	CancelLead  func(what, when string) string
	CancelYes   string

	LeaveTitle  string // of the page on which e-mails are ended
	LeaveLead   func(shop, email string) string
	LeaveYes    string
	Left        heading
	BookAnother string
	SameTime    string

	NoPage  heading
	TooMany heading
	Failed  heading

	and    string // between two names
	day    func(t time.Time) string
	begins func(days int, when string) string // when work of several days begins
	window func(from, to time.Time) string
}

// heading is a title and a sentence or two below it.
type heading struct{ Title, Text string }

// languages are those that there are pages in.
var languages = map[string]*words{"en": &english, "es": &spanish}

// spoken are the languages of a business that there are pages in, its first one first; English where there is none.
func spoken(b *business.Business) []*words {
	var out []*words
	for _, l := range b.Profile.Languages {
		if w := languages[l]; w != nil && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		out = append(out, &english)
	}
	return out
}

// speak chooses the language of a request: the one that was asked for, that of the visit's customer, the browser's, the
// business's first.
func (q *request) speak() {
	all := spoken(q.b)
	q.words = all[0]
	wish := func(language string) bool {
		i := slices.IndexFunc(all, func(w *words) bool { return w.Language == language })
		if i >= 0 {
			q.words = all[i]
		}
		return i >= 0
	}
	if wish(q.FormValue("lang")) {
		q.chosen = true
		return
	}
	if q.job != nil && wish(q.job.Customer.Language) {
		return
	}
	for _, l := range accepted(q.Header.Get("Accept-Language")) {
		if wish(l) {
			return
		}
	}
}

// accepted are the languages of an Accept-Language header (RFC 9110 section 12.5.4), the best liked first, without what
// tells countries apart.
func accepted(header string) []string {
	type liked struct {
		language string
		q        float64
	}
	var all []liked
	for part := range strings.SplitSeq(header, ",") {
		if len(all) == 20 {
			break
		}
		tag, params, _ := strings.Cut(part, ";")
		language, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		x := liked{language, 1}
		if v, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q="); ok {
			q, err := strconv.ParseFloat(v, 64)
			if err != nil {
				continue
			}
			x.q = q
		}
		if x.q > 0 {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b liked) int {
		switch {
		case a.q > b.q:
			return -1
		case a.q < b.q:
			return 1
		}
		return 0
	})
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = x.language
	}
	return out
}

// service is the name of a service as a heading has it.
func (w *words) service(name string) string {
	r := []rune(terms.Service(w.Language, name))
	if len(r) == 0 {
		return name
	}
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// price is a price as the price list has it.
func (w *words) price(price string) string { return terms.Price(w.Language, price) }

// when is a visit's day and arrival window, in the business's zone, and on how many days the work is.
func (w *words) when(b *business.Business, from, to time.Time, days int) string {
	zone := b.Location()
	first := w.day(from.In(zone)) + ", " + w.window(from.In(zone), to.In(zone))
	if days > 1 {
		return w.begins(days, first)
	}
	return first
}

// link is a path with what goes along from page to page: the language where it was chosen, and pairs of names and values.
func (q *request) link(path string, pairs ...string) string {
	v := url.Values{}
	if q.chosen {
		v.Set("lang", q.words.Language)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
