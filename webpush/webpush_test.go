package webpush_test

import (
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"fixly/webpush"
	"fixly/webpush/webpushtest"
)

func decode(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The example of RFC 8291, section 5 and appendix A.
func TestTheExampleOfTheRFC(t *testing.T) {
	ours, err := ecdh.P256().NewPrivateKey(decode(t, "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
	if err != nil {
		t.Fatal(err)
	}
	to := webpush.Subscription{
		Key:  decode(t, "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
		Auth: decode(t, "BTBZMqHH6r4Tts7J_aSIgg"),
	}
	got, err := webpush.EncryptWith(to, []byte("When I grow up, I want to be a watermelon"), ours, decode(t, "DGv6ra1nlYgDCS1FRnbzlw"))
	if err != nil {
		t.Fatal(err)
	}
	const want = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
	if encoded := base64.RawURLEncoding.EncodeToString(got); encoded != want {
		t.Errorf("got %s", encoded)
	}
}

func sender(t *testing.T, service *webpushtest.Service) *webpush.Sender {
	t.Helper()
	keys, err := webpush.NewKeys([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return webpush.NewSender(keys, "mailto:mike@example.com", service.Client())
}

func TestABrowserGetsWhatIsSent(t *testing.T) {
	service := webpushtest.New(t)
	s := sender(t, service)
	to, other := service.Subscribe(), service.Subscribe()
	long := strings.Repeat("x", webpush.MaxPayload)
	for _, p := range []webpush.Push{
		{Payload: []byte(`{"title":"EMERGENCY"}`), TTL: time.Hour, Urgency: webpush.High, Topic: "alert-1"},
		{Payload: []byte(long), Urgency: webpush.Normal},
	} {
		if err := s.Send(t.Context(), to, p, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Send(t.Context(), other, webpush.Push{Urgency: webpush.Normal}, time.Now()); err != nil {
		t.Fatal(err)
	}
	got := service.Got()
	if len(got) != 3 || got[0] != (webpushtest.Got{Endpoint: to.Endpoint, Payload: `{"title":"EMERGENCY"}`, TTL: "3600", Urgency: "high", Topic: "alert-1", Subject: "mailto:mike@example.com"}) ||
		got[1].Payload != long || got[2].Endpoint != other.Endpoint || got[2].Payload != "" {
		t.Errorf("got %+v", got)
	}
	if err := s.Send(t.Context(), to, webpush.Push{Payload: []byte(long + "x")}, time.Now()); !errors.Is(err, webpush.ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

func TestWhatThePushServiceRefuses(t *testing.T) {
	service := webpushtest.New(t)
	s := sender(t, service)
	to := service.Subscribe()
	send := func(status int) error {
		service.Answer(status)
		return s.Send(t.Context(), to, webpush.Push{Urgency: webpush.Normal}, time.Now())
	}
	for _, status := range []int{404, 410} {
		if err := send(status); !errors.Is(err, webpush.ErrGone) {
			t.Errorf("%d: %v", status, err)
		}
	}
	if err := send(413); !errors.Is(err, webpush.ErrTooLong) {
		t.Error(err)
	}
	for status, retry := range map[int]bool{429: true, 500: true, 503: true, 400: false, 401: false, 403: false, 301: false} {
		var refused *webpush.SendError
		if err := send(status); !errors.As(err, &refused) || refused.Retry != retry || refused.Status != status || (refused.RetryAfter == 7*time.Second) != retry {
			t.Errorf("%d: %+v", status, err)
		}
	}
}

func TestSubscriptionsThatAreNone(t *testing.T) {
	good := webpushtest.New(t).Subscribe()
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(s *webpush.Subscription){
		"plain http":     func(s *webpush.Subscription) { s.Endpoint = "http://push.example.com/1" },
		"no address":     func(s *webpush.Subscription) { s.Endpoint = "" },
		"with a user":    func(s *webpush.Subscription) { s.Endpoint = "https://a:b@push.example.com/1" },
		"a long one":     func(s *webpush.Subscription) { s.Endpoint += strings.Repeat("x", 2000) },
		"no point":       func(s *webpush.Subscription) { s.Key = append([]byte{4}, make([]byte, 64)...) },
		"a short key":    func(s *webpush.Subscription) { s.Key = s.Key[:64] },
		"a short secret": func(s *webpush.Subscription) { s.Auth = s.Auth[:15] },
	} {
		s := good
		spoil(&s)
		if err := s.Check(); !errors.Is(err, webpush.ErrNotSubscription) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// All nodes of an installation, and each start of it, have the same keys.
func TestKeysStayTheSame(t *testing.T) {
	one, err1 := webpush.NewKeys([]byte("secret"))
	two, err2 := webpush.NewKeys([]byte("secret"))
	other, err3 := webpush.NewKeys([]byte("another"))
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if one.Public() != two.Public() || one.Public() == other.Public() || len(decode(t, one.Public())) != 65 {
		t.Errorf("%s, %s, %s", one.Public(), two.Public(), other.Public())
	}
}
