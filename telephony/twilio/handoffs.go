package twilio

import "sync"

// handoffs remembers how the latest sessions ended that this process held, for carriers that do not repeat what an end
// message said. Where another process is asked, or this one after a restart, the conversation is resumed instead. The
// zero handoffs has none.
type handoffs struct {
	mu     sync.Mutex
	byCall map[string]string // what the end message said, by the carrier's id of the call
	oldest []string
}

// mostHandoffs bounds how many are remembered. The carrier asks within seconds.
const mostHandoffs = 1000

// note remembers what an end message says.
func (m *handoffs) note(call, data string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byCall == nil {
		m.byCall = map[string]string{}
	}
	if _, known := m.byCall[call]; !known {
		if len(m.oldest) == mostHandoffs {
			delete(m.byCall, m.oldest[0])
			m.oldest = m.oldest[1:]
		}
		m.oldest = append(m.oldest, call)
	}
	m.byCall[call] = data
}

// begin forgets how the call's session before ended: another is under way.
func (m *handoffs) begin(call string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.byCall[call]; known {
		m.byCall[call] = ""
	}
}

// of is what was said last, empty when that is not known.
func (m *handoffs) of(call string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.byCall[call]
}
