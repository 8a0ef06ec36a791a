package messaging

import "strings"

// Clean makes what came from outside fit to be stored. PostgreSQL takes neither NUL nor broken UTF-8, and nobody writes
// either.
func Clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
