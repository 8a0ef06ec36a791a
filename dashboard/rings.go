package dashboard

import (
	"io"
	"net/http"
	"strconv"

	"fixly/business"
	"fixly/contact"
	"fixly/telephony"
)

// ringView is a phone that was rung for a call.
type ringView struct {
	Who    string
	At     string
	Result label
}

// recordingView is what was recorded of a call.
type recordingView struct {
	Name, Length, Words string
	Href                string // of the sound; empty where it can't be had
}

// ringLabels say what came of ringing a phone, by telephony's closed list.
var ringLabels = map[telephony.RingResult]label{
	telephony.Ringing:      {"Rings", "live"},
	telephony.PickedUp:     {"Picked up", "live"},
	telephony.Taken:        {"Took it", "good"},
	telephony.Refused:      {"Picked up, no 1 pressed", "warn"},
	telephony.Machine:      {"Voicemail", "warn"},
	telephony.Busy:         {"Busy", "warn"},
	telephony.NoAnswer:     {"No answer", "warn"},
	telephony.Failed:       {"Could not be reached", "bad"},
	telephony.CallerGone:   {"Caller hung up", ""},
	telephony.TooLate:      {"Pressed 1 too late", ""},
	telephony.SomebodyElse: {"Somebody else took it", ""},
}

// personNamed is how a phone of the shop's people is named.
func personNamed(b *business.Business, phone string) string {
	if p := b.PersonByPhone(phone); p != nil {
		return p.Name
	}
	if phone == b.Profile.Owner.Phone && b.Profile.Owner.Name != "" {
		return b.Profile.Owner.Name
	}
	return contact.National(phone)
}

// ringViews lists the phones that were rung for a call.
func (s *server) ringViews(q *request, c *telephony.Call) ([]ringView, error) {
	rings, err := s.Reader.Rings(q.Context(), c.BusinessID, c.ID)
	if err != nil {
		return nil, err
	}
	var out []ringView
	for _, r := range rings {
		out = append(out, ringView{personNamed(q.b, r.Phone), clockTime(r.At.In(q.b.Location())), ringLabels[r.Result]})
	}
	return out, nil
}

// recordingViews lists what was recorded of a call.
func (s *server) recordingViews(q *request, c *telephony.Call) ([]recordingView, error) {
	recordings, err := s.Reader.Recordings(q.Context(), c.BusinessID, c.ID)
	if err != nil {
		return nil, err
	}
	var out []recordingView
	for _, r := range recordings {
		v := recordingView{Name: "Voicemail", Length: strconv.Itoa(r.Seconds) + " seconds", Words: r.Words}
		if r.Kind == telephony.OfCall {
			v.Name = "The call"
		}
		if r.Seconds == 0 {
			v.Length = "is being recorded"
		}
		if !r.ErasedAt.IsZero() {
			v.Length = "deleted " + day(r.ErasedAt.In(q.b.Location()), s.now(q))
		}
		if s.Sound != nil && r.Seconds > 0 && r.ErasedAt.IsZero() {
			v.Href = "/calls/" + c.ID + "/recordings/" + r.ID
		}
		out = append(out, v)
	}
	return out, nil
}

// recording plays what was recorded. It is fetched with the line's credentials: nobody else is given an address of it.
func (s *server) recording(q *request) error {
	c, err := s.findCall(q)
	if err != nil {
		return err
	}
	recordings, err := s.Reader.Recordings(q.Context(), c.BusinessID, c.ID)
	if err != nil {
		return err
	}
	line := q.b.LineByNumber(c.Line)
	for _, r := range recordings {
		if r.ID != q.PathValue("recording") || !r.ErasedAt.IsZero() || line == nil || s.Sound == nil {
			continue
		}
		sound, err := s.Sound(q.Context(), *line, r.ID)
		if err != nil {
			return err
		}
		defer func() { _ = sound.Close() }()
		q.w.Header().Set("Content-Type", "audio/mpeg")
		q.w.Header().Set("Cache-Control", "private, no-store")
		q.w.WriteHeader(http.StatusOK)
		_, _ = io.Copy(q.w, sound) // the browser went away, or the carrier did: what was heard was heard
		return nil
	}
	return errNotFound
}
