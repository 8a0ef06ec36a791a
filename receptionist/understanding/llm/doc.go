// Package llm asks a language model about an utterance that the built-in understanding is unsure of, and takes from it
// only what can be seen in the caller's own words.
//
// What the model says comes as the same dialogue acts that the built-in understanding gives. A detail is given in words,
// not in values: the words must be the caller's, and the grammar reads them. Services, dangers and intents come from
// closed lists, and those that would end or divert a call for good are not among them. So a model, whatever it was talked
// into, can say nothing that the caller couldn't have said plainly; it sees nothing of other callers; and what the flow
// makes of it is read back before it counts.
package llm
