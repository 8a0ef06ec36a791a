// Package classify tells what a caller wants from wordings that nobody listed.
//
// It is a logistic regression for each intent over the words of an utterance: single words, pairs, pairs with a word
// between, beginnings of words and runs of letters within them, so that other forms and misheard ones still count.
// It is trained by `go generate` from the text files in data, one utterance a line and a file per intent, and what
// was learned is embedded. Scores are calibrated: of the utterances that get 0.8 for an intent, about four in five
// have it. It knows no grammar, no shop and no conversation; package understanding weighs it against those.
//
// docs/decisions/0012-classifier.md says why it is there, how it is trained and what it gains.
package classify

//go:generate go run ./train -root .
