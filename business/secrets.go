package business

import (
	"fmt"
	"slices"
)

// Mask stands in for a secret wherever a business leaves the installation.
const Mask = "********"

// Masked is a copy of b with its secrets (the lines' auth tokens) masked.
func Masked(b *Business) *Business {
	out := *b
	out.Lines = slices.Clone(b.Lines)
	for i := range out.Lines {
		if out.Lines[i].AuthToken != "" {
			out.Lines[i].AuthToken = Mask
		}
	}
	return &out
}

// Unmask puts the secrets of the current business where the edited one still has them masked: those of the line with
// the same number or, when the number itself was edited, of a line with the same account. A mask without a
// counterpart is a problem, as Problems.
func Unmask(edited, current *Business) error {
	var ps Problems
	for i := range edited.Lines {
		l := &edited.Lines[i]
		if l.AuthToken != Mask {
			continue
		}
		was := current.LineByNumber(l.Number)
		if was == nil || was.AccountSID != l.AccountSID {
			was = current.lineByAccount(l.AccountSID)
		}
		if was == nil {
			ps = append(ps, Problem{
				Key:     fmt.Sprintf("lines[%d].auth_token", i),
				Message: "is masked, but no present line has this account; write the token itself",
			})
			continue
		}
		l.AuthToken = was.AuthToken
	}
	return ps.err()
}

func (b *Business) lineByAccount(sid string) *Line {
	i := slices.IndexFunc(b.Lines, func(l Line) bool { return l.AccountSID == sid && sid != "" })
	if i < 0 {
		return nil
	}
	return &b.Lines[i]
}
