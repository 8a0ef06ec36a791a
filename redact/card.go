package redact

// cardLengths are how many digits the cards in use have.
var cardLengths = [...]int{19, 16, 15, 14}

// leastOfCard is how many digits of a card that broke off, or was misheard, are one all the same.
const leastOfCard = 12

// cards cuts payment cards, with what follows in the same breath: expiry date and security code.
func (c *cutter) cards() {
	for i := range c.runs {
		r := &c.runs[i]
		if len(r.digits) < leastOfCard {
			continue
		}
		if from, to, ok := r.card(c.tokens); ok {
			c.card = true
			c.cut(from, c.withRest(r, to))
			continue
		}
		if issued(r.digits) && !r.explained(c.tokens) {
			c.card = true
			c.cut(r.from, r.to)
		}
	}
}

// card finds the tokens of a whole card in the run.
func (r *run) card(tokens []token) (from, to int, ok bool) {
	for _, n := range cardLengths {
		start := 0
		for k := r.from; k < r.to; k++ {
			if k > r.from {
				start = r.ends[k-1-r.from]
			}
			for e := k; e < r.to; e++ {
				if r.ends[e-r.from]-start != n {
					continue
				}
				d := r.digits[start : start+n]
				if lengthFits(d) && luhn(d) && !numberAndZIP(sizes(tokens[k:e+1])) {
					return k, e + 1, true
				}
			}
		}
	}
	return 0, 0, false
}

// withRest is where a card ends with its expiry date and code; a ZIP code of its own stays.
func (c *cutter) withRest(r *run, to int) int {
	end := r.to
	for end > to && len(c.tokens[end-1].digits) == 5 {
		end--
	}
	return end
}

// restOfCard cuts an utterance that is nothing but the rest of a card.
func (c *cutter) restOfCard() {
	const most = 9 // month, year and code
	if len(c.runs) == 0 {
		return
	}
	for i := range c.tokens {
		t := &c.tokens[i]
		if t.word != "" && !cardWords[t.word] && !within[t.word] && units[t.word] == "" && tens[t.word] == 0 && times[t.word] == 0 && t.word != "oh" {
			return
		}
	}
	for _, r := range c.runs {
		if n := len(r.digits); n >= 3 && n <= most && n != 5 && n != 7 {
			c.cut(r.from, r.to)
		}
	}
}

// cardWords go with the rest of a card.
var cardWords = map[string]bool{
	"and": true, "the": true, "it's": true, "is": true, "code": true, "expires": true, "expiration": true, "exp": true, "date": true, "cvv": true, "cvc": true,
	"security": true, "on": true, "back": true, "number": true, "slash": true, "of": true, "okay": true, "vence": true, "código": true, "el": true,
}

// issued says whether digits begin as those of a card issuer do: Visa, Mastercard, American Express, Discover, Diners
// Club, JCB.
func issued(d string) bool {
	if len(d) < 4 {
		return false
	}
	four := int(d[0]-'0')*1000 + int(d[1]-'0')*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	two := four / 100
	switch {
	case two/10 == 4, two >= 51 && two <= 55, four >= 2221 && four <= 2720, two == 34, two == 37, four == 6011, two == 64, two == 65, two == 35, two == 36, two == 38, two == 30:
		return true
	}
	return false
}

// lengthFits says whether an issuer's cards have so many digits.
func lengthFits(d string) bool {
	if !issued(d) {
		return false
	}
	switch two := d[:2]; {
	case two == "34" || two == "37":
		return len(d) == 15
	case two == "36" || two == "38" || two == "30":
		return len(d) == 14
	case d[0] == '4' || two == "35" || two[0] == '6':
		return len(d) == 16 || len(d) == 19
	}
	return len(d) == 16
}

// luhn checks the check digit of ISO/IEC 7812.
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// sizes are how many digits each written group has; spoken digits have none.
func sizes(tokens []token) []int {
	var out []int
	for _, t := range tokens {
		if t.digits == "" {
			return nil
		}
		out = append(out, len(t.digits))
	}
	return out
}

// numberAndZIP says whether groups are written as a telephone number beside a ZIP code.
func numberAndZIP(groups []int) bool {
	for _, number := range [...][]int{{3, 3, 4}, {3, 7}, {10}, {1, 3, 3, 4}, {11}, {6, 4}} {
		if len(groups) != len(number)+1 {
			continue
		}
		after, before := groups[len(number)] == 5 || groups[len(number)] == 9, groups[0] == 5
		for i, n := range number {
			after = after && groups[i] == n
			before = before && groups[i+1] == n
		}
		if after || before {
			return true
		}
	}
	return false
}

// explained says whether a long run is telephone numbers and ZIP codes, or one number begun twice.
func (r *run) explained(tokens []token) bool {
	bounds := append([]int{0}, r.ends...)
	isBound := make(map[int]bool, len(bounds))
	for _, b := range bounds {
		isBound[b] = true
	}
	d := r.digits
	// reach[i]: the first i digits are explained
	reach := map[int]bool{0: true}
	for i := range len(d) {
		if !reach[i] {
			continue
		}
		for _, n := range [...]int{10, 11, 5, 9} {
			if i+n > len(d) || !isBound[i+n] {
				continue
			}
			if part := d[i : i+n]; n == 5 || n == 9 || northAmerican(part) {
				reach[i+n] = true
			}
		}
	}
	if reach[len(d)] {
		return true
	}
	written := sizes(tokens[r.from:r.to]) != nil
	for i := range bounds {
		at := bounds[i]
		if at+10 > len(d) || !isBound[at+10] || !northAmerican(d[at:at+10]) {
			continue
		}
		before, number, after := d[:at], d[at:at+10], d[at+10:]
		begunTwice := len(before) <= 9 && number[:min(len(before), 10)] == before && after == ""
		beside := written && len(before)+len(after) <= 5 && exact(tokens[r.from:r.to], r, at)
		if begunTwice || beside {
			return true
		}
	}
	return false
}

// exact says whether the number at some digits of a written run is grouped as telephone numbers are.
func exact(tokens []token, r *run, at int) bool {
	start := 0
	var groups []int
	for i := range tokens {
		if start >= at && start < at+10 {
			groups = append(groups, len(tokens[i].digits))
		}
		start = r.ends[i]
	}
	return len(groups) == 1 || len(groups) >= 2 && groups[0] == 3
}

// northAmerican says whether digits are a number of the North American plan.
func northAmerican(d string) bool {
	if len(d) == 11 && d[0] == '1' {
		d = d[1:]
	}
	return len(d) == 10 && d[0] >= '2' && d[3] >= '2'
}
