package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"strings"
	"time"
)

// timeout bounds the whole conversation with a server.
const timeout = 25 * time.Second

// Server is a mail server that takes e-mails for delivery.
type Server struct {
	host, port     string
	implicit       bool // TLS from the first byte (RFC 8314)
	user, password string
	from           *mail.Address
	// TLS is how the server has to prove itself; nil: by the machine's own authorities.
	TLS *tls.Config
}

// ParseServer reads smtp://USER:PASSWORD@HOST:PORT, or smtps:// for TLS from the first byte, and the sender, such as
// "Mike's Plumbing <office@example.com>". By smtp:// the conversation becomes TLS as soon as the server offers it, and a
// password is never said before. The error repeats no password.
func ParseServer(address, from string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("the mail server is no address such as smtp://USER:PASSWORD@mail.example.com:587; write @, / and : in the password as %40, %2F and %3A")
	}
	s := &Server{host: u.Hostname(), port: u.Port(), implicit: u.Scheme == "smtps"}
	if s.port == "" {
		s.port = "587"
		if s.implicit {
			s.port = "465"
		}
	}
	if u.User != nil {
		s.user = u.User.Username()
		s.password, _ = u.User.Password()
	}
	if s.from, err = mail.ParseAddress(from); err != nil {
		return nil, fmt.Errorf("the sender %q is no e-mail address", from)
	}
	return s, nil
}

// Send is a conversation with the server.
func (s *Server) Send(ctx context.Context, m Message) error {
	body, err := m.mime(s.from)
	if err != nil {
		return &SendError{Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := s.converse(ctx, m.To, body); err != nil {
		return classify(err)
	}
	return nil
}

func (s *Server) converse(ctx context.Context, to string, body []byte) (err error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(s.host, s.port))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // said goodbye to before, where all went well
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	defer func() {
		if ctx.Err() != nil {
			err = errors.Join(ctx.Err(), err)
		}
	}()
	secure := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		secure = s.TLS.Clone()
	}
	secure.ServerName = s.host
	if s.implicit {
		conn = tls.Client(conn, secure)
	}
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return err
	}
	if err := c.Hello(hello(s.from)); err != nil {
		return err
	}
	if ok, _ := c.Extension("STARTTLS"); ok && !s.implicit {
		if err := c.StartTLS(secure); err != nil {
			return fmt.Errorf("begin TLS: %w", err)
		}
	}
	if s.user != "" {
		if err := s.signIn(c); err != nil {
			return err
		}
	}
	if err := c.Mail(s.from.Address); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	if err := c.Rcpt(to); err != nil {
		return fmt.Errorf("recipient: %w", err)
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // it has taken the e-mail; how it says goodbye changes nothing
	return nil
}

// hello is how we introduce ourselves: by the sender's domain.
func hello(from *mail.Address) string {
	_, domain, _ := strings.Cut(from.Address, "@")
	return domain
}

// signIn uses PLAIN, or LOGIN where that is all that is offered, as with Microsoft's servers.
func (s *Server) signIn(c *smtp.Client) error {
	_, offered := c.Extension("AUTH")
	auth := smtp.PlainAuth("", s.user, s.password, s.host)
	if !strings.Contains(" "+offered+" ", " PLAIN ") && strings.Contains(" "+offered+" ", " LOGIN ") {
		auth = &login{s.user, s.password}
	}
	if err := c.Auth(auth); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return nil
}

// login is the LOGIN mechanism: a name and a password, each asked for. As PLAIN in net/smtp, it wants TLS.
type login struct{ user, password string }

func (l *login) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errors.New("the server offers no TLS, so the password is not said")
	}
	return "LOGIN", nil, nil
}

func (l *login) Next(asked []byte, more bool) ([]byte, error) {
	switch {
	case !more:
		return nil, nil
	case strings.HasPrefix(strings.ToLower(string(asked)), "user"):
		return []byte(l.user), nil
	case strings.HasPrefix(strings.ToLower(string(asked)), "pass"):
		return []byte(l.password), nil
	}
	return nil, fmt.Errorf("the server asks for %q", asked)
}

// classify says whether trying again can help: a reply of 5xx is final (RFC 5321 section 4.2.1), but for those about
// signing in, which the operator can mend; all else passes.
func classify(err error) error {
	e := &SendError{Retry: true, Err: err}
	var reply *textproto.Error
	if errors.As(err, &reply) {
		e.Code = reply.Code
		e.Retry = reply.Code < 500 || reply.Code == 530 || reply.Code == 534 || reply.Code == 535
	}
	return e
}
