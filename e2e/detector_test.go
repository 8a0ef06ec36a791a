//go:build race

package e2e

// With the race detector in the tests, it is in the binary under test too.
func init() { raceDetector = true }
