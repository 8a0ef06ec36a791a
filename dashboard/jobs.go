package dashboard

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

// jobView is a job as the pages show it.
type jobView struct {
	ID, Service, Problem, Customer, Phone, Place string
	Day, Time, Window                            string
	Technician, Tint                             string // who goes, in words, and the colour of who has the skill
	Crew                                         []crewView
	Labels                                       []label
	Cancelled                                    bool
	Waits                                        bool // for the owner's yes
	CallID                                       string
}

func showJob(b *business.Business, j *scheduling.Job, now time.Time) jobView {
	start := j.Slot.Start.In(b.Location())
	return jobView{
		ID: j.ID, Service: j.Service, Problem: j.Problem, Customer: who(j.Customer.Name, j.Customer.Phone), Phone: j.Customer.Phone,
		Place: address(j.Address), Day: day(start, now), Time: clockTime(start), Window: window(start, j.WindowEnd.In(b.Location())),
		Technician: strings.Join(j.Slot.Crew(), " and "), Tint: tint(b, j.Slot.Technician), Crew: crew(b, j),
		Labels: jobLabels(j), Cancelled: j.Status == scheduling.StatusCancelled, Waits: j.Status == scheduling.StatusTentative, CallID: j.CallID,
	}
}

// crewView is one of those who go to a job.
type crewView struct{ Name, Initials, Tint string }

func crew(b *business.Business, j *scheduling.Job) []crewView {
	var out []crewView
	for _, name := range j.Slot.Crew() {
		out = append(out, crewView{name, initials(name), tint(b, name)})
	}
	return out
}

// showVisit is a job as it is shown on the day of one of its visits. The first is shown with the arrival window that was
// promised, the others with how long they take.
func showVisit(b *business.Business, j *scheduling.Job, i int, now time.Time) jobView {
	v, visits := showJob(b, j, now), j.Visits()
	v.Labels = append(dayLabels(i, len(visits)), v.Labels...)
	if i > 0 {
		from, to := visits[i].From.In(b.Location()), visits[i].To.In(b.Location())
		v.Day, v.Time, v.Window = day(from, now), clockTime(from), window(from, to)
	}
	return v
}

// visit is one of a job's, by its place among them.
type visit struct {
	job *scheduling.Job
	i   int
}

// visitsIn are the visits that begin in a stretch of time, by their beginning.
func visitsIn(jobs []scheduling.Job, stretch scheduling.Interval) []visit {
	var out []visit
	for i := range jobs {
		for n, x := range jobs[i].Visits() {
			if stretch.Contains(x.From) {
				out = append(out, visit{&jobs[i], n})
			}
		}
	}
	begins := func(v visit) time.Time { return v.job.Visits()[v.i].From }
	slices.SortStableFunc(out, func(a, b visit) int { return begins(a).Compare(begins(b)) })
	return out
}

// dayFacts are the days of work that takes several; none where it is one visit.
func dayFacts(b *business.Business, j *scheduling.Job) []fact {
	out := make([]fact, len(j.Parts))
	for i, x := range j.Parts {
		from, to := x.From.In(b.Location()), x.To.In(b.Location())
		out[i] = fact{fmt.Sprintf("Day %d", i+1), from.Format("Mon, Jan 2") + ", " + window(from, to)}
	}
	return out
}

type weekView struct {
	Title               string
	Before, This, After string // addresses
	Part                string // address of the week without its frame
	Team                []teamChoice
	Days                []weekDay
	Feeds               bool   // the jobs can be subscribed to
	Calendars           bool   // calendars can be connected
	Day, Week, Self     string // addresses of the views of the calendar there
}

type teamChoice struct {
	Name, Initials, Tint, Href string
	Chosen                     bool
}

type weekDay struct {
	Name, Date string
	Today      bool
	None       string // what to say where there are no jobs
	Jobs       []jobView
}

type jobPageView struct {
	Job    jobView
	Week   string // address of its day on the calendar
	Facts  []fact
	CallID string
	Move   *moveView // nil: it can't be moved any more
	Photos []photoView
	Done   string // where to say that the work is done; empty: it can't be said
}

func (s *server) jobs(q *request) error {
	v, err := s.week(q)
	if err != nil {
		return err
	}
	return q.render(jobsPage(s.frame(q, "jobs", "Jobs"), v))
}

func (s *server) weekPart(q *request) error {
	v, err := s.week(q)
	if err != nil {
		return err
	}
	return q.render(weekPart(v))
}

// weekOf is the Monday of t's week.
func weekOf(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

func weekHref(path string, monday time.Time, technician string) string {
	v := url.Values{"week": {monday.Format(time.DateOnly)}}
	if technician != "" {
		v.Set("technician", technician)
	}
	return path + "?" + v.Encode()
}

func (s *server) week(q *request) (weekView, error) {
	now := s.now(q)
	monday := weekOf(now)
	if t, err := time.ParseInLocation(time.DateOnly, q.URL.Query().Get("week"), q.b.Location()); err == nil {
		monday = weekOf(t)
	}
	only := q.URL.Query().Get("technician")
	next := monday.AddDate(0, 0, 7)
	jobs, err := s.Reader.ListJobs(q.Context(), q.b.ID, scheduling.JobFilter{From: monday.AddDate(0, 0, -scheduling.LongestWork), To: next})
	if err != nil {
		return weekView{}, err
	}
	v := weekView{
		Title:  monday.Format("January 2") + " – " + next.AddDate(0, 0, -1).Format("January 2, 2006"),
		Before: weekHref("/jobs", monday.AddDate(0, 0, -7), only), This: weekHref("/jobs", weekOf(now), only), After: weekHref("/jobs", next, only),
		Part: weekHref("/parts/jobs", monday, only), Feeds: s.Feeds != nil, Calendars: s.Calendars != nil,
		Day: calendarQuery{day: monday, technician: only}.href("/calendar"), Week: calendarQuery{day: monday, technician: only, week: true}.href("/calendar"),
		Self: weekHref("/jobs", monday, only),
		Team: []teamChoice{{Name: "Everyone", Href: weekHref("/jobs", monday, ""), Chosen: only == ""}},
	}
	for _, m := range q.b.Team {
		v.Team = append(v.Team, teamChoice{m.Name, initials(m.Name), tint(q.b, m.Name), weekHref("/jobs", monday, m.Name), only == m.Name})
	}
	for i := range 7 {
		from := monday.AddDate(0, 0, i)
		d := weekDay{Name: from.Format("Monday"), Date: from.Format("Jan 2"), Today: from.Equal(midnight(now)), None: "Nothing booked"}
		if len(q.b.OpenOn(from)) == 0 {
			d.None = "Closed"
		}
		for _, x := range visitsIn(jobs, scheduling.Interval{From: from, To: from.AddDate(0, 0, 1)}) {
			if only == "" || x.job.Slot.Takes(only) {
				d.Jobs = append(d.Jobs, showVisit(q.b, x.job, x.i, now))
			}
		}
		// A weekend day on which nobody works is left out.
		if len(d.Jobs) > 0 || d.None != "Closed" || i < 5 {
			v.Days = append(v.Days, d)
		}
	}
	return v, nil
}

func (s *server) job(q *request) error {
	j, err := s.findJob(q)
	if err != nil {
		return err
	}
	v, err := s.jobWithPhotos(q, j)
	if err != nil {
		return err
	}
	return q.render(jobPage(s.frame(q, "jobs", v.Job.Service), v))
}

func (s *server) jobPart(q *request) error {
	j, err := s.findJob(q)
	if err != nil {
		return err
	}
	v, err := s.jobWithPhotos(q, j)
	if err != nil {
		return err
	}
	return q.render(jobPart(v))
}

// findJob reads the job of the path.
func (s *server) findJob(q *request) (*scheduling.Job, error) {
	j, err := s.Reader.Job(q.Context(), q.b.ID, q.PathValue("id"))
	if errors.Is(err, scheduling.ErrNoJob) || err == nil && j == nil {
		return nil, errNotFound
	}
	return j, err
}

func (s *server) showJobPage(q *request, j *scheduling.Job) jobPageView {
	now := s.now(q)
	v := jobPageView{
		Job: showJob(q.b, j, now), CallID: j.CallID,
		Week: calendarQuery{day: midnight(j.Slot.Start.In(q.b.Location()))}.href("/calendar"),
	}
	if j.Live() {
		v.Move = s.moveForm(q, j)
	}
	if j.Status == scheduling.StatusBooked && !j.Slot.Start.After(now) {
		v.Done = "/jobs/" + j.ID + "/done"
	}
	source := map[scheduling.Source]string{
		scheduling.FromCall: "By phone", scheduling.FromText: "By text", scheduling.FromWeb: "On the web", scheduling.FromOwner: "By you",
	}[j.Source]
	created := j.CreatedAt.In(q.b.Location())
	for _, f := range []fact{
		{"Problem", j.Problem},
		{"Customer", v.Job.Customer},
		{"Number", contact.National(j.Customer.Phone)},
		{"Address", v.Job.Place},
		{"Arrival", v.Job.Day + ", " + v.Job.Window},
		{"Technician", v.Job.Technician},
		{"Booked", cmp.Or(source, sentence(string(j.Source))) + ", " + ago(created, now)},
	} {
		if f.Value != "" {
			v.Facts = append(v.Facts, f)
		}
		if f.Name == "Arrival" {
			v.Facts = append(v.Facts, dayFacts(q.b, j)...)
		}
	}
	return v
}
