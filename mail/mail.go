// Package mail hands e-mails to a mail server by SMTP (RFC 5321), and writes them as MIME.
package mail

import (
	"context"
	"fmt"
	"time"
)

// Message is an e-mail to one person.
type Message struct {
	// ID is the left half of its Message-ID. The same e-mail sent again has the same one, so that mail programs show one.
	ID       string
	FromName string // shown in place of the server's own sender name; empty: that
	ReplyTo  string // empty: the sender's own address
	To       string
	Date     time.Time
	Subject  string
	Body     string // plain text
	HTML     string // the same for programs that show it, see HTML; empty: none
	// Calendar is an iCalendar to attach, and Method its METHOD; empty for none.
	Calendar string
	Method   string
	// Unsubscribe is an https address at which the recipient has such e-mails ended, by one click in the mail program
	// (RFC 8058); empty for e-mails that somebody's own doing brings.
	Unsubscribe string
}

// Sender sends e-mails.
type Sender interface {
	// Send returns nil once a server has taken the e-mail, or a *SendError. An error after the server took it, with the
	// answer lost on the way, can't be told from one before: sending again may then deliver it twice.
	Send(ctx context.Context, m Message) error
}

// SendError says why an e-mail was not taken.
type SendError struct {
	Code  int  // the server's, 0 when it gave none
	Retry bool // whether trying again can help
	Err   error
}

func (e *SendError) Error() string { return fmt.Sprintf("mail: not taken: %v", e.Err) }

func (e *SendError) Unwrap() error { return e.Err }
