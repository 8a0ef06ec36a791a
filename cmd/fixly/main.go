// Fixly answers a contractor's phone and books the work.
//
// This command is the whole program: `fixly serve` runs it, the other subcommands look after it. Each has a file
// of its own here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of businesses, on machines and in containers that have no zone database
)

// command is a subcommand.
type command struct {
	name  string // "business import" has two words
	about string // one line for the list
	run   func(context.Context, world, []string) error
}

// commands lists every subcommand, in the order of the help text.
func commands() []command {
	return []command{
		{"serve", "answer calls and texts; everything runs in this one process", serve},
		{"business import", "store a business file, or replace the stored one", businessImport},
		{"business export", "write a stored business as a business file", businessExport},
		{"simulate", "let simulated callers call a business, and report what became of them", simulateCalls},
		{"doctor", "check configuration, database, carrier, calendar and clock, and say what to do", diagnose},
		{"version", "print version, revision and Go version", printVersion},
	}
}

// world is what a command touches outside its arguments, so that tests can bring their own.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
}

func main() {
	// The first signal asks for a clean stop; a second one finds the default handling back and ends the process.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	code := run(ctx, world{os.Stdin, os.Stdout, os.Stderr, os.Getenv}, os.Args[1:])
	stop()
	os.Exit(code)
}

// usageError is a mistake in the command line: exit status 2, as is the custom.
type usageError struct{ error }

// errReported ends a command with status 1 when it has said already what is wrong.
var errReported = errors.New("reported")

// run finds the command, runs it, and gives the exit status.
func run(ctx context.Context, w world, args []string) int {
	if len(args) == 0 || isHelp(args[0]) {
		help(w.stdout)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	c, rest, err := find(args)
	if err == nil {
		err = c.run(ctx, w, rest)
	}
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return 1
	case errors.As(err, &usage):
		fmt.Fprintf(w.stderr, "fixly: %v\n", err)
		return 2
	default:
		fmt.Fprintf(w.stderr, "fixly: %v\n", err)
		return 1
	}
}
