package photos_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/jobs"
	"fixly/messaging"
	"fixly/photos"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

const (
	karen = "+13125550142"
	luis  = "+13125550171"
	owner = "+13125550101"
)

// carrier gives what it has by address.
type carrier struct {
	messaging.Carrier
	files map[string][]byte
}

func (c carrier) Media(_ context.Context, address string) ([]byte, error) {
	switch data, ok := c.files[address]; {
	case address == "slow":
		return nil, errors.New("not yet")
	case !ok:
		return nil, messaging.ErrNoMedia
	case len(data) > messaging.MaxMedia:
		return nil, messaging.ErrMediaTooLarge
	default:
		return data, nil
	}
}

type desk struct {
	t       *testing.T
	db      *store.DB
	b       *business.Business
	clock   *clock.Manual
	workers *jobs.Workers
	links   photos.Links
}

func picture() []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8)))
	return out.Bytes()
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		b := demo.Business()
		now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
		db := storetest.Open(t, address, now)
		if err := db.SaveBusiness(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		d := &desk{t, db, b, now, jobs.New(), photos.NewLinks([]byte("secret"), "https://fixly.example")}
		c := carrier{files: map[string][]byte{"a": picture(), "b": picture(), "page": []byte("<html><script>1</script>"), "huge": make([]byte, messaging.MaxMedia+1)}}
		(&photos.Desk{
			Storage: db.Photos(), Clock: now, Log: slog.New(slog.DiscardHandler), Links: d.links,
			Carrier: func(*business.Business, business.Line) (messaging.Carrier, error) { return c, nil },
		}).AddWorkers(d.workers)
		test(d)
	})
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// comes stores a text with files.
func (d *desk) comes(id string, files ...string) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		m := &messaging.Message{
			BusinessID: d.b.ID, Direction: messaging.Inbound, From: karen, To: d.b.Lines[0].Number, Kind: messaging.Talk, Status: messaging.Received, CarrierID: id, Media: files,
		}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		return tx.WantPhotos(ctx, m)
	})
	d.clock.Advance(time.Minute)
}

func (d *desk) all() []photos.Photo {
	d.t.Helper()
	all, err := d.db.PhotosWith(d.t.Context(), d.b.ID, karen, time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// works does a job as the queue would at its nth try.
func (d *desk) works(args river.JobArgs, try int) error {
	d.t.Helper()
	row := &rivertype.JobRow{Kind: args.Kind(), Attempt: try, EncodedArgs: encode(d.t, args)}
	return d.workers.Work(d.t.Context(), row)
}

func (d *desk) fetches() {
	d.t.Helper()
	for _, p := range d.all() {
		if err := d.works(photos.Fetch{BusinessID: d.b.ID, PhotoID: p.ID}, 1); err != nil && p.URL != "slow" {
			d.t.Fatal(err)
		}
	}
}

func (d *desk) book(name string) *scheduling.Job {
	d.t.Helper()
	var j *scheduling.Job
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		j, err = scheduling.New(d.clock, nil).Book(ctx, tx, d.b, scheduling.BookRequest{
			Service: "Leak repair", Start: time.Date(2026, 11, 24, 11, 0, 0, 0, d.b.Location()), Source: scheduling.FromText, Technician: "Luis Ortega",
			Customer: contact.Customer{Name: name, Phone: karen}, Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"},
		})
		if err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, "booked", false)
	})
	return j
}

func TestWhatIsKept(t *testing.T) {
	each(t, func(d *desk) {
		d.comes("SM1", "a", "page", "huge", "nowhere", "slow")
		d.fetches()
		d.fetches() // once more changes nothing
		var got []string
		for _, p := range d.all() {
			got = append(got, strings.TrimSpace(p.URL+" "+string(p.Status)+" "+p.Type+p.Reason))
		}
		want := []string{"a kept image/png", "page refused no_picture", "huge refused too_large", "nowhere refused gone", "slow wanted"}
		if !slices.Equal(got, want) {
			d.t.Errorf("pictures: %q", got)
		}
		slow := d.all()[4]
		if err := d.works(photos.Fetch{BusinessID: d.b.ID, PhotoID: slow.ID}, 15); err != nil || d.all()[4].Reason != photos.Unreachable {
			d.t.Errorf("at last: %v, %+v", err, d.all()[4])
		}
		data, err := d.db.PhotoData(d.t.Context(), d.b.ID, d.all()[0].ID)
		if err != nil || !bytes.Equal(data, picture()) {
			d.t.Errorf("%d bytes, %v", len(data), err)
		}
		if _, err := d.db.Photo(d.t.Context(), "another", d.all()[0].ID); !errors.Is(err, photos.ErrNoPhoto) {
			d.t.Errorf("another shop: %v", err)
		}
	})
}

// Pictures that came before a visit was booked are its own, and so are those that come after; who goes there gets them.
func TestPicturesGoAlong(t *testing.T) {
	each(t, func(d *desk) {
		d.comes("SM1", "a")
		d.fetches()
		j := d.book("Karen Whitfield")
		d.comes("SM2", "b")
		d.fetches()
		of, err := d.db.PhotosOf(d.t.Context(), d.b.ID, j.ID)
		if err != nil || len(of) != 2 {
			d.t.Fatalf("pictures of the visit: %+v, %v", of, err)
		}
		send := func(id string) {
			if err := d.works(photos.SendAlong{BusinessID: d.b.ID, JobID: j.ID, PhotoID: id}, 1); err != nil {
				d.t.Fatal(err)
			}
		}
		send(of[0].ID) // a later one has a job of its own
		send(of[1].ID)
		send(of[1].ID)
		texts := d.texts(owner)
		if len(texts) != 1 || !strings.HasPrefix(texts[0], "2 photos from Karen Whitfield for leak repair, Tue Nov 24 11:00 am: https://fixly.example/photos/of/") {
			d.t.Fatalf("the owner is told %q", texts)
		}
		d.b.Team[1].Phone = luis
		if err := d.db.SaveBusiness(d.t.Context(), d.b); err != nil {
			d.t.Fatal(err)
		}
		send(of[1].ID)
		if len(d.texts(luis)) != 1 || len(d.texts(owner)) != 1 {
			d.t.Errorf("Luis is told %q, the owner %q", d.texts(luis), d.texts(owner))
		}
	})
}

func (d *desk) texts(number string) []string {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.b.ID, messaging.MessageFilter{Phone: number})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, m := range all {
		out = append(out, m.Body)
	}
	return out
}

func TestAddressesOfPictures(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book("Karen Whitfield")
		d.comes("SM1", "a", "page")
		d.fetches()
		h := &photos.Handler{Reader: d.db, Links: d.links, Clock: d.clock, Log: slog.New(slog.DiscardHandler)}
		get := func(path string) *httptest.ResponseRecorder {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, path, nil))
			return w
		}
		at := d.links.Path(d.b.ID, j.ID, d.clock.Now())
		kept, refused := d.all()[0], d.all()[1]
		if w := get(at); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), kept.ID) || strings.Contains(w.Body.String(), refused.ID) || strings.Contains(w.Body.String(), "Karen") {
			d.t.Errorf("the page is %d %s", w.Code, w.Body)
		}
		if w := get(at + "/" + kept.ID); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			d.t.Errorf("the picture is %d %v", w.Code, w.Header())
		}
		other := photos.NewLinks([]byte("another secret"), "https://fixly.example").Path(d.b.ID, j.ID, d.clock.Now())
		for _, path := range []string{at + "/" + refused.ID, at + "/pho_x", at + "x", other, photos.Prefix, photos.Prefix + "x"} {
			if w := get(path); w.Code != http.StatusNotFound {
				d.t.Errorf("%s is %d", path, w.Code)
			}
		}
		d.clock.Advance(47 * 24 * time.Hour)
		if w := get(at); w.Code != http.StatusNotFound {
			d.t.Errorf("after its time it is %d", w.Code)
		}
		if photos.NewLinks([]byte("secret"), "http://127.0.0.1:8080").URL(d.b.ID, j.ID, d.clock.Now()) != "" {
			d.t.Error("an address on this machine is told to people elsewhere")
		}
	})
}

func encode(t *testing.T, args river.JobArgs) []byte {
	t.Helper()
	b, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
