package model

// Estimate is the usage of a request whose answer was cut off before the vendor said what it used: four characters of
// English are about a token.
func Estimate(r Request, so string) Usage {
	const perToken = 4
	in := len(r.System) + len(r.Data) + 600 // the schema and what the vendor puts around it
	return Usage{InputTokens: in / perToken, OutputTokens: (len(so) + perToken - 1) / perToken, Estimated: true}
}
