package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fixly/config"
)

func TestSecretKeyIsMadeOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	first := config.Config{Database: "sqlite:" + path}
	if err := first.EnsureSecretKey(); err != nil {
		t.Fatal(err)
	}
	if len(first.SecretKey) != config.KeySize {
		t.Fatalf("the key has %d bytes", len(first.SecretKey))
	}
	info, err := os.Stat(first.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key file has mode %v", info.Mode())
	}
	again := config.Config{Database: "sqlite:" + path}
	if err := again.EnsureSecretKey(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.SecretKey, again.SecretKey) {
		t.Error("a second start made another key")
	}
	if left, _ := filepath.Glob(path + ".key.*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSecretKeyOfTheEnvironmentWinsAndIsNotWritten(t *testing.T) {
	c := config.Config{Database: "sqlite:" + filepath.Join(t.TempDir(), "shop.db"), SecretKey: make(config.Key, config.KeySize)}
	if err := c.EnsureSecretKey(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.KeyFile()); err == nil {
		t.Error("a key file was written")
	}
}

func TestProcessesThatStartAtOnceShareOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	keys := make([]config.Key, 16)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			c := config.Config{Database: "sqlite:" + path}
			if err := c.EnsureSecretKey(); err != nil {
				t.Error(err)
			}
			keys[i] = c.SecretKey
		})
	}
	wg.Wait()
	for _, k := range keys {
		if !bytes.Equal(k, keys[0]) {
			t.Fatal("two keys were made")
		}
	}
}

func TestSecretKeyErrorsNameTheFile(t *testing.T) {
	dir := t.TempDir()
	broken := config.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")}
	if err := os.WriteFile(broken.KeyFile(), []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere := config.Config{Database: "sqlite:" + filepath.Join(dir, "no", "such", "shop.db")}
	for _, c := range []config.Config{broken, nowhere} {
		if err := c.EnsureSecretKey(); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("got %v, want an error that names the file", err)
		}
	}
	postgres := config.Config{Database: "postgres://h/d"}
	if err := postgres.EnsureSecretKey(); err == nil || !strings.Contains(err.Error(), "FIXLY_SECRET_KEY") {
		t.Errorf("got %v", err)
	}
}

func TestAMissingFolderIsNamed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "missing")
	c := config.Config{Database: "sqlite:" + filepath.Join(folder, "fixly.db")}
	if err := c.EnsureSecretKey(); err == nil || !strings.Contains(err.Error(), folder+" does not exist") {
		t.Errorf("%v", err)
	}
}
