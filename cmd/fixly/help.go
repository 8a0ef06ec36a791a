package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"fixly/config"
)

// find gives the command that args begin with, and the arguments left for it.
func find(args []string) (command, []string, error) {
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c, args[len(words):], nil
		}
	}
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	said := args[0]
	if said == "business" && len(args) > 1 {
		said += " " + args[1]
	}
	return command{}, nil, usageError{fmt.Errorf("there is no command %q; there are: %s", said, strings.Join(names, ", "))}
}

func isHelp(arg string) bool {
	return arg == "help" || arg == "-h" || arg == "-help" || arg == "--help"
}

// help lists the commands.
func help(w io.Writer) {
	fmt.Fprint(w, "Fixly answers a contractor's phone and books the work.\n\nUsage: fixly COMMAND [FLAGS]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-16s %s\n", c.name, c.about)
	}
	fmt.Fprint(w, "\nfixly COMMAND --help tells more. To look around: fixly serve --demo\n")
}

// helpFor writes the help of one command: how it is called, what it does, and the settings it reads.
func helpFor(w io.Writer, usage, about string, flags ...string) error {
	if _, err := fmt.Fprintf(w, "Usage: fixly %s\n\n%s\n\n", usage, about); err != nil {
		return err
	}
	return config.WriteHelp(w, flags...)
}
