package twilioapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// maxRecording bounds a recording in bytes: two hours of MP3 at Twilio's 32 kbit/s have less.
const maxRecording = 32 << 20

// Recording is the sound of a recording, as MP3. The caller closes it.
//
// https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file
func (a Account) Recording(ctx context.Context, sid string) (io.ReadCloser, error) {
	path := "/2010-04-01/Accounts/" + url.PathEscape(a.sid) + "/Recordings/" + url.PathEscape(sid) + ".mp3"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.c.base+path, nil)
	if err != nil {
		return nil, fmt.Errorf("twilioapi: GET %s: %w", path, err)
	}
	req.SetBasicAuth(a.sid, a.token)
	resp, err := a.c.http.Do(req)
	if err != nil {
		return nil, &Error{Class: Unreachable, Err: err}
	}
	if resp.StatusCode != http.StatusOK {
		defer func() { _ = resp.Body.Close() }()
		b, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // what it says besides is of no use
		return nil, refusal(http.MethodGet, resp, b)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxRecording), resp.Body}, nil
}

// BegunByAPI is the Source of a recording that a request of ours began.
const BegunByAPI = "StartCallRecordingAPI"

// CallRecording is a recording of a call as Twilio keeps it.
type CallRecording struct {
	SID    string `json:"sid"`
	Status string `json:"status"` // "in-progress", "paused", "stopped", "processing", "completed" or "absent"
	Source string `json:"source"` // what began it
}

// Live says whether it goes on.
func (r *CallRecording) Live() bool { return r.Status == "in-progress" || r.Status == "paused" }

// CreateRecording begins to record a call that goes on, both ends, each on a channel of its own. The callback hears when
// the recording can be had. The error is an *Error.
//
// https://www.twilio.com/docs/voice/api/recording#create-a-recording
func (a Account) CreateRecording(ctx context.Context, callSID, callback string) (CallRecording, error) {
	var out CallRecording
	err := a.do(ctx, http.MethodPost, a.path("Calls/"+url.PathEscape(callSID)+"/Recordings"), url.Values{
		"RecordingChannels": {"dual"}, "RecordingTrack": {"both"},
		"RecordingStatusCallback": {callback}, "RecordingStatusCallbackMethod": {http.MethodPost}, "RecordingStatusCallbackEvent": {"completed"},
	}, &out)
	return out, err
}

// Recordings lists the recordings of a call, whatever began them.
func (a Account) Recordings(ctx context.Context, callSID string) ([]CallRecording, error) {
	var page struct {
		Recordings []CallRecording `json:"recordings"`
	}
	err := a.do(ctx, http.MethodGet, a.path("Calls/"+url.PathEscape(callSID)+"/Recordings"), nil, &page)
	return page.Recordings, err
}

// StopRecording ends a recording of a call that goes on.
//
// https://www.twilio.com/docs/voice/api/recording#update-a-recording-resource
func (a Account) StopRecording(ctx context.Context, callSID, sid string) error {
	return a.do(ctx, http.MethodPost, a.path("Calls/"+url.PathEscape(callSID)+"/Recordings/"+url.PathEscape(sid)), url.Values{"Status": {"stopped"}}, nil)
}

// DeleteRecording deletes a recording with its sound.
//
// https://www.twilio.com/docs/voice/api/recording#delete-a-recording
func (a Account) DeleteRecording(ctx context.Context, sid string) error {
	return a.do(ctx, http.MethodDelete, a.path("Recordings/"+url.PathEscape(sid)), nil, nil)
}
