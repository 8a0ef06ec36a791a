package messaging

import "time"

// MessageFilter chooses texts for a list. The list is ordered newest first, by creation, then by id; a page goes
// on before BeforeCreated and BeforeID, of the last text of the page before.
type MessageFilter struct {
	Phone     string // the other side's, E.164: the sender of an inbound text, the receiver of an outbound one; empty: any
	Direction string // "inbound" or "outbound"; empty: both

	BeforeCreated time.Time
	BeforeID      string // empty: the first page
	Limit         int    // at most so many; 0: all
}

// Peer is the number on the other side of a text, E.164.
func (m *Message) Peer() string {
	if m.Direction == "inbound" {
		return m.From
	}
	return m.To
}
