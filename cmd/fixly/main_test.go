package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixly/demo"
)

// fixly runs the program's commands in a directory of their own.
type fixly struct {
	t   *testing.T
	dir string
	env map[string]string
}

func newFixly(t *testing.T) *fixly {
	dir := t.TempDir()
	return &fixly{t, dir, map[string]string{"FIXLY_DATABASE_URL": "sqlite:" + filepath.Join(dir, "shop.db")}}
}

func (f *fixly) path(name string) string { return filepath.Join(f.dir, name) }

func (f *fixly) write(name, content string) string {
	f.t.Helper()
	if err := os.WriteFile(f.path(name), []byte(content), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return f.path(name)
}

// run gives what was printed on standard output, on standard error, and the exit status.
func (f *fixly) run(stdin string, args ...string) (stdout, stderr string, status int) {
	f.t.Helper()
	var out, errs bytes.Buffer
	w := world{strings.NewReader(stdin), &out, &errs, func(k string) string { return f.env[k] }}
	status = run(f.t.Context(), w, args)
	return out.String(), errs.String(), status
}

func TestUnknownCommandIsRefusedWithTheList(t *testing.T) {
	f := newFixly(t)
	for _, args := range [][]string{{"serves"}, {"business"}, {"business", "burn"}, {"--listen"}} {
		_, stderr, status := f.run("", args...)
		if status != 2 || !strings.Contains(stderr, fmt.Sprintf("no command %q", strings.Join(args, " "))) {
			t.Errorf("%v: status %d, %q", args, status, stderr)
		}
		for _, c := range commands() {
			if !strings.Contains(stderr, c.name) {
				t.Errorf("%v: the list lacks %s: %q", args, c.name, stderr)
			}
		}
		if strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: not one line: %q", args, stderr)
		}
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	f := newFixly(t)
	list, _, status := f.run("", "help")
	if status != 0 {
		t.Errorf("help exits with %d", status)
	}
	for _, c := range commands() {
		if !strings.Contains(list, c.name) || !strings.Contains(list, c.about) {
			t.Errorf("help lacks %s", c.name)
		}
		out, _, status := f.run("", append(strings.Fields(c.name), "--help")...)
		if status != 0 || !strings.HasPrefix(out, "Usage: fixly "+c.name) {
			t.Errorf("%s --help: status %d, %q", c.name, status, out)
		}
	}
	if _, _, status := f.run(""); status != 2 {
		t.Errorf("no command exits with %d", status)
	}
}

func TestVersion(t *testing.T) {
	out, _, status := newFixly(t).run("", "version")
	if status != 0 || !strings.HasPrefix(out, "fixly ") || !strings.Contains(out, "go1.") || !strings.Contains(out, "revision ") {
		t.Errorf("status %d, %q", status, out)
	}
}

func TestServeRefusesBadSettingsInOneLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{[]string{"--now", "noon"}, nil, "--now"},
		{[]string{"--demo", "--listen", "0.0.0.0:0"}, nil, "loopback"},
		{nil, map[string]string{"FIXLY_LLM": "openai:gpt"}, "OPENAI_API_KEY"},
		{nil, map[string]string{"FIXLY_LLM": "eliza"}, "openai:MODEL"},
		{[]string{"--colour"}, nil, "-colour"},
		{[]string{"now"}, nil, `"now"`},
		{[]string{"--database", "postgres://h/d"}, nil, "FIXLY_SECRET_KEY"},
	} {
		f := newFixly(t)
		for k, v := range c.env {
			f.env[k] = v
		}
		_, stderr, status := f.run("", append([]string{"serve"}, c.args...)...)
		if status == 0 || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v %v: status %d, %q", c.args, c.env, status, stderr)
		}
		if left, _ := filepath.Glob(f.path("*")); len(left) > 0 {
			t.Errorf("%v %v left %v behind", c.args, c.env, left)
		}
	}
}

func TestBusinessGoesInAndComesOutTheSame(t *testing.T) {
	f := newFixly(t)
	file := f.write("mike.yaml", string(demo.File()))

	out, stderr, status := f.run("", "business", "import", file)
	if status != 0 || out != "stored Mike's Plumbing & Heating (mikes-plumbing)\n" {
		t.Fatalf("import: status %d, %q, %q", status, out, stderr)
	}
	exported, stderr, status := f.run("", "business", "export")
	if status != 0 {
		t.Fatalf("export: %q", stderr)
	}
	out, stderr, status = f.run(exported, "business", "import", "-")
	if status != 0 || !strings.HasPrefix(out, "replaced ") {
		t.Fatalf("import of the export: status %d, %q, %q", status, out, stderr)
	}
	again, _, _ := f.run("", "business", "export", "--business", demo.Slug)
	if again != exported || !strings.Contains(exported, "demo-twilio-auth-token") {
		t.Error("what was exported and imported again is not the same")
	}
	if masked, _, _ := f.run("", "business", "export", "--masked"); strings.Contains(masked, "demo-twilio-auth-token") {
		t.Error("--masked shows a secret")
	}
}

func TestImportRehearsesTaughtPhrases(t *testing.T) {
	f := newFixly(t)
	file := string(demo.File())
	_, stderr, status := f.run(file+"\ntaught: [{say: kitchen drain is clogged, kind: service, means: Free estimate}]\n", "business", "import", "-")
	if status != 1 || !strings.HasPrefix(stderr, "fixly: taught[0].say: with \"kitchen drain is clogged\" taught,") {
		t.Errorf("a harmful phrase: status %d, %q", status, stderr)
	}
	if _, stderr, status := f.run(file+"\ntaught: [{say: the hot box is crying, kind: service, means: Water heater service}]\n", "business", "import", "-"); status != 0 {
		t.Errorf("a harmless phrase: %q", stderr)
	}
}

func TestImportMendsALostKey(t *testing.T) {
	f := newFixly(t)
	if _, stderr, status := f.run(string(demo.File()), "business", "import", "-"); status != 0 {
		t.Fatal(stderr)
	}
	if err := os.Remove(f.path("shop.db.key")); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := f.run("", "business", "export"); status != 1 || !strings.Contains(stderr, "secret key") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("export without the key: status %d, %q", status, stderr)
	}
	if out, stderr, status := f.run(string(demo.File()), "business", "import", "-"); status != 0 || !strings.HasPrefix(out, "replaced ") {
		t.Fatalf("status %d, %q, %q", status, out, stderr)
	}
	if out, stderr, status := f.run("", "business", "export"); status != 0 || !strings.Contains(out, "demo-twilio-auth-token") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

func TestExportWritesNewFilesForTheirOwnerOnly(t *testing.T) {
	f := newFixly(t)
	if _, stderr, status := f.run(string(demo.File()), "business", "import", "-"); status != 0 {
		t.Fatal(stderr)
	}
	if _, stderr, status := f.run("", "business", "export", "--output", f.path("out.yaml")); status != 0 {
		t.Fatal(stderr)
	}
	info, err := os.Stat(f.path("out.yaml"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, stderr, status := f.run("", "business", "export", "--output", f.path("out.yaml")); status != 1 || !strings.Contains(stderr, "exists") {
		t.Errorf("a second time: status %d, %q", status, stderr)
	}
}

func TestImportAndExportSayWhatIsWrong(t *testing.T) {
	f := newFixly(t)
	broken := f.write("broken.yaml", strings.Replace(string(demo.File()), "timezone: America/Chicago", "timezone: America/Chicagoo", 1))
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"import"}, 2, "takes one file"},
		{[]string{"import", broken, broken}, 2, "takes one file"},
		{[]string{"import", f.path("absent.yaml")}, 1, "absent.yaml"},
		{[]string{"import", broken}, 1, "broken.yaml:"},
		{[]string{"import", broken}, 1, "business.timezone"},
		{[]string{"import", broken, "--listen", ":1"}, 2, "-listen"},
		{[]string{"export"}, 1, "can't be read"},
		{[]string{"export", "out.yaml"}, 2, "--output"},
	} {
		_, stderr, status := f.run("", append([]string{"business"}, c.args...)...)
		if status != c.status || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: status %d, %q, want %d, %q", c.args, status, stderr, c.status, c.want)
		}
	}
	if _, err := os.Stat(f.path("shop.db")); err == nil {
		t.Error("a refused file made a database")
	}
	if _, stderr, status := f.run(string(demo.File()), "business", "import", "-"); status != 0 {
		t.Fatal(stderr)
	}
	if _, stderr, status := f.run("", "business", "export", "--business", "acme"); status != 1 || !strings.Contains(stderr, demo.Slug) {
		t.Errorf("status %d, %q, want the slugs there are", status, stderr)
	}
}

func TestDoctor(t *testing.T) {
	f := newFixly(t)
	f.env["FIXLY_TWILIO_API_URL"] = "http://127.0.0.1:1" // nobody listens there
	out, stderr, status := f.run("", "doctor")
	if status != 0 || !strings.Contains(out, "does not exist yet") {
		t.Errorf("before anything is there: status %d, %q, %q", status, out, stderr)
	}
	if left, _ := filepath.Glob(f.path("*")); len(left) > 0 {
		t.Errorf("the doctor left %v behind", left)
	}
	if _, stderr, status := f.run(string(demo.File()), "business", "import", "-"); status != 0 {
		t.Fatal(stderr)
	}
	out, _, status = f.run("", "doctor")
	if status != 1 || !strings.Contains(out, "wrong  Twilio account AC00000000000000000000000000000001: ") || !strings.Contains(out, "ok     database: reached, schema version ") {
		t.Errorf("status %d, %q", status, out)
	}
	f.env["FIXLY_NOW"] = "noon"
	if out, _, status = f.run("", "doctor"); status != 1 || !strings.HasPrefix(out, `wrong  configuration: FIXLY_NOW is "noon"`) {
		t.Errorf("status %d, %q", status, out)
	}
}
