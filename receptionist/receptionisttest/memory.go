// Package receptionisttest names the storage in memory as the tests of the receptionist do.
package receptionisttest

import (
	"fixly/business"
	"fixly/receptionist/memory"
)

// Memory is a storage of one business, see memory.Storage.
type Memory = memory.Storage

// New makes an empty storage for a business.
func New(b *business.Business) *Memory { return memory.New(b) }
