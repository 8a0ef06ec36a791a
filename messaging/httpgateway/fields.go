package httpgateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// put writes a value into a tree of JSON by its name: dots lead inwards, and [] at the end makes a list of one.
func put(tree map[string]any, name, value string) error {
	name, list := strings.CutSuffix(name, "[]")
	for {
		head, rest, nested := strings.Cut(name, ".")
		if !nested {
			break
		}
		inner, ok := tree[head].(map[string]any)
		if !ok {
			if tree[head] != nil {
				return fmt.Errorf("field %s is a value already, and can't hold %s", head, rest)
			}
			inner = map[string]any{}
			tree[head] = inner
		}
		tree, name = inner, rest
	}
	if tree[name] != nil {
		return fmt.Errorf("field %s is given twice", name)
	}
	tree[name] = value
	if list {
		tree[name] = []any{value}
	}
	return nil
}

// at is what a tree of JSON has under a name, nil when it has nothing there. A number leads into a list.
func at(tree any, name string) any {
	for name != "" {
		head, rest, _ := strings.Cut(name, ".")
		switch t := tree.(type) {
		case map[string]any:
			tree = t[head]
		case []any:
			i, err := strconv.Atoi(head)
			if err != nil || i < 0 || i >= len(t) {
				return nil
			}
			tree = t[i]
		default:
			return nil
		}
		name = rest
	}
	return tree
}

// one is a value as text; empty for what is none.
func one(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

// many is a value, or the values of a list, as texts.
func many(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, x := range list {
		if s := one(x); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var errNeither = errors.New("the body is neither JSON nor a form")

// read reads a webhook's body as a tree: JSON, or a form, whose fields are called as they are.
func read(contentType string, body []byte) (func(name string) any, error) {
	if strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, errNeither
		}
		return func(name string) any {
			list := []any{}
			for _, v := range form[name] {
				list = append(list, v)
			}
			if len(list) == 1 {
				return list[0]
			}
			return list
		}, nil
	}
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, errNeither
	}
	return func(name string) any {
		if name == "" {
			return nil
		}
		return at(tree, name)
	}, nil
}
