package en

import (
	"fixly/receptionist/understanding/grammar"
	"fixly/receptionist/understanding/rules"
)

// What the rules of all languages are made from, under the short names that the rules here are written with.
var (
	set            = rules.Set
	now            = rules.Now
	part           = rules.PartOf
	oneDay         = rules.OneDay
	coming         = rules.Coming
	following      = rules.Following
	nextWeekday    = rules.NextWeekday
	add            = rules.AddLength
	dayNumber      = rules.DayNumber
	date           = rules.Date
	byMonthDay     = rules.ByMonthDay
	dom            = rules.ComingDate
	dateFigures    = rules.DateFigures
	easter         = rules.Easter
	at             = rules.At
	figures        = rules.Figures
	numRun         = rules.NumRun
	ordinalFigures = rules.OrdinalFigures
	joinWords      = rules.JoinWords
	norms          = rules.Norms
	written        = rules.Written
)

// Title writes words the way names are written.
func Title(s string) string { return rules.Title(s) }

func as[T any](mt *grammar.Match, i int) T { return rules.As[T](mt, i) }

func test[T any](f func(T) bool) func(any) bool { return rules.Test(f) }
