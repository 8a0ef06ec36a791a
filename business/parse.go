package business

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxFile bounds a business file in bytes; a large shop's has a few dozen kilobytes.
const maxFile = 256 << 10

// Parse reads a business file. It is strict: everything that isn't known, isn't of its type or can't be so is
// refused, all of it at once, as Problems that name the file (the base of name), the line and the key. Settings that
// are left out and have a usual value get it.
func Parse(name string, data []byte) (*Business, error) {
	d := decoder{file: filepath.Base(name), lines: map[string]int{}}
	root := d.yamlRoot(data)
	if root == nil {
		return nil, d.problems
	}
	return d.business(root, refuseMasks)
}

// ParseJSON reads a business as the API speaks it, as strictly as Parse. Problems name the key. Secrets may be
// masked: call Unmask before using the result.
func ParseJSON(data []byte) (*Business, error) {
	d := decoder{lines: map[string]int{}}
	root := d.jsonRoot(data)
	if root == nil {
		return nil, d.problems
	}
	return d.business(root, allowMasks)
}

// business reads the whole business from its root, fills in what is usual, and checks it.
func (d *decoder) business(root *yaml.Node, masks maskRule) (*Business, error) {
	b := new(Business)
	d.decode(root, "", b)
	d.requireParts()
	setDefaults(b, d.given)
	misread := d.problems
	for _, p := range validate(b, masks) {
		if misread.covers(p.Key) || p.needs != "" && misread.covers(p.needs) {
			continue
		}
		p.File, p.Line = d.file, d.line(p.Key)
		d.problems = append(d.problems, p.Problem)
	}
	if len(d.problems) > 0 {
		return nil, d.problems.inOrder()
	}
	return b, nil
}

// requireParts tells once of each part of the file that can't be left out, rather than of all that is in it.
func (d *decoder) requireParts() {
	for _, part := range []string{
		"business", "business.owner", "business.assistant", "lines", "hours", "team", "scheduling", "service_area", "services",
	} {
		if !d.given(part) && !d.problems.covers(part) {
			d.problem(d.line(part), part, "is required")
		}
	}
}

// yamlRoot parses one YAML document without aliases; nil with problems noted when it is none.
func (d *decoder) yamlRoot(data []byte) *yaml.Node {
	if !d.fits(data) {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		d.problem(0, "", "the file is empty")
		return nil
	case err != nil:
		d.syntax(err)
		return nil
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		d.problem(second.Line, "", "a second document begins here; a business file holds one business")
		return nil
	case !errors.Is(err, io.EOF):
		d.syntax(err)
		return nil
	}
	return doc.Content[0]
}

// fits refuses what is too large to be a business.
func (d *decoder) fits(data []byte) bool {
	if len(data) > maxFile {
		d.problem(0, "", fmt.Sprintf("%d kB are too many for a business; the limit is %d kB", len(data)>>10, maxFile>>10))
		return false
	}
	return true
}

// yamlLine finds the line in the messages of the YAML parser, "yaml: line 3: did not find …".
var yamlLine = regexp.MustCompile(`^line (\d+): `)

func (d *decoder) syntax(err error) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	d.problem(line, "", "this is not YAML: "+strings.ReplaceAll(msg, "\n", " "))
}
