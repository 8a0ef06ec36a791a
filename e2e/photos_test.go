package e2e

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"fixly/business"
)

// picture is a small PNG.
func picture(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fetch gets a page as somebody who is signed in nowhere.
func (s *shop) fetch(address string) (status int, contentType, body string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), string(b)
}

// A customer with a visit texts a picture: it is fetched, shown on the visit's page, and sent along by an address that ends.
func TestAPictureGoesAlongToTheVisit(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		open(t, database, behindAProxy("https://fixly.example")).pictureGoesAlong(t)
	})
	t.Run("over Telnyx", func(t *testing.T) {
		t.Parallel()
		s := sqlite(t, at(business.CarrierTelnyx), behindAProxy("https://fixly.example"))
		s.byCarrier(t, business.CarrierTelnyx, "relay")
		s.pictureGoesAlong(t)
	})
}

func (s *shop) pictureGoesAlong(t *testing.T) {
	t.Helper()
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "booked")
	call.HangsUp()
	s.Texted(owen, "You're booked")
	want := picture(t)
	s.Text(owen, "", "NumMedia", "2", "MediaUrl0", s.Picture(want), "MediaContentType0", "image/png", "MediaUrl1", s.Picture([]byte("<script>alert(1)</script>"))).
		Receives("will see it before the visit")
	told := s.Texted(owner, "1 photo from Owen Pratt")
	link := regexp.MustCompile(`https://fixly\.example(/photos/of/\S+)`).FindStringSubmatch(told.Body)
	if link == nil {
		t.Fatalf("the owner is told %q", told.Body)
	}
	status, _, page := s.fetch(s.url + link[1])
	src := regexp.MustCompile(`<img src="([^"]+)"`).FindStringSubmatch(page)
	if status != http.StatusOK || src == nil {
		t.Fatalf("the page is %d %q", status, page)
	}
	if status, kind, data := s.fetch(s.url + src[1]); status != http.StatusOK || kind != "image/png" || data != string(want) {
		t.Errorf("the picture is %d, %s, %d bytes", status, kind, len(data))
	}
	if status, _, _ := s.fetch(s.url + strings.Replace(link[1], link[1][len(link[1])-4:], "zzzz", 1)); status != http.StatusNotFound {
		t.Errorf("another address is answered %d", status)
	}
	j := s.onlyJob()
	if _, _, page := s.fetch(s.url + "/jobs/" + j.ID); !strings.Contains(page, `class="photo"`) {
		t.Error("the visit's page has no picture")
	}
}

// A question that the shop's facts don't answer goes to the owner, and his answer back.
func TestTheOwnerIsAskedInMidThread(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, behindAProxy("https://fixly.example"))
		s.Text(karen, "do you work on Navien?").Receives("asking Mike")
		s.Texted(owner, "QUESTION 10 from (312) 555-0142")
		s.Text(owner, "10 yes we do").Receives("Passed on to")
		s.Texted(karen, `Mike says: "yes we do"`)
		s.Text(owner, "keep 10").Receives("Kept.")
		s.Text(karen, "can I book online?").Receives("https://fixly.example/book/mikes-plumbing")
	})
}
