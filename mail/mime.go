package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// mime writes the e-mail. The calendar is in it twice, as is usual: beside the text, where Google's and Microsoft's
// programs look for an invitation, and attached, where all others show a file to open.
func (m *Message) mime(from *mail.Address) ([]byte, error) {
	sender := *from
	if m.FromName != "" {
		sender.Name = m.FromName
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	head := [][2]string{
		{"From", sender.String()},
		{"To", (&mail.Address{Address: m.To}).String()},
		{"Subject", mime.QEncoding.Encode("utf-8", m.Subject)},
		{"Date", m.Date.Format(time.RFC1123Z)},
		{"Message-ID", "<" + m.ID + "@" + domain + ">"},
		{"MIME-Version", "1.0"},
		// Machines are asked not to answer (RFC 3834).
		{"Auto-Submitted", "auto-generated"},
	}
	if m.ReplyTo != "" {
		head = append(head, [2]string{"Reply-To", (&mail.Address{Address: m.ReplyTo}).String()})
	}
	if m.Unsubscribe != "" {
		head = append(head,
			[2]string{"List-Unsubscribe", "<" + m.Unsubscribe + ">"}, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"})
	}
	var b bytes.Buffer
	for _, h := range head {
		if strings.ContainsAny(h[1], "\r\n") && h[0] != "Subject" || strings.ContainsAny(m.Subject, "\r\n") {
			return nil, fmt.Errorf("mail: a line break in the header %s", h[0])
		}
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	if m.Calendar == "" && m.HTML != "" {
		ways := multipart.NewWriter(&b)
		fmt.Fprintf(&b, "Content-Type: multipart/alternative; boundary=%s\r\n\r\n", ways.Boundary())
		err := m.alternatives(ways)
		return b.Bytes(), err
	}
	if m.Calendar == "" {
		b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
		err := m.text(&b)
		return b.Bytes(), err
	}
	mixed := multipart.NewWriter(&b)
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%s\r\n\r\n", mixed.Boundary())
	var inner bytes.Buffer
	ways := multipart.NewWriter(&inner)
	if err := m.alternatives(ways); err != nil {
		return nil, err
	}
	first, err := mixed.CreatePart(textproto.MIMEHeader{"Content-Type": {"multipart/alternative; boundary=" + ways.Boundary()}})
	if err != nil {
		return nil, err
	}
	if _, err := first.Write(inner.Bytes()); err != nil {
		return nil, err
	}
	file, err := mixed.CreatePart(textproto.MIMEHeader{
		"Content-Type": {"application/ics; name=visit.ics"}, "Content-Disposition": {"attachment; filename=visit.ics"}, "Content-Transfer-Encoding": {"base64"},
	})
	if err != nil {
		return nil, err
	}
	if _, err := file.Write(folded(m.Calendar)); err != nil {
		return nil, err
	}
	err = mixed.Close()
	return b.Bytes(), err
}

// alternatives are the text, the page and the calendar in place of it, the richest last (RFC 2046, section 5.1.4).
func (m *Message) alternatives(ways *multipart.Writer) error {
	if m.To == "" || m.ID == "" {
		return errors.New("mail: an e-mail needs a recipient and an ID")
	}
	part := func(kind, encoding string, write func(w io.Writer) error) error {
		w, err := ways.CreatePart(textproto.MIMEHeader{"Content-Type": {kind}, "Content-Transfer-Encoding": {encoding}})
		if err != nil {
			return err
		}
		return write(w)
	}
	if err := part("text/plain; charset=utf-8", "quoted-printable", func(w io.Writer) error { return quoted(w, m.Body) }); err != nil {
		return err
	}
	if m.HTML != "" {
		if err := part("text/html; charset=utf-8", "quoted-printable", func(w io.Writer) error { return quoted(w, m.HTML) }); err != nil {
			return err
		}
	}
	if m.Calendar != "" {
		err := part("text/calendar; charset=utf-8; method="+m.Method, "base64", func(w io.Writer) error {
			_, err := w.Write(folded(m.Calendar))
			return err
		})
		if err != nil {
			return err
		}
	}
	return ways.Close()
}

// text writes the plain text alone.
func (m *Message) text(b *bytes.Buffer) error {
	if m.To == "" || m.ID == "" {
		return errors.New("mail: an e-mail needs a recipient and an ID")
	}
	return quoted(b, m.Body)
}

// quoted writes words as quoted-printable (RFC 2045, section 6.7).
func quoted(to io.Writer, words string) error {
	w := quotedprintable.NewWriter(to)
	if _, err := w.Write([]byte(strings.ReplaceAll(strings.ReplaceAll(words, "\r\n", "\n"), "\n", "\r\n"))); err != nil {
		return err
	}
	return w.Close()
}

// folded is base64 in lines of 76 characters (RFC 2045 section 6.8).
func folded(s string) []byte {
	all := base64.StdEncoding.EncodeToString([]byte(s))
	var b bytes.Buffer
	for len(all) > 76 {
		b.WriteString(all[:76] + "\r\n")
		all = all[76:]
	}
	b.WriteString(all + "\r\n")
	return b.Bytes()
}
