package webpush

// What the tests look at from outside.
var (
	EncryptWith  = encryptWith // held against the RFC's example
	Public       = public
	RetryAfter   = retryAfter
	ErrNotPublic = errNotPublic
)
