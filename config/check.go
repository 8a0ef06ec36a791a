package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Check says, in one line, the first thing about the settings that keeps a server from running.
func (c *Config) Check() error {
	host, err := checkListen(c.Listen)
	if err != nil {
		return err
	}
	if c.Demo && !isLoopback(host) {
		return fmt.Errorf("--demo needs no sign-in, so it listens on loopback only: use --listen 127.0.0.1:8080 instead of %s, or leave --demo out", c.Listen)
	}
	if err := checkDatabase(c.Database); err != nil {
		return err
	}
	if _, ok := c.SQLitePath(); !ok && len(c.SecretKey) == 0 {
		return errors.New("FIXLY_SECRET_KEY must be set with PostgreSQL, where there is no file to keep it beside: make one with `openssl rand -base64 32` and keep it with the backups")
	}
	if c.PublicURL != "" {
		if err := checkBaseURL("--public-url", c.PublicURL); err != nil {
			return err
		}
	}
	for _, u := range []struct{ name, value string }{
		{"FIXLY_TWILIO_API_URL", c.TwilioAPIURL},
		{"FIXLY_TELNYX_API_URL", c.TelnyxAPIURL},
		{"FIXLY_GOOGLE_API_URL", c.GoogleAPIURL},
		{"FIXLY_GOOGLE_OAUTH_URL", c.GoogleOAuthURL},
		{"FIXLY_STRIPE_API_URL", c.StripeAPIURL},
	} {
		if err := checkBaseURL(u.name, u.value); err != nil {
			return err
		}
	}
	if c.StripeKey != "" && (c.StripeMeter == "" || len(c.StripeMeter) > 100) {
		return errors.New("FIXLY_STRIPE_KEY is set, so FIXLY_STRIPE_METER must be the event name of a meter, at most 100 characters")
	}
	if c.SMTPURL != "" {
		if _, err := mail.ParseAddress(c.MailFrom); err != nil {
			return fmt.Errorf("FIXLY_SMTP_URL is set, so FIXLY_MAIL_FROM must be an e-mail address such as bookings@example.com, not %q", c.MailFrom)
		}
	}
	if c.RoutingURL != "" {
		if err := checkBaseURL("FIXLY_ROUTING_URL", c.RoutingURL); err != nil {
			return err
		}
	}
	return c.checkLLM()
}

// checkLLM looks at the settings of the model that is to be asked; those of the others may be anything.
func (c *Config) checkLLM() error {
	var key Secret
	var keyName, url, urlName string
	switch c.LLM.Provider() {
	case OpenAI:
		key, keyName, url, urlName = c.OpenAIKey, "OPENAI_API_KEY", c.OpenAIURL, "OPENAI_BASE_URL"
	case Anthropic:
		key, keyName, url, urlName = c.AnthropicKey, "ANTHROPIC_API_KEY", c.AnthropicURL, "ANTHROPIC_BASE_URL"
	default:
		return nil
	}
	if key == "" {
		return fmt.Errorf("FIXLY_LLM is %s, which needs %s (any word, where the server asks for no key); or leave FIXLY_LLM out to do without a model", c.LLM, keyName)
	}
	if err := checkBaseURL(urlName, url); err != nil {
		return err
	}
	if c.LLMDeadline < minDeadline || c.LLMDeadline > maxDeadline {
		return fmt.Errorf("FIXLY_LLM_DEADLINE is %s; a caller waits that long, so it must be from %s to %s", c.LLMDeadline, minDeadline, maxDeadline)
	}
	return nil
}

// Bounds of the deadline: a shorter one no model keeps, after a longer one a caller hangs up.
const (
	minDeadline = 10 * time.Millisecond
	maxDeadline = 5 * time.Second
)

func checkListen(addr string) (host string, err error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("--listen is %q; it must be HOST:PORT such as 127.0.0.1:8080", addr)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("--listen is %q; its port must be a number from 0 to 65535", addr)
	}
	return host, nil
}

// isLoopback is false for an empty host, which means every interface, and for names other than localhost, which
// may lead anywhere.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

func checkDatabase(db string) error {
	if path, ok := sqlitePath(db); ok {
		if path == "" {
			return errors.New("--database names no file; write it like sqlite:fixly.db")
		}
		return nil
	}
	if strings.HasPrefix(db, "postgres://") || strings.HasPrefix(db, "postgresql://") {
		if u, err := url.Parse(db); err != nil || u.Path == "" || u.Path == "/" {
			// The URL is not repeated: it may hold a password.
			return errors.New("--database is not a PostgreSQL URL; write it like postgres://USER:PASSWORD@HOST/NAME")
		}
		return nil
	}
	return errors.New("--database must be sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")
}

// sqlitePath cuts the path out of sqlite:PATH.
func sqlitePath(db string) (string, bool) { return strings.CutPrefix(db, "sqlite:") }

func checkBaseURL(name, value string) error {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("%s is %q; it must be a plain URL such as https://phone.example.com", name, value)
	}
	return nil
}
