package redact

// label is words that say what the digits or words after them are.
type label struct {
	words []string
	// least and most are how many digits what follows has; 0 and 0: any words.
	least, most int
	code        bool // of a gate, a door, a lock box it is needed for the visit, and stays
	sized       []int
}

// labels, in both languages. The longer come first where one begins with another.
var labels = []label{
	{words: []string{"social", "security"}, sized: []int{4, 9}},
	{words: []string{"seguro", "social"}, sized: []int{4, 9}},
	{words: []string{"social"}, sized: []int{9}},
	{words: []string{"ssn"}, sized: []int{4, 9}},
	{words: []string{"routing"}, least: 8, most: 9},
	{words: []string{"aba"}, least: 8, most: 9},
	{words: []string{"número", "de", "ruta"}, least: 8, most: 9},
	{words: []string{"bank", "account"}, least: 5, most: 17},
	{words: []string{"checking", "account"}, least: 5, most: 17},
	{words: []string{"savings", "account"}, least: 5, most: 17},
	{words: []string{"account", "number"}, least: 5, most: 17},
	{words: []string{"cuenta", "bancaria"}, least: 5, most: 17},
	{words: []string{"número", "de", "cuenta"}, least: 5, most: 17},
	{words: []string{"iban"}, least: 5, most: 30},
	{words: []string{"cvv"}, least: 3, most: 4},
	{words: []string{"cvc"}, least: 3, most: 4},
	{words: []string{"security", "code"}, least: 3, most: 4, code: true},
	{words: []string{"código", "de", "seguridad"}, least: 3, most: 4, code: true},
	{words: []string{"my", "pin"}, least: 4, most: 8, code: true},
	{words: []string{"pin", "number"}, least: 4, most: 8, code: true},
	{words: []string{"pin", "is"}, least: 4, most: 8, code: true},
	{words: []string{"card", "pin"}, least: 4, most: 8},
	{words: []string{"password"}},
	{words: []string{"passphrase"}},
	{words: []string{"passcode"}, code: true},
	{words: []string{"contraseña"}},
}

// entry is what codes open that a technician may need.
var entry = map[string]bool{
	"gate": true, "door": true, "lock": true, "lockbox": true, "building": true, "entry": true, "entrance": true, "alarm": true, "garage": true, "elevator": true, "keypad": true,
	"front": true, "buzzer": true, "house": true, "unit": true, "portón": true, "puerta": true, "edificio": true, "alarma": true,
}

// labelReach is within how many tokens after a label what it names begins.
const labelReach = 8

// labelled cuts what the words before it name.
func (c *cutter) labelled() {
	for i := range c.tokens {
		for k := range labels {
			l := &labels[k]
			if !c.at(i, l.words) {
				continue
			}
			after := i + len(l.words)
			if l.code && c.opens(i, after) {
				break
			}
			if l.least == 0 && l.sized == nil {
				c.password(after)
			} else {
				c.number(after, l)
			}
			break
		}
		if c.dashedSSN(i) {
			c.cut(i, i+3)
		}
		if c.card && expiry[c.tokens[i].word] {
			c.number(i+1, &label{least: 3, most: 6})
		}
	}
}

// dashedSSN says whether three groups of digits are written as a social security number, which needs no label:
// 123-45-6789.
func (c *cutter) dashedSSN(i int) bool {
	if i+2 >= len(c.tokens) {
		return false
	}
	t := c.tokens[i : i+3]
	return len(t[0].digits) == 3 && len(t[1].digits) == 2 && len(t[2].digits) == 4 && c.text[t[0].to:t[1].from] == "-" && c.text[t[1].to:t[2].from] == "-"
}

// expiry are words before the date on a card.
var expiry = map[string]bool{"exp": true, "expires": true, "expiration": true, "expiry": true, "expiring": true, "vence": true, "vencimiento": true}

func (c *cutter) at(i int, words []string) bool {
	for k, w := range words {
		if i+k >= len(c.tokens) || c.tokens[i+k].word != w {
			return false
		}
	}
	return true
}

// opens says whether a code is one of an entry.
func (c *cutter) opens(from, to int) bool {
	for i := max(0, from-6); i < min(len(c.tokens), to+6); i++ {
		if entry[c.tokens[i].word] {
			return true
		}
	}
	return false
}

// number cuts the first run of digits after a label, if it has as many as the label wants.
func (c *cutter) number(after int, l *label) {
	for _, r := range c.runs {
		if r.from < after {
			continue
		}
		if r.from > after+labelReach {
			return
		}
		n := len(r.digits)
		fits := n >= l.least && n <= l.most && l.sized == nil
		for _, s := range l.sized {
			fits = fits || n == s
		}
		if fits {
			c.cut(r.from, r.to)
			return
		}
		if n >= 10 {
			return // a telephone number: what the label named is not here
		}
	}
}

// says lead from "password" to what it is.
var says = map[string]bool{"is": true, "es": true, "equals": true}

// password cuts the words after "password is", up to the end of the clause.
func (c *cutter) password(after int) {
	const most = 5
	i, named := after, false
	for i < len(c.tokens) && i < after+4 && !says[c.tokens[i].word] {
		if colon := c.text[c.tokens[max(i-1, 0)].to:c.tokens[i].from]; colon == ": " || colon == ":" || colon == " = " || colon == "=" {
			named = true
			break
		}
		i++
	}
	switch {
	case named:
	case i < len(c.tokens) && i < after+4 && says[c.tokens[i].word]:
		i++
	case after+1 < len(c.tokens) && c.tokens[after+1].digits != "" && c.tokens[after+1].from == c.tokens[after].to:
		i = after // "password hunter2"
	case after < len(c.tokens) && len(c.tokens[after].digits) >= 4:
		i = after
	default:
		return
	}
	from := i
	for i < len(c.tokens) && i < from+most && (i == from || !c.tokens[i].stop || c.tokens[i].from == c.tokens[i-1].to+1) {
		if w := c.tokens[i].word; i > from && (w == "and" || w == "but" || w == "so" || w == "y" || w == "pero") {
			break
		}
		i++
	}
	c.cut(from, min(i, len(c.tokens)))
}
