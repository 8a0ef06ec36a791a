package e2e

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fixly/demo"
	"fixly/store/storetest"
)

// The server is asked to stop in the middle of a call. It does so at once and cleanly, and the next one goes on with
// the call.
func TestStoppedInTheMiddleOfACall(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		began := time.Now()
		if status := s.stop(); status != 0 {
			t.Errorf("stopped with status %d", status)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("stopping took %s", took)
		}
		if !strings.Contains(s.log.String(), "the server stops") {
			t.Error("the call was not ended by the stop")
		}
		s.restart(0)
		call.Hears("1412 North Wood")
		says(call, "yes that's right", "booked")
		call.HangsUp()
		s.isBookedOnce(owen)
		s.comesTo(call.SID, "booked", "receptionist")
	})
}

// What can't work ends at once, with one line that says what is wrong, and a status that is not 0.
func TestWhatCantWorkSaysSo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := []string{"serve", "--demo", "--listen", "127.0.0.1:0", "--database", "sqlite:" + filepath.Join(dir, "good.db")}
	with := func(args ...string) []string { return append(append([]string(nil), good...), args...) }
	otherKey := base64.StdEncoding.EncodeToString([]byte("an entirely different secret key"))
	sealed := sqlite(t)
	sealed.kill()
	for name, c := range map[string]struct {
		args []string
		env  map[string]string
		says string
	}{
		"a flag that is none":           {with("--colour", "red"), nil, "colour"},
		"an address that is none":       {with("--listen", "everywhere"), nil, "--listen"},
		"an address in use":             {with("--listen", inUse(t)), nil, "in use"},
		"demo for everybody":            {with("--listen", "0.0.0.0:0"), nil, "loopback"},
		"a time that is none":           {with("--now", "tomorrow"), nil, "--now"},
		"a public URL that is none":     {with("--public-url", "phone"), nil, "--public-url"},
		"a database of no known kind":   {with("--database", "mysql://here"), nil, "sqlite:PATH"},
		"a directory that is not there": {with("--database", "sqlite:"+filepath.Join(dir, "a", "b.db")), nil, "does not exist"},
		"a database that is a folder":   {with("--database", "sqlite:"+dir), nil, "directory"},
		"a file that is no database":    {with("--database", "sqlite:"+file("letter.db", strings.Repeat("Dear Sir or Madam, ", 99))), nil, "letter.db"},
		"PostgreSQL that is not there":  {with("--database", "postgres:///x?host="+dir), map[string]string{"FIXLY_SECRET_KEY": secretKey}, "PostgreSQL"},
		"a secret key that is none":     {with(), map[string]string{"FIXLY_SECRET_KEY": "short"}, "FIXLY_SECRET_KEY"},
		"another secret key":            {with("--database", sealed.database), map[string]string{"FIXLY_SECRET_KEY": otherKey}, "secret key"},
		"a model that is none":          {with(), map[string]string{"FIXLY_LLM": "eliza"}, "FIXLY_LLM"},
		"a model without its key":       {with(), map[string]string{"FIXLY_LLM": "openai:gpt-4o-mini"}, "OPENAI_API_KEY"},
		"a business file with a mistake": {
			[]string{
				"business", "import", file("shop.yaml", strings.Replace(string(demo.File()), "timezone: America/Chicago", "timezone: America/Springfield", 1)),
				"--database", "sqlite:" + filepath.Join(dir, "import.db"),
			}, nil, "shop.yaml:",
		},
		"a business file that is not there": {
			[]string{"business", "import", filepath.Join(dir, "absent.yaml"), "--database", "sqlite:" + filepath.Join(dir, "import.db")}, nil, "absent.yaml",
		},
		"a command that is none": {[]string{"answer"}, nil, "answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stderr, status := command(t, c.env, c.args...)
			if status <= 0 || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, c.says) {
				t.Errorf("status %d, %q, want one line with %q", status, stderr, c.says)
			}
		})
	}
}

// inUse is an address that somebody listens at.
func inUse(t *testing.T) string {
	s := open(t, storetest.SQLite(t))
	return strings.TrimPrefix(s.url, "http://")
}
