package notify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/webpush"
)

// sendPush hands a notification to the device's push service, until that takes it, the device is gone, or it is news no
// more. After a crash it may come twice; the device shows one, by its tag.
type sendPush struct {
	worker[SendPush]
	Deps
}

// The pauses between tries, where the push service names none, grow with the age of the news.
const (
	pushLeastWait = 5 * time.Second
	pushMostWait  = 5 * time.Minute
)

// message is what the page's service worker gets, see dashboard/static/sw.js.
type message struct {
	Title  string `json:"title"`
	Body   string `json:"body"`
	Path   string `json:"path"`
	Tag    string `json:"tag"`
	Urgent bool   `json:"urgent"`
}

// Work sends outside of transactions.
func (w *sendPush) Work(ctx context.Context, job *river.Job[SendPush]) error {
	a := job.Args
	left := a.Until.Sub(w.Clock.Now())
	if w.Push == nil || left <= 0 {
		return nil
	}
	var d *Device
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		d, err = tx.Device(ctx, a.BusinessID, a.DeviceID)
		return err
	})
	if err != nil {
		return fmt.Errorf("notify: read device %s: %w", a.DeviceID, err)
	}
	if d == nil {
		return nil
	}
	p, err := push(a, left)
	if err != nil {
		return err
	}
	// A signature counts by the world's time, whatever time the server was started at.
	err = w.Push.Send(ctx, d.Subscription, p, clock.Real().Now())
	var refused *webpush.SendError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, webpush.ErrGone):
		return w.forget(ctx, d)
	case errors.As(err, &refused) && refused.Retry:
		w.Log.InfoContext(ctx, "a notification was not taken yet", "device", d.ID, "error", err)
		wait := refused.RetryAfter
		if wait == 0 {
			wait = min(max(w.Clock.Now().Sub(a.At)/4, pushLeastWait), pushMostWait)
		}
		return river.JobSnooze(min(wait, left))
	}
	w.Log.WarnContext(ctx, "a notification was not sent", "device", d.ID, "error", err)
	return nil
}

// push is the notification as it goes out: for the device alone to read, kept by the push service as long as it is news.
func push(a SendPush, left time.Duration) (webpush.Push, error) {
	payload, err := json.Marshal(message{a.Title, a.Body, a.Path, a.Tag, a.Urgent})
	if err != nil {
		return webpush.Push{}, fmt.Errorf("notify: write a notification: %w", err)
	}
	p := webpush.Push{Payload: payload, TTL: left, Urgency: webpush.Normal, Topic: topic(a.Tag)}
	if a.Urgent {
		p.Urgency = webpush.High
	}
	return p, nil
}

// forget removes a device whose subscription is gone, unless it has subscribed anew meanwhile.
func (w *sendPush) forget(ctx context.Context, d *Device) error {
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		now, err := tx.Device(ctx, d.BusinessID, d.ID)
		if err != nil || now == nil || now.Endpoint != d.Endpoint || !bytes.Equal(now.Key, d.Key) {
			return err
		}
		return tx.DeleteDevice(ctx, d.BusinessID, d.ID)
	})
	if err != nil {
		return fmt.Errorf("notify: forget device %s: %w", d.ID, err)
	}
	w.Log.InfoContext(ctx, "a device gets no notifications any more", "device", d.ID, "name", d.Name)
	return nil
}

// topic makes a Topic of a tag: 32 characters of its digest.
func topic(tag string) string {
	if tag == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(tag))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}
