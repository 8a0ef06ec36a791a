package osrm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fixly/scheduling/travel"
)

// fake is a routing server as OSRM's documentation describes the table service: coordinates are longitude,latitude; a
// request names sources and destinations by index; errors are status 400 with a code. A drive takes a minute for each
// hundredth of a degree east and two for each one west; none leads to the latitude of unreachable.
type fake struct {
	*httptest.Server
	t        testing.TB
	requests atomic.Int32
	broken   atomic.Pointer[http.HandlerFunc]
}

const unreachable = "61.220" // Anchorage

func newFake(t testing.TB) *fake {
	f := &fake{t: t}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.requests.Add(1)
	if broken := f.broken.Load(); broken != nil {
		(*broken)(w, r)
		return
	}
	refuse := func(code, message string) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"code":%q,"message":%q}`, code, message)
	}
	list, found := strings.CutPrefix(r.URL.Path, "/table/v1/driving/")
	if !found {
		refuse("InvalidService", "Service "+r.URL.Path+" not found!")
		return
	}
	var lon []float64
	var lat []string
	for _, c := range strings.Split(list, ";") {
		x, y, _ := strings.Cut(c, ",")
		v, err := strconv.ParseFloat(x, 64)
		if err != nil || v > -60 {
			refuse("InvalidQuery", "Query string malformed close to position 0")
			return
		}
		lon, lat = append(lon, v), append(lat, y)
	}
	if len(lon) > 100 {
		refuse("TooBig", "Too many table coordinates")
		return
	}
	options := map[string]string{} // not by url.Values, which take the ; between indices for another &
	for _, o := range strings.Split(r.URL.RawQuery, "&") {
		k, v, _ := strings.Cut(o, "=")
		options[k] = v
	}
	indices := func(option string) (out []int) {
		for _, s := range strings.Split(options[option], ";") {
			i, err := strconv.Atoi(s)
			if err != nil || i < 0 || i >= len(lon) {
				f.t.Errorf("%s=%s of %d places", option, options[option], len(lon))
			}
			out = append(out, i)
		}
		return out
	}
	answer := struct {
		Code         string           `json:"code"`
		Durations    [][]*float64     `json:"durations"`
		Sources      []map[string]any `json:"sources"`
		Destinations []map[string]any `json:"destinations"`
	}{Code: "Ok"}
	for _, i := range indices("sources") {
		var row []*float64
		for _, j := range indices("destinations") {
			seconds := (lon[j] - lon[i]) * 100 * 60
			if seconds < 0 {
				seconds *= -2
			}
			if lat[j] == unreachable && i != j {
				row = append(row, nil)
				continue
			}
			row = append(row, &seconds)
		}
		answer.Durations = append(answer.Durations, row)
		answer.Sources = append(answer.Sources, map[string]any{"hint": "", "name": "", "location": []float64{lon[i], 0}})
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func matrix(t testing.TB, f *fake, areas ...[]string) *Matrix {
	return New(f.URL+"/", f.Client(), func(context.Context) ([][]string, error) { return areas, nil }, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

func TestTheServersDrivesCount(t *testing.T) {
	f := newFake(t)
	m := matrix(t, f, []string{"60647", "60622", "60601", "00000", "99501"})
	estimated, _ := travel.Drive("60647", "60601")
	if d, ok := m.Drive("60647", "60601"); !ok || d != estimated {
		t.Errorf("before the server was asked: %v, want %v", d, estimated)
	}
	if err := m.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	// 60647 lies at -87.701, 60601 at -87.622: eight minutes east, sixteen west, and three to park.
	for _, c := range []struct {
		from, to string
		want     time.Duration
		known    bool
	}{
		{"60647", "60601", 11 * time.Minute, true},
		{"60601", "60647", 19 * time.Minute, true},
		{"60601-1234", "60647", 19 * time.Minute, true},
		{"60647", "60647", 5 * time.Minute, true},
		{"60647", "00000", 0, false},
	} {
		if got, ok := m.Drive(c.from, c.to); ok != c.known || got != c.want {
			t.Errorf("%s to %s: %v (%t), want %v", c.from, c.to, got, ok, c.want)
		}
	}
	for _, pair := range [][2]string{{"60647", "99501"}, {"60647", "60187"}} { // no road, and not asked about
		want, _ := travel.Drive(pair[0], pair[1])
		if got, ok := m.Drive(pair[0], pair[1]); !ok || got != want {
			t.Errorf("%v: %v, want the estimate %v", pair, got, want)
		}
	}
}

func TestManyPlacesAreAskedAboutInBlocks(t *testing.T) {
	f := newFake(t)
	var zips []string
	for n := 60601; len(zips) < 120; n++ {
		if _, ok := travel.Locate(strconv.Itoa(n)); ok {
			zips = append(zips, strconv.Itoa(n))
		}
	}
	m := matrix(t, f, zips)
	if err := m.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := f.requests.Load(); n != 9 {
		t.Errorf("%d requests for three blocks", n)
	}
	if n := len(*m.known.Load()); n != 120*120 {
		t.Errorf("%d drives are known", n)
	}
}

func TestATroubledServerLeavesWhatWasKnown(t *testing.T) {
	f := newFake(t)
	m := matrix(t, f, []string{"60647", "60601"})
	if err := m.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"down":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>") },
		"no table": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			_, _ = fmt.Fprint(w, `{"code":"NoTable"}`)
		},
		"too few rows": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, `{"code":"Ok","durations":[[0,1]]}`)
		},
		"too few columns": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, `{"code":"Ok","durations":[[0],[0]]}`)
		},
		"closed in midway": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		f.broken.Store(&answer)
		if err := m.Renew(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
		if d, ok := m.Drive("60647", "60601"); !ok || d != 11*time.Minute {
			t.Errorf("%s: %v", name, d)
		}
	}
	nonsense := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `{"code":"Ok","durations":[[0,-5],[1e300,0]]}`)
	})
	f.broken.Store(&nonsense)
	if err := m.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d, ok := m.Drive("60647", "60601"); !ok || d != 11*time.Minute {
		t.Errorf("after nonsense: %v", d)
	}
}

func TestKeepEndsWithItsContext(t *testing.T) {
	f := newFake(t)
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan struct{}, 1)
	m := New(f.URL, f.Client(), func(context.Context) ([][]string, error) {
		asked <- struct{}{}
		return nil, errors.New("the database is away")
	}, slog.New(slog.NewTextHandler(t.Output(), nil)))
	go m.Keep(ctx)
	<-asked
	cancel()
	m.Wait(t.Context())
}
