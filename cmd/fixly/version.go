package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// printVersion says what this binary was built from.
func printVersion(_ context.Context, w world, args []string) error {
	if len(args) > 0 {
		if isHelp(args[0]) {
			_, err := fmt.Fprintln(w.stdout, "Usage: fixly version\n\nPrints the version, the revision it was built from, and the Go version.")
			return err
		}
		return usageError{fmt.Errorf("version takes no argument such as %q", args[0])}
	}
	_, err := fmt.Fprintln(w.stdout, version())
	return err
}

// version is "fixly v0.1.0 (revision 0123456789ab, go1.26.0 linux/amd64)". A build outside the repository has no
// revision, and one between two releases no version of its own.
func version() string {
	module, revision, modified := "(devel)", "unknown", ""
	if b, ok := debug.ReadBuildInfo(); ok {
		if b.Main.Version != "" {
			module = b.Main.Version
		}
		for _, s := range b.Settings {
			switch s.Key {
			case "vcs.revision":
				revision = s.Value[:min(12, len(s.Value))]
			case "vcs.modified":
				if s.Value == "true" {
					modified = " with changes"
				}
			}
		}
	}
	return fmt.Sprintf("fixly %s (revision %s%s, %s %s/%s)", module, revision, modified, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
