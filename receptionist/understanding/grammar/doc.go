// Package grammar is the engine that every language's rules run on.
//
// Words become tokens with normal forms. A lexicon gives single tokens typed readings; rules combine tokens and
// typed spans into larger spans, bottom-up, keeping every alternative with a score. A rule is a pattern of
// predicates over tokens and spans plus a function that makes the new span's value, the model of
// facebook/duckling. Nothing in here knows a language or a topic.
//
// Spans that begin at a token are complete before the token to its left is looked at, so one pass from right to
// left over the tokens finds everything: a rule is tried exactly once for each span that can open it.
package grammar
