// Package rules is what the rules of every language are made from: how a match becomes a day, a clock time, a number or a
// line of an address. A language brings the words; what they come to on a calendar is the same in all of them.
package rules
