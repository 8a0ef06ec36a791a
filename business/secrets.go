package business

import (
	"fmt"
	"slices"
	"strings"
)

// Mask stands in for a secret wherever a business leaves the installation.
const Mask = "********"

// Secret is one credential in a business.
type Secret struct {
	Key   string  // where it stands in the file: "lines[0].auth_token"
	Value *string // in the business itself
}

// Secrets are the credentials of a business, those that are empty too, to be read or changed in place.
func (b *Business) Secrets() []Secret {
	var out []Secret
	for i := range b.Lines {
		l := &b.Lines[i]
		key := fmt.Sprintf("lines[%d].", i)
		out = append(out,
			Secret{key + "auth_token", &l.AuthToken}, Secret{key + "api_key", &l.APIKey})
	}
	for i := range b.Gateways {
		g := &b.Gateways[i]
		key := fmt.Sprintf("gateways[%d].", i)
		out = append(out,
			Secret{key + "secret", &g.Secret},
			Secret{key + "incoming.token", &g.Incoming.Token}, Secret{key + "incoming.signing_key", &g.Incoming.SigningKey})
	}
	return out
}

// OwnSecrets is a copy of b whose secrets can be changed without changing those of b.
func (b *Business) OwnSecrets() *Business {
	out := *b
	out.Lines, out.Gateways = slices.Clone(b.Lines), slices.Clone(b.Gateways)
	return &out
}

// Masked is a copy of b with its secrets masked.
func Masked(b *Business) *Business {
	out := b.OwnSecrets()
	for _, s := range out.Secrets() {
		if *s.Value != "" {
			*s.Value = Mask
		}
	}
	return out
}

// Unmask puts the secrets of the current business where the edited one still has them masked: those of the line with
// the same number or, when the number itself was edited, of a line with the same account; those of the gateway with the
// same name and address. A secret never goes to another account or address than it was given for. A mask without a
// counterpart is a problem, as Problems.
func Unmask(edited, current *Business) error {
	var ps Problems
	for i := range edited.Lines {
		l := &edited.Lines[i]
		was := current.LineByNumber(l.Number)
		if was == nil || was.Carrier != l.Carrier || was.Account() != l.Account() {
			was = current.lineByAccount(l)
		}
		if was == nil {
			was = &Line{}
		}
		l.AuthToken, l.APIKey = unmasked(l.AuthToken, was.AuthToken), unmasked(l.APIKey, was.APIKey)
	}
	for i := range edited.Gateways {
		g := &edited.Gateways[i]
		was := &Gateway{}
		if j := slices.IndexFunc(current.Gateways, func(o Gateway) bool { return o.Name == g.Name && o.URL == g.URL }); j >= 0 {
			was = &current.Gateways[j]
		}
		in, had := &g.Incoming, &was.Incoming
		g.Secret, in.Token, in.SigningKey = unmasked(g.Secret, was.Secret), unmasked(in.Token, had.Token), unmasked(in.SigningKey, had.SigningKey)
	}
	for _, s := range edited.Secrets() {
		if *s.Value == Mask {
			why := "is masked, but no present line has this account; write the token itself"
			if strings.HasPrefix(s.Key, "gateways") {
				why = "is masked, but no present gateway has this name and address; write the secret itself"
			}
			ps = append(ps, Problem{Key: s.Key, Message: why})
		}
	}
	return ps.err()
}

// unmasked is the secret that a mask stands for, the mask itself where there is none; anything else stays as it is.
func unmasked(given, kept string) string {
	if given != Mask || kept == "" {
		return given
	}
	return kept
}

// lineByAccount is a line with the same account at the same carrier, nil when there is none.
func (b *Business) lineByAccount(as *Line) *Line {
	i := slices.IndexFunc(b.Lines, func(l Line) bool { return l.Carrier == as.Carrier && l.Account() == as.Account() && as.Account() != "" })
	if i < 0 {
		return nil
	}
	return &b.Lines[i]
}
