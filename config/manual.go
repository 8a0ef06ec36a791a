package config

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteHelp writes the settings for a terminal: those with a flag first, then those of the environment alone.
// Only the flags named are shown, and then nothing of the environment alone; none named means everything.
func WriteHelp(w io.Writer, flags ...string) error {
	var b strings.Builder
	for _, s := range Settings() {
		if s.Flag == "" || (len(flags) > 0 && !slices.Contains(flags, s.Flag)) {
			continue
		}
		fmt.Fprintf(&b, "  --%s", s.Flag)
		if !s.IsBool {
			b.WriteString(" " + strings.ToUpper(strings.ReplaceAll(s.Flag, "-", "_")))
		}
		fmt.Fprintf(&b, "\n        %s\n        (or %s; default: %s)\n", s.About, s.Env, s.DefaultText())
	}
	if len(flags) == 0 {
		b.WriteString("\nOnly in the environment:\n")
		for _, s := range Settings() {
			if s.Flag == "" {
				fmt.Fprintf(&b, "  %s\n        %s\n        (default: %s)\n", s.Env, s.About, s.DefaultText())
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown is the table of docs/operating.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| flag | environment | meaning | default |\n|---|---|---|---|\n")
	for _, s := range Settings() {
		flag, def := "", s.DefaultText()
		if s.Flag != "" {
			flag = "`--" + s.Flag + "`"
		}
		if s.Default != "" && !s.IsBool {
			def = "`" + def + "`"
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", flag, s.Env, s.About, def)
	}
	return b.String()
}
