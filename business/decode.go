package business

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// decoder reads a tree of YAML nodes into the schema's types, by their yaml tags, more strictly than the YAML
// library does, and remembers on which line each key was. JSON comes as such a tree too.
type decoder struct {
	file     string
	lines    map[string]int // by path; holds every key that was given, and the root's line under ""
	problems Problems
}

func (d *decoder) problem(line int, key, message string) {
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Key: key, Message: message})
}

// given says whether a key was in the input.
func (d *decoder) given(key string) bool { _, ok := d.lines[key]; return ok }

// line is where a key is, or where the nearest thing around it begins.
func (d *decoder) line(key string) int {
	for key != "" {
		if n, ok := d.lines[key]; ok {
			return n
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return d.lines[""]
}

// decode reads node n at a path into v, a pointer.
func (d *decoder) decode(n *yaml.Node, path string, v any) {
	d.lines[path] = n.Line
	d.value(n, path, reflect.ValueOf(v).Elem())
}

var durationType = reflect.TypeFor[Duration]()

func (d *decoder) value(n *yaml.Node, path string, v reflect.Value) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.problem(n.Line, path, "anchors and aliases (& and *) are not used in business files; write the value out")
	case v.Type() == durationType:
		d.duration(n, path, v)
	case v.Kind() == reflect.Struct:
		d.mapping(n, path, v)
	case v.Kind() == reflect.Slice:
		d.list(n, path, v)
	default:
		d.scalar(n, path, v)
	}
}

func (d *decoder) mapping(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.problem(n.Line, path, "must hold keys with values, but is "+kind(n))
		return
	}
	known := fields(v.Type())
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		key := join(path, printable(k.Value))
		if k.Kind != yaml.ScalarNode {
			d.problem(k.Line, path, "a key must be a word, but is "+kind(k))
			continue
		}
		field, ok := known[k.Value]
		switch first, again := seen[k.Value]; {
		case again && first > 0:
			d.problem(k.Line, key, fmt.Sprintf("is given twice; the first is on line %d", first))
			continue
		case again:
			d.problem(k.Line, key, "is given twice")
			continue
		case !ok:
			d.problem(k.Line, key, unknownKey(k.Value, known))
			continue
		}
		seen[k.Value] = k.Line
		d.lines[key] = k.Line
		d.value(val, key, v.Field(field))
	}
}

func (d *decoder) list(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return // "sun:" with nothing after it reads as an empty list
	}
	if n.Kind != yaml.SequenceNode {
		d.problem(n.Line, path, "must be a list, but is "+kind(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		key := path + "[" + strconv.Itoa(i) + "]"
		d.lines[key] = item.Line
		d.value(item, key, v.Index(i))
	}
}

func (d *decoder) scalar(n *yaml.Node, path string, v reflect.Value) {
	tag := ""
	if n.Kind == yaml.ScalarNode {
		tag = n.ShortTag()
	}
	switch v.Kind() {
	case reflect.String:
		d.text(n, tag, path, v)
	case reflect.Bool:
		if n.Value != "true" && n.Value != "false" || tag != "!!bool" {
			d.problem(n.Line, path, "must be true or false, but is "+kind(n))
			return
		}
		v.SetBool(n.Value == "true")
	case reflect.Int:
		i, err := strconv.ParseInt(n.Value, 10, 32)
		if tag != "!!int" || err != nil {
			d.problem(n.Line, path, "must be a whole number, but is "+kind(n))
			return
		}
		v.SetInt(i)
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		if tag != "!!int" && tag != "!!float" || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
			d.problem(n.Line, path, "must be a number, but is "+kind(n))
			return
		}
		v.SetFloat(f)
	default:
		panic("business: the schema has a field of kind " + v.Kind().String() + " that the decoder does not know")
	}
}

func (d *decoder) text(n *yaml.Node, tag, path string, v reflect.Value) {
	switch tag {
	case "!!str", "!!timestamp": // a date needs no quotes
		v.SetString(n.Value)
	case "!!int", "!!float", "!!bool":
		d.problem(n.Line, path, fmt.Sprintf("must be text, but is %s; put it in quotes", kind(n)))
	default:
		d.problem(n.Line, path, "must be text, but is "+kind(n))
	}
}

func (d *decoder) duration(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		d.problem(n.Line, path, "must be a length of time such as 90m, 2h or 21d, but is "+kind(n))
		return
	}
	t, err := ParseDuration(n.Value)
	if err != nil {
		d.problem(n.Line, path, err.Error())
		return
	}
	v.SetInt(int64(t))
}

// kind names what a node is, for people.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys with values"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!str":
		return "the text " + strconv.Quote(printable(n.Value))
	default:
		return printable(n.Value)
	}
}

// printable makes input fit for one line of a message.
func printable(s string) string {
	const most = 60
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}

// fields gives a struct's fields by their names in the file.
func fields(t reflect.Type) map[string]int {
	m := make(map[string]int, t.NumField())
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
			m[tag] = i
		}
	}
	return m
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
