package dashboard

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/contact"
	"fixly/simulate"
	"fixly/simulate/replay"
	"fixly/simulate/trial"
)

// Bounds of a trial that is begun from a page.
const (
	maxTrialForm  = 1 << 20 // bytes; a business file has at most a quarter of it
	mostCallers   = 2000
	mostReplayed  = 500
	worstCalls    = 5  // shown in full
	mostDifferent = 50 // conversations that come out otherwise
)

// keptSecret, with a number behind it, stands for each secret of the settings where they can be edited. A trial reaches no carrier.
const keptSecret = "kept-as-it-is"

// trialsView is the page on which changes are tried.
type trialsView struct {
	Problem  []string // why a trial could not begin
	Settings string   // the settings as they can be edited
	Edited   bool     // they were
	Callers  []option
	Replays  []option
	Card     trialState
}

// trialState is how the latest trial stands.
type trialState struct {
	Any     bool
	Running bool
	Title   string
	Of      string // of which settings
	Percent int
	Step    string // "40 of 200"
	Note    string // that it was stopped, or what went wrong
	Figures []fact
	Goals   []tallyView
	Faults  []tallyView
	Worst   []heldView
	Changed []heldView
	Same    string // replays: how many come to the same
}

type tallyView struct {
	Name  string
	Calls int
	Right int
}

// heldView is a conversation that was held for a trial.
type heldView struct {
	Title string
	Notes []string
	Bad   bool // something unsafe happened
	Lines []turnView
	Href  string // to the conversation as it was held
}

func (s *server) trials(q *request) error {
	v, err := s.trialsView(q)
	if err != nil {
		return err
	}
	return q.render(trialsPage(s.frame(q, "trial", "Try callers"), v))
}

func (s *server) trialPart(q *request) error { return q.render(trialPart(s.trialState(q))) }

func (s *server) trialsView(q *request) (trialsView, error) {
	settings, err := settingsText(q.b)
	if err != nil {
		return trialsView{}, err
	}
	v := trialsView{Settings: settings, Card: s.trialState(q)}
	for _, n := range []int{50, 200, 1000} {
		v.Callers = append(v.Callers, option{strconv.Itoa(n), fmt.Sprintf("%d callers", n), n == 200})
	}
	for _, n := range []int{20, 100, 500} {
		v.Replays = append(v.Replays, option{strconv.Itoa(n), fmt.Sprintf("the last %d", n), n == 100})
	}
	return v, nil
}

// settingsText is the business as a file, without its secrets.
func settingsText(b *business.Business) (string, error) {
	open := b.Clone()
	for i, s := range open.Secrets() {
		if *s.Value != "" {
			*s.Value = fmt.Sprintf("%s-%03d", keptSecret, i) // as long as any must be, and no two are the same
		}
	}
	raw, err := business.Marshal(open)
	return string(raw), err
}

// startTrial begins what the form asks for, and goes to the page that shows how it stands.
func (s *server) startTrial(q *request) error {
	q.Body = http.MaxBytesReader(q.w, q.Body, maxTrialForm)
	if err := q.ParseMultipartForm(maxTrialForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return errNotFound
	}
	tried, file, settings, err := s.triedBusiness(q)
	if err == nil {
		err = s.Trials.Start(q.b.ID, order(q, tried, file))
	}
	if err == nil {
		http.Redirect(q.w, q.Request, "/trial", http.StatusSeeOther)
		return nil
	}
	v, viewErr := s.trialsView(q)
	if viewErr != nil {
		return viewErr
	}
	var wrong business.Problems
	switch {
	case errors.Is(err, trial.ErrRunning):
		v.Problem = []string{"A trial is under way. Wait for it, or stop it."}
	case errors.Is(err, trial.ErrBusy):
		v.Problem = []string{"The server is busy with other shops' trials. Try again in a minute."}
	case errors.As(err, &wrong):
		for _, p := range wrong {
			v.Problem = append(v.Problem, p.Error())
		}
	default:
		return err
	}
	if settings != "" {
		v.Settings, v.Edited = settings, true
	}
	return q.render(trialsPage(s.frame(q, "trial", "Try callers"), v))
}

// triedBusiness is the business that a form wants tried: of the file that came with it, or of the settings as edited,
// or as it is (nil). The error is the mistakes in them.
func (s *server) triedBusiness(q *request) (b *business.Business, name, settings string, err error) {
	if f, header, err := q.FormFile("file"); err == nil {
		defer func() { _ = f.Close() }() // it was read
		raw, err := io.ReadAll(f)
		if err != nil {
			return nil, "", "", err
		}
		if len(raw) > 0 {
			b, err := business.Parse(header.Filename, raw)
			return b, header.Filename, "", err
		}
	}
	settings = strings.ReplaceAll(q.PostForm.Get("settings"), "\r\n", "\n")
	now, err := settingsText(q.b)
	if err != nil || settings == "" || strings.TrimSpace(settings) == strings.TrimSpace(now) {
		return nil, "", "", err
	}
	b, err = business.Parse("settings", []byte(settings))
	return b, "the edited settings", settings, err
}

// order reads what a form wants tried.
func order(q *request, changed *business.Business, file string) trial.Order {
	o := trial.Order{Kind: trial.Callers, Business: q.b, File: file, Seed: 1}
	if changed != nil {
		o.Business = changed
		o.Business.ID = q.b.ID
	}
	most := mostCallers
	if q.PostForm.Get("kind") == string(trial.Replay) {
		o.Kind, most = trial.Replay, mostReplayed
		if changed != nil {
			o.Against = q.b
		}
		o.Number, _ = strconv.Atoi(q.PostForm.Get("conversations"))
	} else {
		o.Number, _ = strconv.Atoi(q.PostForm.Get("callers"))
	}
	o.Number = min(max(o.Number, 1), most)
	return o
}

func (s *server) stopTrial(q *request) error {
	s.Trials.Stop(q.b.ID)
	s.Trials.Wait(q.Context(), q.b.ID)
	http.Redirect(q.w, q.Request, "/trial", http.StatusSeeOther)
	return nil
}

func (s *server) trialState(q *request) trialState {
	t := s.Trials.Latest(q.b.ID)
	if t == nil {
		return trialState{}
	}
	v := trialState{Any: true, Running: t.Running, Of: "your shop as it is", Title: "Simulated callers"}
	if t.File != "" {
		v.Of = t.File
	}
	if t.Kind == trial.Replay {
		v.Title = "Conversations, held again"
	}
	v.Of += ", " + clockTime(t.StartedAt.In(q.b.Location()))
	if t.Of > 0 {
		v.Percent = 100 * t.Done / t.Of
		v.Step = fmt.Sprintf("%d of %d", t.Done, t.Of)
	}
	switch {
	case t.Running:
	case t.Stopped:
		v.Note = "It was stopped after " + v.Step + "."
	case t.Err != nil:
		v.Note = "It can't be tried: " + t.Err.Error()
	case t.Report != nil:
		v.callers(t.Report)
	case t.Replayed != nil:
		v.replayed(t.Replayed, q.b)
	}
	return v
}

// callers shows what became of simulated callers.
func (v *trialState) callers(r *simulate.Report) {
	v.Figures = []fact{
		{"Booked right", fmt.Sprintf("%.1f %% (%d of %d who can be booked)", r.Percent(), r.BookedRight, r.Bookable)},
		{"Ended as they should", fmt.Sprintf("%d of %d", r.Right, r.Callers)},
		{"Unsafe", unsafeWords(r.Unsafe)},
		{"Turns to a booking", fmt.Sprintf("%d, for nine of ten at most %d", r.Turns.Median, r.Turns.P90)},
	}
	for _, g := range r.Goals {
		v.Goals = append(v.Goals, tallyView{g.Of, g.Calls, g.Right})
	}
	for _, f := range r.Faults {
		v.Faults = append(v.Faults, tallyView{Name: f.Of, Calls: f.Calls})
	}
	for _, c := range r.Worst(worstCalls) {
		h := heldView{Title: fmt.Sprintf("%s, %s: %s", c.Goal, c.Manner, c.Wanted), Notes: append(append([]string{}, c.Unsafe...), c.Wrong...), Bad: len(c.Unsafe) > 0}
		for _, l := range c.Lines {
			h.Lines = append(h.Lines, heldLine(l.Who == "caller", l.Text, l.Reason))
		}
		v.Worst = append(v.Worst, h)
	}
}

func unsafeWords(n int) string {
	if n == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%d calls", n)
}

// replayed shows which conversations come out otherwise.
func (v *trialState) replayed(r *replay.Report, b *business.Business) {
	v.Same = fmt.Sprintf("%d of %d conversations come to the same.", r.Same, len(r.Results))
	for i := range r.Results {
		x := &r.Results[i]
		if x.Same() || len(v.Changed) == mostDifferent {
			continue
		}
		who := "a caller who withheld the number"
		if x.Caller != "" {
			who = contact.National(x.Caller)
		}
		h := heldView{Title: fmt.Sprintf("%s, %s", who, x.StartedAt.In(b.Location()).Format("Mon, Jan 2, 3:04 PM"))}
		if x.CallID != "" {
			h.Href = "/calls/" + x.CallID
		}
		for _, d := range x.Differences {
			h.Notes = append(h.Notes, d.String())
		}
		if p := x.Parts; p != nil && p.Caller != "" {
			h.Notes = append(h.Notes, fmt.Sprintf("They part at “%s”: it was “%s”", p.Caller, p.Was.Reply))
		}
		for _, l := range x.Now.Lines {
			if l.Caller != "" {
				h.Lines = append(h.Lines, heldLine(true, l.Caller, ""))
			}
			if l.Reply != "" {
				h.Lines = append(h.Lines, heldLine(false, l.Reply, l.Reason))
			}
		}
		v.Changed = append(v.Changed, h)
	}
}

func heldLine(caller bool, text, reason string) turnView {
	if caller {
		return turnView{Who: "Caller", Text: text}
	}
	return turnView{Side: "us", Text: text, Why: Why(reason)}
}
