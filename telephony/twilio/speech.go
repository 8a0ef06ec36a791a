package twilio

import (
	"strings"
	"time"
)

// How long Twilio's voices take, estimated: a word at their usual 170 words a minute, and the breath after a
// sentence. Twilio does not report when it has spoken, so the silence that follows is measured from here.
const (
	perWord     = 350 * time.Millisecond
	perSentence = 300 * time.Millisecond
)

// speakingTime is how long some text takes to say.
func speakingTime(text string) time.Duration {
	words := len(strings.Fields(text))
	if words == 0 {
		return 0
	}
	return time.Duration(words)*perWord + perSentence
}
