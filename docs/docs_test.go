// Package docs_test keeps the project's pages true: their links lead somewhere, the files they name exist, and the
// table of settings is the one that the program prints.
package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fixly/config"
)

const root = ".."

// pages lists every Markdown file of the project, relative to its root.
func pages(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if !d.IsDir() && filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 5 {
		t.Fatalf("found only %v", out)
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	fenced  = regexp.MustCompile("(?ms)^```.*?^```$")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	// file is something in backticks that is meant to be a file or a folder of the project.
	file    = regexp.MustCompile("`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.*-]+)*/?)`")
	command = regexp.MustCompile("`make ([a-z]+)")
)

func TestLinksLeadSomewhere(t *testing.T) {
	for _, page := range pages(t) {
		text := fenced.ReplaceAllString(read(t, page), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			path := page
			if target != "" {
				path = filepath.Join(filepath.Dir(page), target)
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
				continue
			}
			if anchor != "" && filepath.Ext(path) == ".md" && !anchors(read(t, path))[anchor] {
				t.Errorf("%s links to %s: there is no such heading", page, m[1])
			}
		}
	}
}

// anchors gives the anchors of a page's headings, as GitHub makes them.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	drop := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		out[strings.ReplaceAll(drop.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return out
}

func TestFilesThatPagesNameExist(t *testing.T) {
	ours := regexp.MustCompile(`\.(go|md|yaml|sql|sh|templ)$`)
	for _, page := range pages(t) {
		if filepath.Base(page) == "CHANGELOG.md" {
			continue // it tells of what was
		}
		for _, m := range file.FindAllStringSubmatch(fenced.ReplaceAllString(read(t, page), ""), -1) {
			name := m[1]
			folder := strings.HasSuffix(name, "/")
			if !folder && (!strings.Contains(name, "/") || !ours.MatchString(name)) {
				continue // no path: a word, a command, a setting
			}
			if found, err := filepath.Glob(filepath.Join(root, name)); err != nil || len(found) == 0 {
				t.Errorf("%s names %s, which is not there", page, name)
			}
		}
	}
}

func TestCommandsThatPagesNameExist(t *testing.T) {
	makefile := read(t, filepath.Join(root, "Makefile"))
	for _, page := range pages(t) {
		for _, m := range command.FindAllStringSubmatch(read(t, page), -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s names make %s, which the Makefile lacks", page, m[1])
			}
		}
	}
}

func TestTableOfSettingsIsInStep(t *testing.T) {
	page := read(t, "operating.md")
	_, rest, ok := strings.Cut(page, "<!-- settings")
	_, rest, ok2 := strings.Cut(rest, "-->\n")
	table, _, ok3 := strings.Cut(rest, "<!-- end of settings -->")
	if !ok || !ok2 || !ok3 {
		t.Fatal("operating.md has lost the marks around its table of settings")
	}
	if table != config.Markdown() {
		t.Errorf("operating.md is out of step with config.Config; its table should be:\n%s", config.Markdown())
	}
}
