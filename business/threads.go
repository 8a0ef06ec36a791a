package business

import "time"

// Threads says how people and the receptionist share the threads of texts with customers.
type Threads struct {
	// TakeoverIdle is how long after people's last words in a thread the receptionist answers there again; 0: 2 hours.
	TakeoverIdle Duration `yaml:"takeover_idle" json:"takeover_idle"`
	// AnswerWithin is how long the owner has to answer a customer's question that is put to him, before the customer is
	// promised a call instead; 0: 30 minutes.
	AnswerWithin Duration `yaml:"answer_within" json:"answer_within"`
}

// What Threads are where the file leaves them out.
const (
	takeoverIdle = 2 * time.Hour
	answerWithin = 30 * time.Minute
)

// TakeoverIdle is how long after people's last words in a thread the receptionist answers there again.
func (b *Business) TakeoverIdle() time.Duration {
	if d := b.Threads.TakeoverIdle.Std(); d > 0 {
		return d
	}
	return takeoverIdle
}

// AnswerWithin is how long the owner has to answer a customer's question.
func (b *Business) AnswerWithin() time.Duration {
	if d := b.Threads.AnswerWithin.Std(); d > 0 {
		return d
	}
	return answerWithin
}
