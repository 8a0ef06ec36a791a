// Package en is English: its word lists and rules over the grammar engine, giving the meanings that every
// language shares. Word lists are data (data/*.yaml); rules are Go, because they compute.
package en
