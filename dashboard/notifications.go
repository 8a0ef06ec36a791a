package dashboard

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"fixly/notify"
)

// notificationsView is the devices that get notifications, and what each is notified of.
type notificationsView struct {
	Key     string // by which this server is known to browsers
	Kinds   []kindView
	Devices []deviceView
	Done    string
	Problem string
	Email   string // where summaries and briefs go, as the business file says; empty: nowhere
}

type kindView struct {
	Value, Name, Hint string
	On                bool
}

type deviceView struct {
	ID, Name, Since string
	Kinds           []kindView
}

var kindWords = map[notify.Kind][2]string{
	notify.Emergencies: {"Emergencies", "Whenever somebody on call is alerted, and what you should know before a call is over. At any hour."},
	notify.Callbacks:   {"Calls you owe", "Missed callers, messages, and calls that were not returned in time."},
	notify.Questions:   {"What waits for you", "Visits that need your yes, and questions of customers."},
	notify.Summaries:   {"Everything else you are texted", "Summaries of calls, visits booked, moved and cancelled."},
}

// kindsOf lists the kinds, those on that a device has.
func kindsOf(has func(notify.Kind) bool) []kindView {
	var out []kindView
	for _, k := range notify.Kinds() {
		out = append(out, kindView{string(k), kindWords[k][0], kindWords[k][1], has(k)})
	}
	return out
}

// notifications shows the devices.
func (s *server) notifications(q *request) error {
	return s.drawNotifications(q, http.StatusOK, "")
}

var notificationsDone = map[string]string{
	"added": "This device gets notifications.", "changed": "Changed.", "removed": "Removed.", "tried": "A notification is on its way.",
}

func (s *server) drawNotifications(q *request, status int, problem string) error {
	devices, err := s.Reader.Devices(q.Context(), q.b.ID)
	if err != nil {
		return err
	}
	v := notificationsView{
		Key: s.PushKey, Done: notificationsDone[q.URL.Query().Get("done")], Problem: problem,
		Kinds: kindsOf(func(k notify.Kind) bool { return k != notify.Summaries }),
	}
	for i := range devices {
		d := &devices[i]
		v.Devices = append(v.Devices, deviceView{d.ID, d.Name, day(d.CreatedAt.In(q.b.Location()), s.now(q)), kindsOf(d.Wants)})
	}
	if len(q.b.Notify.Email) > 0 {
		v.Email = strings.Join(q.b.Notify.Email, " and ") + " to " + q.b.Profile.Owner.Email
	}
	return renderStatus(q.w, q.Request, status, notificationsPage(s.frame(q, "today", "Notifications"), v))
}

// addDevice takes a browser's subscription.
func (s *server) addDevice(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	d := notify.Device{BusinessID: q.b.ID, Name: deviceName(q.UserAgent()), Kinds: chosenKinds(form["kind"])}
	d.Endpoint = form.Get("endpoint")
	var err1, err2 error
	d.Key, err1 = base64.RawURLEncoding.DecodeString(form.Get("key"))
	d.Auth, err2 = base64.RawURLEncoding.DecodeString(form.Get("auth"))
	if err := errors.Join(err1, err2, d.Check()); err != nil {
		return s.drawNotifications(q, http.StatusUnprocessableEntity, "The browser gave no subscription that can be used.")
	}
	full := false
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		all, err := tx.Devices(ctx, q.b.ID)
		if err != nil {
			return err
		}
		known := slices.ContainsFunc(all, func(x notify.Device) bool { return x.Endpoint == d.Endpoint })
		if full = len(all) >= maxDevices && !known; full {
			return nil
		}
		d := d
		return tx.SaveDevice(ctx, &d)
	})
	if err != nil {
		return err
	}
	if full {
		return s.drawNotifications(q, http.StatusUnprocessableEntity, "No more devices can be added: remove one that is not used any more.")
	}
	http.Redirect(q.w, q.Request, "/notifications?done=added", http.StatusSeeOther)
	return nil
}

// changeDevice changes what a device is notified of, removes it, or sends it something to see.
func (s *server) changeDevice(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	done := "changed"
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		d, err := tx.Device(ctx, q.b.ID, q.PathValue("id"))
		if err != nil {
			return err
		}
		if d == nil {
			return errNotFound
		}
		switch form.Get("do") {
		case "remove":
			done = "removed"
			return tx.DeleteDevice(ctx, q.b.ID, d.ID)
		case "try":
			done = "tried"
			now := s.Clock.Now()
			return tx.EnqueueAt(ctx, notify.SendPush{
				BusinessID: q.b.ID, DeviceID: d.ID, Title: "Fixly · " + q.b.Profile.Name, Body: "This is how notifications look.",
				Path: "/notifications?business=" + q.b.Profile.Slug, Tag: "try", At: now, Until: now.Add(tryFor),
			}, now, nil)
		}
		d.Kinds = chosenKinds(form["kind"])
		return tx.SaveDevice(ctx, d)
	})
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/notifications?done="+done, http.StatusSeeOther)
	return nil
}

// maxDevices is how many devices of one business get notifications: the people of a shop have fewer.
const maxDevices = 30

// tryFor is how long a notification that is tried is waited for.
const tryFor = 5 * time.Minute

// chosenKinds are the kinds that were ticked, of those that there are.
func chosenKinds(ticked []string) []notify.Kind {
	return slices.DeleteFunc(notify.Kinds(), func(k notify.Kind) bool { return !slices.Contains(ticked, string(k)) })
}

// deviceName names a device by what its browser says of itself.
func deviceName(agent string) string {
	for _, x := range [][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Macintosh", "Mac"}, {"Windows", "Windows"}, {"CrOS", "Chromebook"}, {"Linux", "Linux"},
	} {
		if strings.Contains(agent, x[0]) {
			return x[1]
		}
	}
	return "A browser"
}

// serviceWorker is the worker at the root, where it may show notifications for every page.
func serviceWorker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "sw.js", time.Time{}, bytes.NewReader(files()["sw.js"].data))
}
