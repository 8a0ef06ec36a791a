package twilio

import (
	"context"
	"strings"
	"sync"
	"time"

	"fixly/business"
)

// line is what this process remembers of a line: enough to check a signature and to put a caller through to the
// owner while the database is away.
type line struct {
	business *business.Business
	*business.Line
	hints string
}

func (l *line) language() string {
	if len(l.business.Profile.Languages) == 0 {
		return "en"
	}
	return l.business.Profile.Languages[0]
}

// Limits of <Gather> on its hints, which ConversationRelay's stay within:
// https://www.twilio.com/docs/voice/twiml/gather#hints
const (
	maxHints      = 500
	maxHintLength = 100
)

// lines remembers the lines seen so far, by number. A business is parsed once per version, so its address says
// whether a line is still as remembered.
type lines struct {
	hintsOf func(*business.Business) []string
	keyOf   func(*business.Line) string // see Dialect.Key

	mu       sync.RWMutex
	byNumber map[string]*line
	listed   time.Time // when every business was last asked for
}

// remember keeps the lines of a business as they are now.
func (m *lines) remember(b *business.Business) {
	m.mu.RLock()
	known := len(b.Lines) > 0
	for i := range b.Lines {
		l := m.byNumber[b.Lines[i].Number]
		known = known && l != nil && l.business == b
	}
	m.mu.RUnlock()
	if known {
		return
	}
	hints := joinHints(m.hintsOf(b))
	m.mu.Lock()
	defer m.mu.Unlock()
	for n, l := range m.byNumber {
		if l.business.ID == b.ID {
			delete(m.byNumber, n)
		}
	}
	for i := range b.Lines {
		m.byNumber[b.Lines[i].Number] = &line{b, &b.Lines[i], hints}
	}
}

func joinHints(words []string) string {
	var s strings.Builder
	n := 0
	for _, w := range words {
		w = strings.TrimSpace(strings.ReplaceAll(w, ",", " "))
		if w == "" || len(w) > maxHintLength || n == maxHints {
			continue
		}
		if n++; n > 1 {
			s.WriteByte(',')
		}
		s.WriteString(w)
	}
	return s.String()
}

// number finds a line by its number, nil when it is not remembered.
func (m *lines) number(n string) *line {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.byNumber[n]
}

// account finds a line by what its carrier calls its account, see business.Line.AtCarrier.
func (m *lines) account(sid string) *line {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, l := range m.byNumber {
		if sid != "" && l.AtCarrier() == sid {
			return l
		}
	}
	return nil
}

// signedBy finds the key of some line that check accepts, empty when there is none.
func (m *lines) signedBy(check func(key string) bool) string {
	m.mu.RLock()
	tried := make(map[string]bool, 1)
	for _, l := range m.byNumber {
		tried[m.keyOf(l.Line)] = true
	}
	m.mu.RUnlock()
	for key := range tried {
		if key != "" && check(key) {
			return key
		}
	}
	return ""
}

// mayRelist says whether every business may be asked for again: at most once a second, so that forged handshakes
// can't keep the database busy.
func (m *lines) mayRelist(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if since := now.Sub(m.listed); since >= 0 && since < time.Second {
		return false
	}
	m.listed = now
	return true
}

// find looks a line up by one of the two numbers of a call, else by the account: in the directory, or in memory
// when the directory can't be read, which err then says.
func (h *Handler) find(ctx context.Context, to, from, account string) (l *line, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	for _, number := range []string{to, from} {
		if number == "" {
			continue
		}
		b, err := h.directory.BusinessByLine(ctx, number)
		if err != nil {
			if l = h.lines.number(to); l == nil {
				l = h.lines.number(from)
			}
			if l == nil {
				l = h.lines.account(account)
			}
			return l, err
		}
		if b != nil {
			h.lines.remember(b)
			return h.lines.number(number), nil
		}
	}
	if account == "" {
		return nil, nil
	}
	b, err := h.directory.BusinessByAccount(ctx, account)
	if err != nil || b == nil {
		return nil, err
	}
	h.lines.remember(b)
	for i := range b.Lines { // not just any of the account's: businesses may share one
		if b.Lines[i].AtCarrier() == account {
			return h.lines.number(b.Lines[i].Number), nil
		}
	}
	return nil, nil
}
