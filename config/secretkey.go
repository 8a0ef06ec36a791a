package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// KeyFile is where the secret key of a SQLite installation is kept: beside the database, which it is useless
// without and which is useless without it. It is empty for PostgreSQL.
func (c *Config) KeyFile() string {
	path, ok := c.SQLitePath()
	if !ok {
		return ""
	}
	return path + ".key"
}

// EnsureSecretKey fills SecretKey: from FIXLY_SECRET_KEY, from the key file, or with a new one that it writes to
// the key file with mode 0600. Two processes that do so at once end up with the same key.
func (c *Config) EnsureSecretKey() error {
	if len(c.SecretKey) > 0 {
		return nil
	}
	path := c.KeyFile()
	if path == "" {
		return errors.New("FIXLY_SECRET_KEY is not set, and there is no SQLite file to keep one beside")
	}
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		folder := filepath.Dir(path)
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the database's folder %s does not exist: create it, or name another file with --database", folder)
		}
		if err := writeNewKey(path); err != nil {
			return fmt.Errorf("keep a secret key beside the database: %w", err)
		}
		key, err = readKey(path)
	}
	if err != nil {
		return err
	}
	c.SecretKey = key
	return nil
}

// FindSecretKey fills SecretKey from the key file, where there is one, for commands that only read. It makes none.
func (c *Config) FindSecretKey() error {
	path := c.KeyFile()
	if len(c.SecretKey) > 0 || path == "" {
		return nil
	}
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	c.SecretKey = key
	return err
}

func readKey(path string) (Key, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	var k Key
	if err := k.UnmarshalText(b); err != nil {
		return nil, fmt.Errorf("the secret key in %s %w", path, err)
	}
	return k, nil
}

// writeNewKey makes a key and puts it at path, whole or not at all. When path exists by then, it is left alone.
func writeNewKey(path string) error {
	key := make([]byte, KeySize)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked to path by then, or of no use
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
