package app

import (
	"context"
	"errors"

	"fixly/business"
	"fixly/callbacks"
	"fixly/ownerdesk"
)

// bridge lends the desk of callbacks to who texts that they want to call somebody.
type bridge struct{ desk *callbacks.Desk }

// Bridge rings somebody of the shop, then a customer. Who asks for one customer by text knows what time it is; the key is
// not needed, as a text that comes again is answered as it was.
func (b bridge) Bridge(ctx context.Context, tx ownerdesk.Tx, shop *business.Business, from business.Staff, customer, _ string) error {
	own, err := storeTx(tx)
	if err != nil {
		return err
	}
	err = b.desk.Bridge(ctx, own, shop, callbacks.Person{Name: from.Name, Phone: from.Phone}, customer, true)
	switch {
	case errors.Is(err, callbacks.ErrCalling):
		return ownerdesk.NotCalled("somebody is on that call already.")
	case errors.Is(err, callbacks.ErrDoNotCall):
		return ownerdesk.NotCalled("they are blocked, or said that they don't want to be called.")
	case errors.Is(err, callbacks.ErrNoPhone):
		return ownerdesk.NotCalled("that is not a customer's number, or there is no line to call by.")
	}
	return err
}
