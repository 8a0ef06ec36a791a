package graph_test

import (
	_ "embed"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/graph.csdl.xml
var csdl []byte

// metadata is Graph's own description of its types, as far as they are used here.
type metadata struct {
	Entities []entityType `xml:"EntityType"`
	Complex  []entityType `xml:"ComplexType"`
	Enums    []struct {
		Name    string `xml:",attr"`
		Members []struct {
			Name string `xml:",attr"`
		} `xml:"Member"`
	} `xml:"EnumType"`
}

type entityType struct {
	Name       string     `xml:",attr"`
	BaseType   string     `xml:",attr"`
	Properties []declared `xml:"Property"`
	Navigation []declared `xml:"NavigationProperty"`
}

type declared struct {
	Name string `xml:",attr"`
	Type string `xml:",attr"`
}

func describe(t testing.TB) *metadata {
	t.Helper()
	var m metadata
	if err := xml.Unmarshal(csdl, &m); err != nil {
		t.Fatal(err)
	}
	return &m
}

func (m *metadata) find(name string) *entityType {
	for _, all := range [][]entityType{m.Entities, m.Complex} {
		for i := range all {
			if all[i].Name == name {
				return &all[i]
			}
		}
	}
	return nil
}

// property finds what a type, or one that it is based on, declares.
func (m *metadata) property(t *entityType, name string) string {
	for ; t != nil; t = m.find(strings.TrimPrefix(t.BaseType, "graph.")) {
		for _, p := range slices.Concat(t.Properties, t.Navigation) {
			if p.Name == name {
				return p.Type
			}
		}
	}
	return ""
}

// check checks that a value is of a type: every property is declared, and is what it is declared to be.
func (m *metadata) check(at, typeName string, value any) error {
	if value == nil {
		return nil
	}
	if of, ok := strings.CutPrefix(typeName, "Collection("); ok {
		all, ok := value.([]any)
		if !ok {
			return fmt.Errorf("%s is %T, want a list", at, value)
		}
		for i, v := range all {
			if err := m.check(fmt.Sprintf("%s[%d]", at, i), strings.TrimSuffix(of, ")"), v); err != nil {
				return err
			}
		}
		return nil
	}
	name, ours := strings.CutPrefix(typeName, "graph.")
	if !ours {
		return primitive(at, typeName, value)
	}
	for _, e := range m.Enums {
		if e.Name != name {
			continue
		}
		for _, x := range e.Members {
			if x.Name == value {
				return nil
			}
		}
		return fmt.Errorf("%s: %v is none of %s", at, value, name)
	}
	t := m.find(name)
	fields, ok := value.(map[string]any)
	if t == nil || !ok {
		return fmt.Errorf("%s: %T as %s, which is described: %v", at, value, typeName, t != nil)
	}
	for k, v := range fields {
		if strings.HasPrefix(k, "@") { // annotations are OData's
			continue
		}
		declared := m.property(t, k)
		if declared == "" {
			return fmt.Errorf("%s: %s has no %q", at, name, k)
		}
		if err := m.check(at+"."+k, declared, v); err != nil {
			return err
		}
	}
	return nil
}

func primitive(at, typeName string, value any) error {
	var ok bool
	switch typeName {
	case "Edm.String":
		_, ok = value.(string)
	case "Edm.Boolean":
		_, ok = value.(bool)
	case "Edm.Int32":
		_, ok = value.(float64)
	case "Edm.DateTimeOffset":
		s, _ := value.(string)
		_, err := time.Parse(time.RFC3339, s)
		ok = err == nil
	default:
		return fmt.Errorf("%s: type %s is not looked at", at, typeName)
	}
	if !ok {
		return fmt.Errorf("%s: %v is no %s", at, value, typeName)
	}
	return nil
}

// checkJSON checks a document, or the list of a page.
func (m *metadata) checkJSON(typeName string, document []byte) error {
	var v map[string]any
	if err := json.Unmarshal(document, &v); err != nil {
		return err
	}
	if list, ok := v["value"]; ok {
		return m.check("value", "Collection("+typeName+")", list)
	}
	return m.check("", typeName, v)
}
