package calendar

// refusal is an error that speaks to who filled in a form.
type refusal struct {
	sentence string
	cause    *Error
}

func (r *refusal) Error() string { return r.sentence }
func (r *refusal) Unwrap() error { return r.cause }

// Refuse makes an error whose text is a sentence for who filled in a form; the cause, of a kind, is in it for the program.
func Refuse(kind Kind, doing, sentence string, cause error) error {
	return &refusal{sentence, &Error{Kind: kind, Doing: doing, Err: cause}}
}
