package fakephone

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Verb is an element of a TwiML document.
type Verb struct {
	Name string
	Attr map[string]string
	Text string // its own text, trimmed
	Kids []*Verb
}

// kid is the first child of a name, or nil.
func (v *Verb) kid(name string) *Verb {
	for _, k := range v.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// attributes are what Twilio knows of the verbs that Fixly uses; anything else is a mistake of ours.
var attributes = map[string][]string{
	"Say":   {"voice", "language", "loop"},
	"Play":  {"loop", "digits"},
	"Pause": {"length"},
	"Record": {
		"action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim", "recordingStatusCallback", "recordingStatusCallbackMethod",
		"recordingStatusCallbackEvent", "transcribe", "transcribeCallback",
	},
	"Redirect": {"method"},
	"Hangup":   {},
	"Reject":   {"reason"},
	"Gather": {
		"input", "action", "method", "timeout", "speechTimeout", "maxSpeechTime", "profanityFilter", "finishOnKey", "numDigits",
		"partialResultCallback", "partialResultCallbackMethod", "language", "hints", "bargeIn", "debug", "actionOnEmptyResult",
		"speechModel", "enhanced",
	},
	"Dial": {
		"action", "method", "timeout", "hangupOnStar", "timeLimit", "callerId", "record", "trim", "recordingStatusCallback",
		"answerOnBridge", "ringTone", "sequential",
	},
	"Number": {
		"url", "method", "sendDigits", "statusCallbackEvent", "statusCallback", "statusCallbackMethod", "byoc", "machineDetection",
		"machineDetectionTimeout", "machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold", "machineDetectionSilenceTimeout",
		"amdStatusCallback", "amdStatusCallbackMethod",
	},
	"Connect": {"action", "method"},
	"ConversationRelay": {
		"url", "language", "ttsLanguage", "transcriptionLanguage", "ttsProvider", "voice", "transcriptionProvider", "speechModel",
		"profanityFilter", "dtmfDetection", "welcomeGreeting", "partialPrompts", "welcomeGreetingInterruptible", "interruptible",
		"preemptible", "hints", "intelligenceService", "reportInputDuringAgentSpeech", "elevenlabsTextNormalization",
		"interruptSensitivity", "debug", "backgroundNoiseReduction", "speechTimeout", "deepgramSmartFormat", "ignoreBackchannel", "events",
	},
	"Language":  {"code", "ttsProvider", "voice", "transcriptionProvider", "speechModel"},
	"Parameter": {"name", "value"},
	"Message":   {"to", "from", "action", "method", "statusCallback"},
}

// maxTwiML is Twilio's limit on a document, in bytes (error 11750).
const maxTwiML = 64 << 10

// ParseTwiML reads a document as strictly as Twilio and returns the verbs inside <Response>.
func ParseTwiML(doc string) ([]*Verb, error) { return parse(doc, attributes) }

// parse is ParseTwiML for whoever knows these attributes.
func parse(doc string, attributes map[string][]string) ([]*Verb, error) {
	if len(doc) > maxTwiML {
		return nil, fmt.Errorf("the TwiML has %d bytes, Twilio takes %d", len(doc), maxTwiML)
	}
	dec := xml.NewDecoder(strings.NewReader(doc))
	root := &Verb{}
	stack := []*Verb{root}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the TwiML is not XML: %w: %q", err, doc)
		}
		switch x := token.(type) {
		case xml.StartElement:
			v := &Verb{Name: x.Name.Local, Attr: map[string]string{}}
			known, ok := attributes[v.Name]
			if !ok && v.Name != "Response" {
				return nil, fmt.Errorf("<%s> is no verb of Twilio's: %q", v.Name, doc)
			}
			for _, a := range x.Attr {
				if !slices.Contains(known, a.Name.Local) {
					return nil, fmt.Errorf("<%s> has no attribute %s: %q", v.Name, a.Name.Local, doc)
				}
				v.Attr[a.Name.Local] = a.Value
			}
			top := stack[len(stack)-1]
			top.Kids = append(top.Kids, v)
			stack = append(stack, v)
		case xml.EndElement:
			v := stack[len(stack)-1]
			v.Text = strings.TrimSpace(v.Text)
			stack = stack[:len(stack)-1]
		case xml.CharData:
			stack[len(stack)-1].Text += string(x)
		}
	}
	if len(root.Kids) != 1 || root.Kids[0].Name != "Response" {
		return nil, fmt.Errorf("a TwiML document is one <Response>: %q", doc)
	}
	return root.Kids[0].Kids, nil
}
