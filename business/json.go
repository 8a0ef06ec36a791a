package business

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxDepth bounds the nesting of JSON input; the schema needs five levels.
const maxDepth = 20

// jsonRoot reads one JSON value as a tree of YAML nodes without lines, so that one decoder serves both notations;
// nil with problems noted when it is no JSON. (A YAML parser does not read all of JSON: surrogate pairs, for one.)
func (d *decoder) jsonRoot(data []byte) *yaml.Node {
	if !d.fits(data) {
		return nil
	}
	if !utf8.Valid(data) {
		d.problem(0, "", "this is not JSON: it is not UTF-8")
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	n, err := jsonNode(dec, 0)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows after the business")
		}
	}
	if err != nil {
		d.problem(0, "", "this is not JSON: "+err.Error())
		return nil
	}
	return n
}

// jsonNode reads the next value.
func jsonNode(dec *json.Decoder, depth int) (*yaml.Node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("nested more than %d deep", maxDepth)
	}
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		n := &yaml.Node{Kind: yaml.MappingNode}
		if t == '[' {
			n.Kind = yaml.SequenceNode
		}
		for dec.More() { // keys and values alternate in Content, as in YAML's nodes
			item, err := jsonNode(dec, depth+1)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, item)
		}
		if _, err := dec.Token(); err != nil {
			return nil, err
		}
		return n, nil
	case string:
		return jsonScalar("!!str", t), nil
	case json.Number:
		if strings.ContainsAny(t.String(), ".eE") {
			return jsonScalar("!!float", t.String()), nil
		}
		return jsonScalar("!!int", t.String()), nil
	case bool:
		return jsonScalar("!!bool", fmt.Sprint(t)), nil
	case nil:
		return jsonScalar("!!null", "null"), nil
	default:
		return nil, fmt.Errorf("unexpected %v", t)
	}
}

func jsonScalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}
