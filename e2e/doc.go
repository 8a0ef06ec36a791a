// Package e2e runs the built binary as its owner would, against a carrier that is played by fakephone, and looks only
// at what comes out: what callers hear, which texts the carrier accepted, what the API shows, how the process ends.
// It is tests only.
//
// A test opens a shop (the demo business on a database of its own), lets people call and text it, and lets things
// go wrong: the process is killed, the carrier or the database goes away, everything comes twice.
package e2e
