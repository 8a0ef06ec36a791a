package flow

import "fixly/receptionist/understanding"

// MayInfer says whether an answer to the open question may count that the caller did not say plainly, but a language
// model took from their words. It may where a mistake shows and is put right: what follows is read back. It may not where
// a yes books, cancels or costs, nor where a no ends the conversation or says that nobody is in danger.
func (s *State) MayInfer(a understanding.Answer) bool {
	switch s.Question {
	case QOfferMessage, QGoOn, QAddressSame, QPhoneSame:
		return true
	case QOfferBooking, QAnythingElse:
		return a == understanding.Yes
	case QReadBack, QCancelSure, QFee:
		return a == understanding.No
	}
	return false
}

// MayAskModel says whether a language model may be asked about what the caller says now. It may not where words are taken
// as they are (a message), where fixed words are said whatever comes (danger), where a caller proves who they are, and
// once goodbye was said.
func (s *State) MayAskModel() bool {
	return !s.Ended && s.Danger == "" && s.Question != QMessage && s.Question != QOut && s.Question != QCode && s.Question != QBookedPhone
}
