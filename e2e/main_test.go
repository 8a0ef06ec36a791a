package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary is the fixly that the tests run, built once.
var binary string

// raceDetector says whether it is built with the race detector.
var raceDetector bool

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

// run builds the binary as a release is built, and runs the tests.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "fixly-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "fixly")
	args, cgo := []string{"build", "-trimpath", "-ldflags=-s -w", "-o", binary}, "CGO_ENABLED=0"
	if raceDetector {
		args, cgo = append(args, "-race"), "CGO_ENABLED=1"
	}
	build := exec.Command("go", append(args, "fixly/cmd/fixly")...)
	build.Env = append(os.Environ(), cgo)
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the binary: %v\n%s", err, out)
		return 1
	}
	// The tests wait for other processes most of the time; the race detector makes those ten times slower.
	parallel := "6"
	if raceDetector {
		parallel = "1"
	}
	if err := flag.Set("test.parallel", parallel); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}
