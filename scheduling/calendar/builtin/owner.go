package builtin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// Tx is what the owner's changes need of a transaction.
type Tx interface {
	Reader
	Saver
	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
	// Troubles lists what is to be settled about a job.
	Troubles(ctx context.Context, businessID, jobID string) ([]calendar.Trouble, error)
	InsertTrouble(ctx context.Context, t *calendar.Trouble) (bool, error)
	SettleTrouble(ctx context.Context, businessID, id string) error
}

// The bounds of a block.
const (
	maxTitle  = 100 // characters
	maxLength = 366 * 24 * time.Hour
	// MaxWeeks is how often a block may repeat: two years.
	MaxWeeks = 104
	// Years in which a block may begin: a slip of the keyboard is no century.
	firstYear, lastYear = 2000, 2200
)

// untitled is the title of a block that was given none.
const untitled = "Blocked"

// Wrong is what is wrong with a block that somebody wants, as a sentence without its beginning and end.
type Wrong struct {
	Field  string // as the API names it
	Detail string
}

// Error tells it.
func (w *Wrong) Error() string { return w.Field + ": " + w.Detail }

// Check tidies a block that somebody wants and says what is wrong with it, as a *Wrong.
func (b *Block) Check(shop *business.Business) error {
	b.BusinessID = shop.ID
	b.Title = strings.TrimSpace(b.Title)
	if b.Title == "" {
		b.Title = untitled
	}
	switch {
	case utf8.RuneCountInString(b.Title) > maxTitle:
		return &Wrong{"title", fmt.Sprintf("is longer than %d characters", maxTitle)}
	case !utf8.ValidString(b.Title) || strings.ContainsFunc(b.Title, unicode.IsControl):
		return &Wrong{"title", "has control characters in it"}
	case b.Technician != "" && !slices.ContainsFunc(shop.Team, func(m business.Member) bool { return m.Name == b.Technician }):
		return &Wrong{"technician", fmt.Sprintf("is %q, who is not in the team", b.Technician)}
	case b.Start.Year() < firstYear || b.Start.Year() > lastYear:
		return &Wrong{"starts_at", fmt.Sprintf("lies in the year %d; expected %d to %d", b.Start.Year(), firstYear, lastYear)}
	case !b.Start.Before(b.End):
		return &Wrong{"ends_at", "is not after the beginning"}
	case b.AllDay && !(isMidnight(b.Start.In(shop.Location())) && isMidnight(b.End.In(shop.Location()))):
		return &Wrong{"all_day", "needs a beginning and an end at midnight"}
	case b.End.Sub(b.Start) > maxLength:
		return &Wrong{"ends_at", "is more than a year after the beginning"}
	}
	return nil
}

func isMidnight(t time.Time) bool {
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
}

// Add puts a block into the calendar, once or for a number of weeks at the same time by the shop's clock, and notes the
// jobs that are in its way. It gives the first block, with its id.
func Add(ctx context.Context, tx Tx, shop *business.Business, b Block, weeks int) (*Block, error) {
	if err := b.Check(shop); err != nil {
		return nil, err
	}
	if weeks < 1 || weeks > MaxWeeks {
		return nil, &Wrong{"weeks", fmt.Sprintf("is %d; expected 1 to %d", weeks, MaxWeeks)}
	}
	if weeks > 1 && b.End.Sub(b.Start) > 7*24*time.Hour {
		return nil, &Wrong{"weeks", "can't be more than 1 for a block of more than a week"}
	}
	if err := tx.LockCalendar(ctx, shop.ID); err != nil {
		return nil, fmt.Errorf("add a block: %w", err)
	}
	b.Series = ""
	var first *Block
	for i := range weeks {
		one := b
		one.ID = ""
		one.Start, one.End = weekLater(shop, b.Start, i), weekLater(shop, b.End, i)
		if first != nil {
			one.Series = first.ID
		}
		if err := save(ctx, tx, &one); err != nil {
			return nil, fmt.Errorf("add a block: %w", err)
		}
		if first == nil && weeks > 1 { // the first one's id, which the storage gives, names the series
			one.Series = one.ID
			if err := tx.SaveBlock(ctx, &one); err != nil {
				return nil, fmt.Errorf("add a block: %w", err)
			}
		}
		if first == nil {
			first = &one
		}
	}
	return first, nil
}

// weekLater is the same time by the shop's clock some weeks on.
func weekLater(shop *business.Business, t time.Time, weeks int) time.Time {
	return t.In(shop.Location()).AddDate(0, 0, 7*weeks)
}

// Change stores a block of an id with other times, title or technician, by itself: it leaves its series. What kept jobs
// busy before and doesn't any more is settled. ErrNoBlock when there is none.
func Change(ctx context.Context, tx Tx, shop *business.Business, b Block) error {
	if err := b.Check(shop); err != nil {
		return err
	}
	if err := tx.LockCalendar(ctx, shop.ID); err != nil {
		return fmt.Errorf("change a block: %w", err)
	}
	was, err := tx.Block(ctx, shop.ID, b.ID)
	if err != nil {
		return fmt.Errorf("change a block: %w", err)
	}
	if was.Technician != b.Technician { // another calendar: there it is new, here it is gone
		if err := bury(ctx, tx, was); err != nil {
			return fmt.Errorf("change a block: %w", err)
		}
	} else if err := settle(ctx, tx, was, func(j *scheduling.Job) bool { return b.overlaps(j) }); err != nil {
		return fmt.Errorf("change a block: %w", err)
	}
	if err := save(ctx, tx, &b); err != nil {
		return fmt.Errorf("change a block: %w", err)
	}
	return nil
}

// Remove takes a block out of the calendar, and with it, if rest is set, those of its series that come later. ErrNoBlock
// when there is none.
func Remove(ctx context.Context, tx Tx, shop *business.Business, id string, rest bool) error {
	if err := tx.LockCalendar(ctx, shop.ID); err != nil {
		return fmt.Errorf("remove a block: %w", err)
	}
	b, err := tx.Block(ctx, shop.ID, id)
	if err != nil {
		return fmt.Errorf("remove a block: %w", err)
	}
	gone := []Block{*b}
	if rest && b.Series != "" {
		later, err := tx.BlocksOfSeries(ctx, shop.ID, b.Series, b.Start)
		if err != nil {
			return fmt.Errorf("remove a block: %w", err)
		}
		gone = append(gone, slices.DeleteFunc(later, func(o Block) bool { return o.ID == b.ID })...)
	}
	for i := range gone {
		if err := bury(ctx, tx, &gone[i]); err != nil {
			return fmt.Errorf("remove a block: %w", err)
		}
	}
	return nil
}

// bury marks a block as gone and settles what it was in the way of.
func bury(ctx context.Context, tx Tx, b *Block) error {
	if err := settle(ctx, tx, b, func(*scheduling.Job) bool { return false }); err != nil {
		return err
	}
	return tx.SaveBlock(ctx, b.asGone())
}

// asGone is what is left of an entry that was deleted.
func (b *Block) asGone() *Block {
	return &Block{
		BusinessID: b.BusinessID, Technician: b.Technician,
		Event: calendar.Event{ID: b.ID, Job: b.Job, Part: b.Part, Start: b.Start, End: b.End, Gone: true},
	}
}

// save stores a block and notes the jobs in its way as trouble: the owner's word holds, and somebody has to move them.
func save(ctx context.Context, tx Tx, b *Block) error {
	if err := tx.SaveBlock(ctx, b); err != nil {
		return err
	}
	jobs, err := jobsNear(ctx, tx, b)
	if err != nil {
		return err
	}
	for i := range jobs {
		if j := &jobs[i]; b.overlaps(j) {
			if _, err := tx.InsertTrouble(ctx, &calendar.Trouble{
				BusinessID: b.BusinessID, CalendarID: Name, EventID: b.ID, JobID: j.ID, Kind: calendar.Overlap,
				Title: b.Title, Start: b.Start, End: b.End,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle settles the trouble that a block made for jobs, but for those that it is still in the way of.
func settle(ctx context.Context, tx Tx, b *Block, still func(*scheduling.Job) bool) error {
	jobs, err := jobsNear(ctx, tx, b)
	if err != nil {
		return err
	}
	for i := range jobs {
		if j := &jobs[i]; !still(j) {
			if err := settleOf(ctx, tx, j, func(t *calendar.Trouble) bool { return t.EventID == b.ID }); err != nil {
				return err
			}
		}
	}
	return nil
}

// JobMoved settles the trouble of a job with blocks that it is no longer where they are, once it was moved or cancelled.
func JobMoved(ctx context.Context, tx Tx, j *scheduling.Job) error {
	return settleOf(ctx, tx, j, func(t *calendar.Trouble) bool {
		b, err := tx.Block(ctx, j.BusinessID, t.EventID)
		if err != nil {
			return errors.Is(err, ErrNoBlock) // what can't be read now stays to be settled
		}
		return !b.overlaps(j)
	})
}

func settleOf(ctx context.Context, tx Tx, j *scheduling.Job, over func(*calendar.Trouble) bool) error {
	troubles, err := tx.Troubles(ctx, j.BusinessID, j.ID)
	if err != nil {
		return err
	}
	for i := range troubles {
		if t := &troubles[i]; t.CalendarID == Name && over(t) {
			if err := tx.SettleTrouble(ctx, j.BusinessID, t.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// longestJob is how long before a block a job may begin that is in its way.
const longestJob = 31 * 24 * time.Hour

func jobsNear(ctx context.Context, tx Tx, b *Block) ([]scheduling.Job, error) {
	return tx.ListJobs(ctx, b.BusinessID, scheduling.JobFilter{From: b.Start.Add(-longestJob), To: b.End})
}

// overlaps says whether a job that is on lies where the block keeps its technician from visits.
func (b *Block) overlaps(j *scheduling.Job) bool {
	return j.Live() && b.Keeps(j.Slot.Technician) && j.Slot.Start.Before(b.End) && b.Start.Before(j.Slot.End)
}
