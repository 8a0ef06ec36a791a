package mail_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/mail"
)

// server is a mail server that says what RFC 5321 has it say, in a conversation at a time.
type server struct {
	t        *testing.T
	ln       net.Listener
	tls      *tls.Config
	roots    *x509.CertPool
	auth     string // what it offers for signing in
	startTLS bool
	replies  map[string]string // by verb, in place of its own
	drop     string            // the verb at which it hangs up

	mu      sync.Mutex
	said    []string // what the client said, without the e-mail
	mails   []string
	secured bool
}

func newServer(t *testing.T, implicit bool) *server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, auth: "PLAIN LOGIN", startTLS: true, replies: map[string]string{}, roots: x509.NewCertPool()}
	s.roots.AddCert(leaf)
	s.tls = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	if s.ln, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if implicit {
		s.ln, s.secured, s.startTLS = tls.NewListener(s.ln, s.tls), true, false
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := s.ln.Accept()
			if err != nil {
				return
			}
			s.converse(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = s.ln.Close(); <-done })
	return s
}

func (s *server) converse(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	r := bufio.NewReader(conn)
	reply := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	reply("220 mail.example.com ready")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb := strings.ToUpper(strings.Fields(line + " .")[0])
		s.mu.Lock()
		s.said = append(s.said, line)
		s.mu.Unlock()
		if verb == s.drop {
			return
		}
		if r := s.replies[verb]; r != "" {
			reply(r)
			continue
		}
		switch verb {
		case "EHLO":
			reply("250-mail.example.com")
			if s.startTLS && !s.isSecured() {
				reply("250-STARTTLS")
			}
			if s.auth != "" {
				reply("250-AUTH " + s.auth)
			}
			reply("250 8BITMIME")
		case "STARTTLS":
			reply("220 go ahead")
			secure := tls.Server(conn, s.tls)
			if secure.Handshake() != nil {
				return
			}
			conn, r = secure, bufio.NewReader(secure)
			s.mu.Lock()
			s.secured = true
			s.mu.Unlock()
		case "AUTH":
			if strings.HasPrefix(line, "AUTH LOGIN") {
				for _, ask := range []string{"Username:", "Password:"} {
					reply("334 " + base64.StdEncoding.EncodeToString([]byte(ask)))
					answer, err := r.ReadString('\n')
					if err != nil {
						return
					}
					s.mu.Lock()
					s.said = append(s.said, strings.TrimSpace(answer))
					s.mu.Unlock()
				}
			}
			reply("235 welcome")
		case "DATA":
			reply("354 go on")
			var b strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(line, "."))
			}
			if r := s.replies["."]; r != "" {
				reply(r)
				continue
			}
			s.mu.Lock()
			s.mails = append(s.mails, b.String())
			s.mu.Unlock()
			reply("250 taken")
		case "QUIT":
			reply("221 bye")
			return
		default:
			reply("250 fine")
		}
	}
}

func (s *server) isSecured() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.secured }

// client is a Server for it.
func (s *server) client(scheme, who string) *mail.Server {
	s.t.Helper()
	c, err := mail.ParseServer(scheme+"://"+who+s.ln.Addr().String(), "Fixly <bookings@fixly.example.com>")
	if err != nil {
		s.t.Fatal(err)
	}
	c.TLS = &tls.Config{RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	return c
}

const calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:job_1@fixly\r\nSUMMARY:Limpieza de drenajes, Mike's Plumbing & Heating in Chicago\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func message() mail.Message {
	return mail.Message{
		ID: "mail_1", FromName: "Mike's Plumbing & Heating", ReplyTo: "mike@example.com", To: "karen@example.com",
		Date: time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC), Subject: "Cita confirmada: el miércoles",
		Body: "Hola Karen,\n\n.un punto al principio\nhttps://fixly.example.com/visit/" + strings.Repeat("a", 46) + "\n", Calendar: calendar, Method: "REQUEST",
	}
}

func TestAnEmailIsTakenAndReadsAsItWasWritten(t *testing.T) {
	s := newServer(t, false)
	if err := s.client("smtp", "bookings:p%40ss@").Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	if !s.isSecured() || len(s.mails) != 1 {
		t.Fatalf("secured %v, mails %v", s.isSecured(), s.mails)
	}
	said := strings.Join(s.said, "\n")
	for _, want := range []string{
		"EHLO fixly.example.com", "STARTTLS", "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00bookings\x00p@ss")),
		"MAIL FROM:<bookings@fixly.example.com>", "RCPT TO:<karen@example.com>",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the client does not say %q:\n%s", want, said)
		}
	}
	if strings.Index(said, "AUTH") < strings.Index(said, "STARTTLS") {
		t.Error("the password comes before TLS")
	}
	for line := range strings.SplitSeq(s.mails[0], "\r\n") {
		if len(line) > 998 || strings.Contains(line, "\n") {
			t.Errorf("line %q", line)
		}
	}

	m, err := netmail.ReadMessage(strings.NewReader(s.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != message().Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || from[0].Name != "Mike's Plumbing & Heating" || from[0].Address != "bookings@fixly.example.com" {
		t.Errorf("from %v, %v", from, err)
	}
	for name, want := range map[string]string{
		"To": "<karen@example.com>", "Reply-To": "<mike@example.com>", "Message-Id": "<mail_1@fixly.example.com>", "Auto-Submitted": "auto-generated",
		"Date": "Mon, 23 Nov 2026 16:05:00 +0000",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	found := parts(t, m.Header.Get("Content-Type"), m.Body)
	if got := strings.ReplaceAll(found["text/plain"], "\r\n", "\n"); got != message().Body {
		t.Errorf("text %q", got)
	}
	if found["text/calendar REQUEST"] != calendar || found["application/ics visit.ics"] != calendar {
		t.Errorf("parts %q", found)
	}
}

// parts reads a body to its leaves, by their type and what tells them apart.
func parts(t *testing.T, kind string, body io.Reader) map[string]string {
	t.Helper()
	out := map[string]string{}
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(media, "multipart/") {
		t.Fatalf("%s has no parts", kind)
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextPart() // reads quoted-printable by itself
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		media, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(media, "multipart/") {
			for k, v := range parts(t, p.Header.Get("Content-Type"), p) {
				out[k] = v
			}
			continue
		}
		var in io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			in = base64.NewDecoder(base64.StdEncoding, p)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSpace(media+" "+params["method"]+p.FileName())] = string(b)
	}
}

func TestWaysToSignIn(t *testing.T) {
	login := newServer(t, true) // TLS from the start
	login.auth = "LOGIN XOAUTH2"
	m := message()
	m.Calendar, m.Method = "", ""
	if err := login.client("smtps", "bookings:secret@").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(login.said, " "); !strings.Contains(said, "AUTH LOGIN "+base64.StdEncoding.EncodeToString([]byte("bookings"))+" "+base64.StdEncoding.EncodeToString([]byte("secret"))) {
		t.Errorf("said %q", said)
	}
	read, err := netmail.ReadMessage(strings.NewReader(login.mails[0]))
	if err != nil || read.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("a plain e-mail is %v, %v", read.Header, err)
	}

	open := newServer(t, false)
	open.startTLS = false
	if err := open.client("smtp", "").Send(t.Context(), m); err != nil { // a relay on this machine asks for nothing
		t.Fatal(err)
	}

	stranger := newServer(t, false)
	c := stranger.client("smtp", "bookings:secret@")
	c.TLS = nil // its certificate is nobody's that the machine knows
	if err := c.Send(t.Context(), m); err == nil || len(stranger.mails) != 0 {
		t.Errorf("a server that can't prove itself is told %v", stranger.said)
	}
}

func TestWhetherTryingAgainCanHelp(t *testing.T) {
	for name, c := range map[string]struct {
		replies map[string]string
		drop    string
		retry   bool
		code    int
	}{
		"no such mailbox":    {map[string]string{"RCPT": "550 5.1.1 no such user"}, "", false, 550},
		"greylisted":         {map[string]string{"RCPT": "451 4.7.1 try again"}, "", true, 451},
		"full":               {map[string]string{"RCPT": "452 mailbox full"}, "", true, 452},
		"refused as spam":    {map[string]string{".": "554 5.7.1 looks like spam"}, "", false, 554},
		"a wrong password":   {map[string]string{"AUTH": "535 5.7.8 no"}, "", true, 535},
		"it hangs up":        {nil, "DATA", true, 0},
		"it is about to end": {map[string]string{"MAIL": "421 shutting down"}, "", true, 421},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, false)
			s.replies, s.drop = c.replies, c.drop
			err := s.client("smtp", "bookings:secret@").Send(t.Context(), message())
			var e *mail.SendError
			if !errors.As(err, &e) || e.Retry != c.retry || e.Code != c.code {
				t.Errorf("%v: %+v", err, e)
			}
			if strings.Contains(err.Error(), "secret") || len(s.mails) != 0 {
				t.Errorf("error %v, mails %v", err, s.mails)
			}
		})
	}
	gone := newServer(t, false)
	c := gone.client("smtp", "")
	_ = gone.ln.Close()
	var e *mail.SendError
	if err := c.Send(t.Context(), message()); !errors.As(err, &e) || !e.Retry {
		t.Errorf("nobody there: %v", err)
	}
}

func TestADeadlineIsKept(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	c, err := mail.ParseServer("smtp://"+ln.Addr().String(), "bookings@example.com")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var e *mail.SendError
	if err := c.Send(ctx, message()); !errors.As(err, &e) || !e.Retry || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestNothingBreaksOutOfAHeader(t *testing.T) {
	s := newServer(t, false)
	for _, change := range []func(*mail.Message){
		func(m *mail.Message) { m.Subject = "Booked\r\nBcc: x@example.com" },
		func(m *mail.Message) { m.ID = "x\r\nBcc: x@example.com" },
		func(m *mail.Message) { m.To = "" },
	} {
		m := message()
		change(&m)
		if err := s.client("smtp", "").Send(t.Context(), m); err == nil {
			t.Errorf("sent %+v", m)
		}
	}
	m := message()
	m.FromName = "Mike\r\nBcc: x@example.com"
	_ = s.client("smtp", "").Send(t.Context(), m)
	for _, x := range s.mails {
		if strings.Contains(x, "\r\nBcc:") {
			t.Errorf("sent %s", x)
		}
	}
}

func TestAddressesOfServers(t *testing.T) {
	for _, bad := range []string{"", "mail.example.com:587", "http://mail.example.com", "smtp://", "smtp://u:p@/", "smtp://mail.example.com/x", "smtp://u:p@ss:word@mail.example.com:587x"} {
		if _, err := mail.ParseServer(bad, "bookings@example.com"); err == nil || strings.Contains(err.Error(), "p@ss:word") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := mail.ParseServer("smtp://mail.example.com", "nobody"); err == nil {
		t.Error("nobody sends it")
	}
}
