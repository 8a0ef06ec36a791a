// Package es is Spanish, as it is spoken in the United States: its rules and words over the kinds of package meaning.
// Rules and word lists are written with accents or without; they are taken off both, since recognisers and people who
// type leave them out. What words were written like is kept for names.
package es
