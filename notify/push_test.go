package notify_test

import (
	"errors"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fixly/notify"
	"fixly/webpush"
)

func TestWhatBecomesOfANotification(t *testing.T) {
	each(t, start, func(d *desk) {
		x := d.device(notify.Kinds()...)
		a := notify.SendPush{
			BusinessID: d.shop.ID, DeviceID: x.ID, Urgent: true, Title: "Urgent", Body: "No heat", Path: "/", Tag: "1", At: start, Until: start.Add(time.Hour),
		}
		d.clock.Advance(8 * time.Minute)

		var snooze *river.JobSnoozeError
		d.service.Answer(429, 503)
		for range 2 { // it says how long to wait
			if err := d.push(a); !errors.As(err, &snooze) || snooze.Duration != 7*time.Second {
				d.t.Errorf("throttled: %v", err)
			}
		}
		d.service.AnswerAfter("", 500) // it says nothing: a quarter of the age
		if err := d.push(a); !errors.As(err, &snooze) || snooze.Duration != 2*time.Minute {
			d.t.Errorf("broken: %v", err)
		}
		d.service.AnswerAfter("86400", 503) // never beyond the news
		if err := d.push(a); !errors.As(err, &snooze) || snooze.Duration != 52*time.Minute {
			d.t.Errorf("throttled for a day: %v", err)
		}
		d.service.Answer(403) // nothing that trying again mends
		if err := d.push(a); err != nil || len(d.devices()) != 1 {
			d.t.Errorf("refused: %v, devices %+v", err, d.devices())
		}

		if err := d.push(a); err != nil {
			d.t.Fatal(err)
		}
		got := d.service.Got()
		if len(got) != 1 || got[0].Urgency != "high" || got[0].TTL != "3120" {
			d.t.Errorf("got %+v", got)
		}

		late := a
		late.Until = d.clock.Now()
		other := a
		other.DeviceID = "dev_gone"
		for name, x := range map[string]notify.SendPush{"news no more": late, "removed meanwhile": other} {
			if err := d.push(x); err != nil || len(d.service.Got()) != 1 {
				d.t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestADeviceThatIsGoneIsForgotten(t *testing.T) {
	for _, status := range []int{404, 410} {
		t.Run("", func(t *testing.T) {
			each(t, start, func(d *desk) {
				gone, stays := d.device(notify.Emergencies), d.device(notify.Emergencies)
				d.service.Answer(status)
				if err := d.push(notify.SendPush{BusinessID: d.shop.ID, DeviceID: gone.ID, At: start, Until: start.Add(time.Hour)}); err != nil {
					d.t.Fatal(err)
				}
				if left := d.devices(); len(left) != 1 || left[0].ID != stays.ID {
					d.t.Errorf("left %+v", left)
				}
			})
		})
	}
}

// A browser that subscribes again while a notification to it is refused keeps its place.
func TestADeviceThatSubscribedAnewStays(t *testing.T) {
	each(t, start, func(d *desk) {
		x := d.device(notify.Emergencies)
		d.deps.Push = pusher(func(webpush.Subscription) error {
			again := d.service.Subscribe()
			again.Endpoint = x.Endpoint // with other keys
			x.Subscription = again
			d.resubscribe(&x)
			return webpush.ErrGone
		})
		if err := d.push(notify.SendPush{BusinessID: d.shop.ID, DeviceID: x.ID, At: start, Until: start.Add(time.Hour)}); err != nil {
			d.t.Fatal(err)
		}
		if left := d.devices(); len(left) != 1 {
			d.t.Errorf("left %+v", left)
		}
	})
}
