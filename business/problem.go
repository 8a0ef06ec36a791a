package business

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Problem is one thing wrong with a business.
type Problem struct {
	File    string // name of the business file; empty for JSON and for values
	Line    int    // line in the file, from 1; 0 where there is none
	Key     string // path of the key, "services[3].skill"; empty for the file as a whole
	Message string // what is wrong and, where it isn't plain, what to do
}

// Error is the problem in one line: "mikes.yaml:42: services[3].skill: nobody in the team …".
func (p Problem) Error() string {
	var s strings.Builder
	if p.File != "" {
		s.WriteString(p.File)
		if p.Line > 0 {
			s.WriteString(":" + strconv.Itoa(p.Line))
		}
		s.WriteString(": ")
	}
	if p.Key != "" {
		s.WriteString(p.Key + ": ")
	}
	s.WriteString(p.Message)
	return s.String()
}

// Problems is everything wrong with a business, in the order of the file (of the schema, where there is no file).
// It is the type of every error of Parse, ParseJSON, Validate and Unmask.
type Problems []Problem

// Error gives a line per problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single Problem.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// err is the problems as an error, nil when there are none.
func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// inOrder sorts by line and leaves problems of one line as they were found.
func (ps Problems) inOrder() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return ps
}

// covers says whether a problem at key is already told by one of ps: at the key itself, around it, or within it.
func (ps Problems) covers(key string) bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return within(key, p.Key) || within(p.Key, key) })
}

// within says whether key is outer or lies in it. Everything lies in the file as a whole, whose key is empty.
func within(key, outer string) bool {
	rest, ok := strings.CutPrefix(key, outer)
	return ok && (outer == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}
