package config

import (
	"encoding"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Setting is one field of Config, as people see it.
type Setting struct {
	Flag    string // without dashes; empty when there is only the environment
	Env     string
	Default string // the value; empty when there is none, see Without
	Without string // what happens when nothing is set and there is no default value
	About   string
	IsBool  bool

	index int // of the field in Config
}

// Settings lists every field of Config, in order.
func Settings() []Setting {
	t := reflect.TypeFor[Config]()
	out := make([]Setting, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		out = append(out, Setting{
			Flag:    f.Tag.Get("flag"),
			Env:     f.Tag.Get("env"),
			Default: f.Tag.Get("default"),
			Without: f.Tag.Get("without"),
			About:   f.Tag.Get("about"),
			IsBool:  f.Type.Kind() == reflect.Bool,
			index:   i,
		})
	}
	return out
}

// DefaultText is the default as the manual shows it.
func (s Setting) DefaultText() string {
	switch {
	case s.Default == "":
		return s.Without
	case s.IsBool && s.Default == "false":
		return "off"
	}
	return s.Default
}

// set parses text into the setting's field.
func (s Setting) set(c *Config, text string) error {
	f := reflect.ValueOf(c).Elem().Field(s.index)
	switch p := f.Addr().Interface().(type) {
	case *string:
		*p = text
	case *bool:
		v, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return fmt.Errorf("is %q; it must be true or false", text)
		}
		*p = v
	case *time.Time:
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return fmt.Errorf("is %q; it must be an RFC 3339 instant such as 2026-11-23T09:00:00-06:00", text)
		}
		*p = t
	case *time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Errorf("is %q; it must be a length of time such as 700ms", text)
		}
		*p = d
	case *slog.Level:
		if err := p.UnmarshalText([]byte(text)); err != nil {
			return fmt.Errorf("is %q; it must be debug, info, warn or error", text)
		}
	case encoding.TextUnmarshaler:
		return p.UnmarshalText([]byte(text))
	default:
		return errors.New("is of a type that this program cannot read")
	}
	return nil
}
