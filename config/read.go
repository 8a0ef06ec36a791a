package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
)

// Read fills a Config from args (flags), getenv and the defaults, in this order of precedence. Only the flags
// named in flags are accepted; none named means all. The caller may have put flags of its own on fs. What is no flag
// comes back as rest, wherever among the flags it stood.
//
// Each value is parsed; whether they make sense together is Check's business, since not every command needs that.
// The error is one line that names the flag or the variable; flag.ErrHelp when help was asked for.
func Read(fs *flag.FlagSet, args []string, getenv func(string) string, flags ...string) (c Config, rest []string, err error) {
	settings := Settings()

	// Flags are collected first and applied last: a bad default or variable below must not be reported for a
	// setting that a flag overrides.
	given := map[string]string{}
	for _, s := range settings {
		if s.Flag == "" || (len(flags) > 0 && !slices.Contains(flags, s.Flag)) {
			continue
		}
		note := func(v string) error { given[s.Flag] = v; return nil }
		if s.IsBool {
			fs.BoolFunc(s.Flag, s.About, note)
		} else {
			fs.Func(s.Flag, s.About, note)
		}
	}
	fs.SetOutput(io.Discard) // the error is returned, and help is drawn by WriteHelp
	for {
		if err := fs.Parse(args); err != nil {
			return Config{}, nil, err
		}
		if fs.NArg() == 0 {
			break
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}

	for _, s := range settings {
		where, text := "", s.Default
		if v := getenv(s.Env); v != "" {
			where, text = s.Env, v
		}
		if v, ok := given[s.Flag]; ok && s.Flag != "" {
			where, text = "--"+s.Flag, v
		}
		if text == "" && where == "" {
			continue
		}
		if err := s.set(&c, text); err != nil {
			if where == "" {
				return Config{}, nil, fmt.Errorf("the default of %s %w", s.Env, err)
			}
			return Config{}, nil, fmt.Errorf("%s %w", where, err)
		}
	}
	return c, rest, nil
}

// IsHelp says whether Read stopped because help was asked for.
func IsHelp(err error) bool { return errors.Is(err, flag.ErrHelp) }
