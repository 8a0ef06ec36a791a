package config_test

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/config"
)

func read(env map[string]string, args ...string) (config.Config, error) {
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	c, _, err := config.Read(fs, args, func(k string) string { return env[k] })
	return c, err
}

func TestDefaults(t *testing.T) {
	c, err := read(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Database != "sqlite:fixly.db" || c.PublicURL != "" || c.Demo || !c.Now.IsZero() {
		t.Errorf("defaults are %+v", c)
	}
	if c.TwilioAPIURL != "https://api.twilio.com" || c.LLM != config.Rules || c.LogFormat != config.LogText {
		t.Errorf("defaults are %+v", c)
	}
	if err := c.Check(); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
}

func TestFlagWinsOverEnvironmentWinsOverDefault(t *testing.T) {
	env := map[string]string{"FIXLY_LISTEN": "127.0.0.1:1", "FIXLY_DATABASE_URL": "sqlite:env.db", "FIXLY_DEMO": "true", "FIXLY_NOW": "nonsense"}
	c, err := read(env, "--listen", "127.0.0.1:2", "--demo=false", "--now", "2026-11-23T09:00:00-06:00", "--log-level=debug")
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:2" || c.Database != "sqlite:env.db" || c.Demo || c.LogLevel != slog.LevelDebug {
		t.Errorf("got %+v", c)
	}
	if want := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC); !c.Now.Equal(want) {
		t.Errorf("now is %v, want %v", c.Now, want)
	}
}

func TestOnlyTheFlagsNamedAreAccepted(t *testing.T) {
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	_, _, err := config.Read(fs, []string{"--listen", "127.0.0.1:2"}, func(string) string { return "" }, "database")
	if err == nil || !strings.Contains(err.Error(), "-listen") {
		t.Errorf("got %v, want the flag refused by name", err)
	}
}

func TestValuesThatAreRefusedNameTheirSetting(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		args []string
		want string
	}{
		{nil, []string{"--now", "tomorrow"}, `--now is "tomorrow"`},
		{map[string]string{"FIXLY_NOW": "noon"}, nil, `FIXLY_NOW is "noon"`},
		{map[string]string{"FIXLY_DEMO": "maybe"}, nil, `FIXLY_DEMO is "maybe"`},
		{map[string]string{"FIXLY_SECRET_KEY": "%%%"}, nil, "FIXLY_SECRET_KEY is not base64"},
		{map[string]string{"FIXLY_SECRET_KEY": "c2hvcnQ="}, nil, "FIXLY_SECRET_KEY holds 5 bytes, not 32"},
		{map[string]string{"FIXLY_LLM": "eliza"}, nil, `FIXLY_LLM is "eliza"; it must be rules, openai:MODEL or anthropic:MODEL`},
		{map[string]string{"FIXLY_LLM": "openai:"}, nil, "openai:MODEL"},
		{map[string]string{"FIXLY_LLM": "openai"}, nil, "openai:MODEL"},
		{map[string]string{"FIXLY_LLM": "grok:4"}, nil, "openai:MODEL"},
		{map[string]string{"FIXLY_LLM_DEADLINE": "soon"}, nil, `FIXLY_LLM_DEADLINE is "soon"`},
		{map[string]string{"FIXLY_LLM_DAY_BUDGET": "-1"}, nil, `FIXLY_LLM_DAY_BUDGET is "-1"`},
		{map[string]string{"FIXLY_LLM_CALL_BUDGET": "NaN"}, nil, `FIXLY_LLM_CALL_BUDGET is "NaN"`},
		{map[string]string{"FIXLY_LLM_PRICE": "0.15"}, nil, "IN/OUT"},
		{nil, []string{"--log-level", "loud"}, `--log-level is "loud"`},
		{nil, []string{"--log-format", "xml"}, `--log-format is "xml"`},
		{nil, []string{"--colour", "red"}, "-colour"},
	} {
		_, err := read(c.env, c.args...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %v: got %v, want %q", c.env, c.args, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%v %v: the error has more than one line: %q", c.env, c.args, err)
		}
	}
}

func TestArgumentsMayStandAnywhereAmongFlags(t *testing.T) {
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	c, rest, err := config.Read(fs, []string{"a.yaml", "--database", "sqlite:x.db", "b.yaml"}, func(string) string { return "" }, "database")
	if err != nil || c.Database != "sqlite:x.db" || !slices.Equal(rest, []string{"a.yaml", "b.yaml"}) {
		t.Errorf("got %q, %q, %v", c.Database, rest, err)
	}
}

func TestHelpIsRecognised(t *testing.T) {
	if _, err := read(nil, "--help"); !config.IsHelp(err) {
		t.Errorf("got %v", err)
	}
}

func TestCheck(t *testing.T) {
	const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string // empty: accepted
	}{
		{[]string{"--demo"}, nil, ""},
		{[]string{"--demo", "--listen", "localhost:0"}, nil, ""},
		{[]string{"--demo", "--listen", "[::1]:0"}, nil, ""},
		{[]string{"--demo", "--listen", ":8080"}, nil, "loopback only"},
		{[]string{"--demo", "--listen", "0.0.0.0:8080"}, nil, "loopback only"},
		{[]string{"--demo", "--listen", "192.0.2.7:8080"}, nil, "loopback only"},
		{[]string{"--demo", "--listen", "example.com:8080"}, nil, "loopback only"},
		{[]string{"--listen", ":8080"}, nil, ""},
		{[]string{"--listen", "8080"}, nil, "HOST:PORT"},
		{[]string{"--listen", "127.0.0.1:99999"}, nil, "0 to 65535"},
		{[]string{"--database", "mysql://x/y"}, nil, "must be sqlite:PATH or postgres://"},
		{[]string{"--database", "sqlite:"}, nil, "names no file"},
		{[]string{"--database", "postgres://u:hush@h/d"}, nil, "FIXLY_SECRET_KEY must be set"},
		{[]string{"--database", "postgres://u:hush@h/d"}, map[string]string{"FIXLY_SECRET_KEY": key}, ""},
		{[]string{"--database", "postgres://u:hush@h"}, map[string]string{"FIXLY_SECRET_KEY": key}, "not a PostgreSQL URL"},
		{[]string{"--public-url", "phone.example.com"}, nil, "--public-url"},
		{[]string{"--public-url", "https://phone.example.com"}, nil, ""},
		{nil, map[string]string{"FIXLY_TWILIO_API_URL": "ftp://x"}, "FIXLY_TWILIO_API_URL"},
		{nil, map[string]string{"FIXLY_LLM": "openai:gpt-4o-mini"}, "needs OPENAI_API_KEY"},
		{nil, map[string]string{"FIXLY_LLM": "anthropic:claude-haiku-4-5", "OPENAI_API_KEY": "hush"}, "needs ANTHROPIC_API_KEY"},
		{nil, map[string]string{"FIXLY_LLM": "openai:gpt-4o-mini", "OPENAI_API_KEY": "hush"}, ""},
		{nil, map[string]string{"FIXLY_LLM": "anthropic:m", "ANTHROPIC_API_KEY": "hush", "ANTHROPIC_BASE_URL": "here"}, "ANTHROPIC_BASE_URL"},
		{nil, map[string]string{"FIXLY_LLM": "openai:m", "OPENAI_API_KEY": "hush", "FIXLY_LLM_DEADLINE": "1m"}, "FIXLY_LLM_DEADLINE is 1m0s"},
		{nil, map[string]string{"OPENAI_BASE_URL": "whatever another program wants"}, ""},
	} {
		cfg, err := read(c.env, c.args...)
		if err != nil {
			t.Errorf("%v: %v", c.args, err)
			continue
		}
		err = cfg.Check()
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%v %v: refused: %v", c.args, c.env, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v %v: got %v, want %q", c.args, c.env, err, c.want)
		case err != nil && strings.Contains(err.Error(), "hush"):
			t.Errorf("%v: the error repeats the password: %v", c.args, err)
		}
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	c, err := read(map[string]string{"FIXLY_API_KEY": "hush-hush", "OPENAI_API_KEY": "hush", "ANTHROPIC_API_KEY": "hush", "FIXLY_SECRET_KEY": strings.Repeat("aHVz", 10) + "aHU="})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("start", "key", c.APIKey, "secret", c.SecretKey)
	fmt.Fprintf(&b, "%v %+v %#v %s", c, c, c, c.APIKey)
	if s := b.String(); strings.Contains(s, "hush") || strings.Contains(s, "hus") || strings.Contains(s, "104 117") {
		t.Errorf("a secret was printed: %s", s)
	}
}

func TestEverySettingExplainsItself(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range config.Settings() {
		if s.Env == "" || s.About == "" || s.DefaultText() == "" || (s.Default != "" && s.Without != "") {
			t.Errorf("setting %+v does not say all there is to know", s)
		}
		if seen[s.Env] || (s.Flag != "" && seen[s.Flag]) {
			t.Errorf("setting %+v is there twice", s)
		}
		seen[s.Env], seen[s.Flag] = true, true
	}
	var help bytes.Buffer
	if err := config.WriteHelp(&help); err != nil {
		t.Fatal(err)
	}
	for _, s := range config.Settings() {
		if !strings.Contains(help.String(), s.Env) || !strings.Contains(config.Markdown(), "`"+s.Env+"`") {
			t.Errorf("%s is missing from the manual", s.Env)
		}
	}
}
