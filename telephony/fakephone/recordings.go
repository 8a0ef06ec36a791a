package fakephone

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
)

// CallRecording is a recording that the server under test began.
type CallRecording struct {
	SID, Call string // the carrier's ids
	Status    string // "in-progress", "completed"
	Deleted   bool
	callback  string
}

var ofRecordings = regexp.MustCompile(`^/2010-04-01/Accounts/[^/]+(?:/Calls/([^/]+))?/Recordings(?:/([^/]+?))?\.json$`)

// CallRecordings are those begun so far, in order.
func (p *Phone) CallRecordings() []CallRecording {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []CallRecording
	for _, r := range p.api.recordings {
		out = append(out, *r)
	}
	return out
}

// AwaitRecordings waits until the recordings begun so far are as ok wants them.
func (p *Phone) AwaitRecordings(what string, ok func([]CallRecording) bool) {
	p.t.Helper()
	is := p.wait(func() bool {
		var all []CallRecording
		for _, r := range p.api.recordings {
			all = append(all, *r)
		}
		return ok(all)
	})
	if !is {
		p.t.Fatalf("%s: not so: %+v", what, p.CallRecordings())
	}
}

// recording answers requests about recordings; handled is false for any other.
//
// https://www.twilio.com/docs/voice/api/recording
func (a *api) recording(r *http.Request, form url.Values) (status int, answer object, handled bool) {
	m := ofRecordings.FindStringSubmatch(r.URL.Path)
	if m == nil {
		return 0, nil, false
	}
	call, id := m[1], m[2]
	switch {
	case r.Method == http.MethodPost && id == "":
		t, troubled := a.strike()
		if troubled && !t.accepted {
			if t.status > 0 {
				status, _, answer = refusal(t.status, t.code, "trouble, as ordered")
			}
			return status, answer, true
		}
		if status, answer = a.record(call, form); troubled {
			status = 0 // it was done, and the answer is lost
		}
	case r.Method == http.MethodPost:
		status, answer = a.stopRecording(id, form)
	case r.Method == http.MethodDelete:
		status, answer = a.deleteRecording(id)
	default:
		status, answer = http.StatusOK, a.listRecordings(call)
	}
	return status, answer, true
}

func (a *api) record(call string, form url.Values) (int, object) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, c := range a.p.calls {
		if c.SID == call && !c.over {
			r := &CallRecording{SID: sid("RE"), Call: call, Status: "in-progress", callback: form.Get("RecordingStatusCallback")}
			a.recordings = append(a.recordings, r)
			a.p.changed.Broadcast()
			return http.StatusCreated, r.show()
		}
	}
	status, _, answer := refusal(http.StatusNotFound, 21220, "Unable to create recording: the call is not in progress.")
	return status, answer
}

func (a *api) stopRecording(id string, form url.Values) (int, object) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, r := range a.recordings {
		if r.SID == id && r.Status == "in-progress" && form.Get("Status") == "stopped" {
			a.finish(r)
			return http.StatusOK, r.show()
		}
	}
	status, _, answer := refusal(http.StatusNotFound, 20404, "The requested resource was not found")
	return status, answer
}

// deleteRecording refuses to delete what is still being recorded.
func (a *api) deleteRecording(id string) (int, object) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, r := range a.recordings {
		if r.SID == id && !r.Deleted {
			if r.Status == "in-progress" {
				status, _, answer := refusal(http.StatusConflict, 20409, "The recording is in progress")
				return status, answer
			}
			r.Deleted = true
			a.p.changed.Broadcast()
			return http.StatusNoContent, nil
		}
	}
	status, _, answer := refusal(http.StatusNotFound, 20404, "The requested resource was not found")
	return status, answer
}

func (a *api) listRecordings(call string) object {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	found := []object{}
	for _, r := range a.recordings {
		if r.Call == call && !r.Deleted {
			found = append(found, r.show())
		}
	}
	return object{"recordings": found, "page": 0, "page_size": 50, "next_page_uri": nil}
}

func (r *CallRecording) show() object {
	return object{"sid": r.SID, "call_sid": r.Call, "status": r.Status, "source": "StartCallRecordingAPI", "channels": 2}
}

// finish ends a recording and reports it, as many times as the test's phone repeats what it reports. It is called with the
// lock.
func (a *api) finish(r *CallRecording) {
	r.Status = "completed"
	a.p.changed.Broadcast()
	callback, about := r.callback, url.Values{
		"AccountSid": {a.p.o.AccountSID}, "CallSid": {r.Call}, "RecordingSid": {r.SID}, "RecordingStatus": {"completed"},
		"RecordingDuration": {"17"}, "RecordingChannels": {"2"}, "RecordingSource": {"StartCallRecordingAPI"},
		"RecordingUrl": {a.URL + "/2010-04-01/Accounts/" + a.p.o.AccountSID + "/Recordings/" + r.SID},
	}
	a.delivering.Go(func() {
		for range 2 { // carriers repeat themselves
			if code, body, err := a.p.Webhook(callback, clone(about)); err != nil || code/100 != 2 && code != http.StatusServiceUnavailable {
				a.p.t.Log(fmt.Errorf("%s is answered %d %q, %w", callback, code, body, err))
			}
		}
	})
}

// callOver ends the recordings of a call with it. It is called with the lock.
func (a *api) callOver(call string) {
	for _, r := range a.recordings {
		if r.Call == call && r.Status == "in-progress" {
			a.finish(r)
		}
	}
}
