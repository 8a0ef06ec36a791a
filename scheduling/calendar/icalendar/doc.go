// Package icalendar reads and writes iCalendar (RFC 5545): what CalDAV servers keep, what files hold, and what calendar
// apps subscribe to.
//
// What it reads comes from strangers. Whatever it is, reading it ends, in time and memory that are bounded, and never
// panics; an event that makes no sense is left out and counted, and the others are read. What it doesn't understand is
// written back as it was, in the same order.
package icalendar
