package messagingtest_test

import (
	"testing"

	"fixly/clock"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
)

// The carrier in memory is held to the same contract as the real ones.
func TestCarrierInMemory(t *testing.T) {
	messagingtest.Run(t, func(*testing.T) (messaging.Carrier, messagingtest.FarSide) {
		c := messagingtest.NewCarrier(clock.Real())
		return c, c
	})
}
