package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Secret is a setting that is never printed or logged.
type Secret string

// String says whether the secret is set, not what it is.
func (s Secret) String() string {
	if s == "" {
		return "not set"
	}
	return "set"
}

// GoString keeps the secret out of %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue keeps the secret out of logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// UnmarshalText takes the value as it is.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = Secret(b)
	return nil
}

// KeySize is the length of the secret key in bytes: AES-256.
const KeySize = 32

// Key is the installation's secret key: empty, or KeySize bytes. It is never printed or logged.
type Key []byte

// String says whether the key is set, not what it is.
func (k Key) String() string { return Secret(k).String() }

// GoString keeps the key out of %#v.
func (k Key) GoString() string { return k.String() }

// LogValue keeps the key out of logs.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// UnmarshalText reads base64, standard or URL-safe, padded or not.
func (k *Key) UnmarshalText(b []byte) error {
	s := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(string(b)), "="))
	raw, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return errors.New("is not base64; make one with `openssl rand -base64 32`")
	}
	if len(raw) != KeySize {
		return fmt.Errorf("holds %d bytes, not %d; make one with `openssl rand -base64 32`", len(raw), KeySize)
	}
	*k = raw
	return nil
}

// LogFormat is how log lines are written.
type LogFormat string

// The log formats.
const (
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// UnmarshalText accepts text and json.
func (f *LogFormat) UnmarshalText(b []byte) error {
	switch v := LogFormat(b); v {
	case LogText, LogJSON:
		*f = v
		return nil
	}
	return fmt.Errorf("is %q; it must be text or json", b)
}
