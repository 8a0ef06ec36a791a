package ledger

import "fmt"

// Cents is an amount of money in hundredths of its currency. The ledger knows no fractions of a cent.
type Cents int64

// String is the amount with two decimals and no currency, such as "-9.50".
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}

// In is the amount as people write it: "$9.50", or "9.50 EUR" where the currency is not the dollar.
func (c Cents) In(currency string) string {
	if currency != "USD" {
		return c.String() + " " + currency
	}
	if c < 0 {
		return "-$" + (-c).String()
	}
	return "$" + c.String()
}
