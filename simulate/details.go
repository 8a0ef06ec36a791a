package simulate

import (
	"strings"
)

// opening is the first thing a caller says.
func (c *caller) opening() string {
	switch c.goal {
	case Book, Emergency, Tenant, Returning, OutOfArea:
	default:
		return c.otherOpening()
	}
	greeting := pick(c.r, c.s.Greetings)
	problem := pick(c.r, c.trouble.ways)
	var b strings.Builder
	switch c.manner {
	case AllAtOnce:
		c.told["name"], c.told["address"], c.told["zip"], c.told["when"] = true, true, true, true
		b.WriteString(greeting + c.say("opening_all", c.facts.name(), c.fullAddress(), problem))
		b.WriteString(c.say("added", pick(c.r, c.wish.ways)))
		return b.String()
	case Terse:
		return problem
	case PriceFirst:
		if c.goal != Emergency {
			return greeting + problem + " " + c.say("price")
		}
	case Story:
		if c.goal != Emergency {
			b.WriteString(greeting + pick(c.r, c.s.Stories) + " " + problem)
			if chance(c.r, 0.6) {
				b.WriteString(" " + pick(c.r, c.s.After))
			}
			return b.String()
		}
	case Angry:
		b.WriteString(c.say("angry") + " ")
	case Slow:
		if chance(c.r, 0.3) {
			c.rest = append(c.rest, problem)
			return strings.TrimSpace(greeting + "yes um")
		}
	}
	b.WriteString(greeting)
	switch c.goal {
	case Tenant:
		b.WriteString(pick(c.r, c.s.calls.Tenant) + " ")
	case Returning:
		if hello := pick(c.r, c.s.calls.Returning); hello != "" {
			b.WriteString(hello + " ")
		}
	}
	b.WriteString(problem)
	if c.goal != Emergency {
		b.WriteString(pick(c.r, c.s.Asks))
		if chance(c.r, 0.15) && !c.told["when"] {
			c.told["when"] = true
			b.WriteString(c.say("added", pick(c.r, c.wish.ways)))
		}
	}
	return b.String()
}

// problem says it again, in other words where there are some.
func (c *caller) problem() string {
	if c.goal == Danger {
		return pick(c.r, c.s.calls.Danger[c.about])
	}
	return pick(c.r, c.trouble.ways)
}

// when says the wish.
func (c *caller) when() string {
	c.told["when"] = true
	way := pick(c.r, c.wish.ways)
	if c.manner == Terse || c.wish.any || c.wish.soon || strings.HasPrefix(way, "i") || chance(c.r, 0.3) {
		return way
	}
	return c.say("wish", way)
}

func (c *caller) name() string {
	c.told["name"] = true
	if c.goal == Tenant && chance(c.r, 0.5) && !c.told["tenant"] {
		c.told["tenant"] = true
		return "put it under my tenant's name " + c.tenant.name()
	}
	name := c.contactName()
	if c.manner == Terse && chance(c.r, 0.3) && c.asked[askName] < 2 {
		name = strings.Fields(name)[0]
	}
	said := strings.Replace(pick(c.r, c.s.talk["name"]), "%s", name, 1)
	if chance(c.r, 0.15) || c.asked[askName] > 1 || c.wrong["name"] > 0 {
		said += " " + c.say("spell_it", spell(lastWord(name)))
	}
	return said
}

func (c *caller) lastName() string {
	last := lastWord(c.contactName())
	if chance(c.r, 0.3) || c.asked[askLastName] > 1 {
		return last + " " + c.say("spell_it", spell(last))
	}
	return last
}

func lastWord(s string) string {
	f := strings.Fields(s)
	return f[len(f)-1]
}

// spell says a word letter by letter.
func spell(word string) string {
	var letters []string
	for _, l := range strings.ToLower(word) {
		if l >= 'a' && l <= 'z' {
			letters = append(letters, string(l))
		}
	}
	return strings.Join(letters, " ")
}

// misheard gives a number as the recogniser took it: with a wrong digit now and then, the first time.
func (c *caller) misheard(digits, what string) string {
	if c.wrong[what] == 0 && c.noise.level > 0 && chance(c.r, 0.08*c.noise.level) {
		c.wrong[what]++
		return mishear(c.r, digits)
	}
	return digits
}

// number says a phone number in one go.
func (c *caller) number(e164, what string) string {
	sep := " "
	if c.style.figures {
		sep = pick(c.r, []string{"-", " ", ""})
	}
	return strings.Join(c.t.phoneParts(c.style, c.misheard(e164, what)), sep)
}

func (c *caller) phone(h heard) action {
	again := c.told["phone"]
	c.told["phone"] = true
	number := c.reachAt()
	if (c.manner == Keypad || h.keypad && again) && !c.byText {
		keys := strings.TrimPrefix(number, "+1")
		if c.r.IntN(2) == 0 {
			keys += "#"
		}
		return action{keys: keys}
	}
	if c.manner == Slow && !again {
		parts := c.t.phoneParts(c.style, number)
		c.rest = []string{strings.Join(parts[1:], " ")}
		return action{say: parts[0]}
	}
	said := c.number(number, "phone")
	if c.manner == Terse {
		return c.speak(said)
	}
	return c.speak(c.say("number", said))
}

// street says the house and the street.
func (c *caller) street() string {
	f := &c.facts
	house := c.t.house(c.r, c.style, c.misheard(f.House, "street"))
	name := strings.ToLower(f.Street)
	if !c.style.figures {
		if long, ok := c.t.streets[name]; ok {
			name = long
		}
	}
	kind := strings.ToLower(f.Kind)
	parts := []string{house, strings.ToLower(f.Direction), name}
	if !chance(c.r, 0.12) {
		parts = append(parts, kind)
	}
	if f.Unit != "" && chance(c.r, 0.8) {
		c.told["unit"] = true
		parts = append(parts, strings.ToLower(f.Unit))
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// fullAddress is the street with its ZIP code.
func (c *caller) fullAddress() string {
	c.told["zip"] = true
	s := c.street()
	if c.facts.City != "" && chance(c.r, 0.2) {
		s += " " + c.t.in + " " + strings.ToLower(c.facts.City)
	}
	return s + " " + c.t.zip(c.style, c.misheard(c.facts.ZIP, "zip"))
}

func (c *caller) address(h heard) action {
	again := c.told["address"]
	c.told["address"] = true
	if c.manner == Slow && !again {
		c.rest = []string{c.t.zip(c.style, c.facts.ZIP)}
		c.told["zip"] = true
		return action{say: c.street()}
	}
	said := c.street()
	if (strings.Contains(h.text, "zip") || strings.Contains(h.text, "postal")) && !(c.manner == Terse && chance(c.r, 0.4)) || again {
		said = c.fullAddress()
	}
	if c.manner == Terse {
		return c.speak(said)
	}
	return c.speak(c.say("address", said))
}

// sameAddress answers whether it is for the address on file.
func (c *caller) sameAddress(h heard) action {
	c.told["address"] = true
	if c.own != nil && strings.Contains(h.text, strings.ToLower(c.facts.Street)) && c.facts.sameStreet(c.own.Address.Line1) == "" {
		return c.speak(c.say("yes"))
	}
	return c.speak(c.say("not_there", c.fullAddress()))
}

func (c *caller) zip(h heard) action {
	again := c.told["zip"]
	c.told["zip"] = true
	if (c.manner == Keypad || h.keypad && again) && !c.byText {
		return action{keys: c.facts.ZIP}
	}
	return c.speak(c.say("zip", c.t.zip(c.style, c.misheard(c.facts.ZIP, "zip"))))
}

// correct puts right what was read back wrongly.
func (c *caller) correct(what string) string {
	no := c.say("wrong")
	c.wrong[what]++
	switch what {
	case "phone":
		return no + " " + c.say("fix_phone", c.number(c.reachAt(), what))
	case "zip":
		return no + " " + c.say("fix_zip", c.t.zip(c.style, c.facts.ZIP))
	case "street":
		return no + " " + c.say("fix_street", c.street())
	case "unit":
		return "it's " + strings.ToLower(c.facts.Unit)
	case "name":
		name := c.contactName()
		return no + " " + c.say("fix_name", name) + " " + c.say("spell_it", spell(lastWord(name)))
	}
	if c.accepted != nil {
		return no + " " + c.say("wanted", c.naming(*c.accepted))
	}
	return no + " " + c.say("wanted", pick(c.r, c.wish.ways))
}
