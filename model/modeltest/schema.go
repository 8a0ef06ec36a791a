package modeltest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// known reads a request into the vendor's published type and says what in it the type does not have.
func known(body []byte, into any) error {
	var sent, back map[string]any
	if err := json.Unmarshal(body, &sent); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	if sent["stream"] != true {
		return fmt.Errorf("not streamed")
	}
	delete(sent, "stream") // the libraries keep it out of their types
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("not of the vendor's schema: %w", err)
	}
	again, err := json.Marshal(into)
	if err != nil {
		return fmt.Errorf("not of the vendor's schema: %w", err)
	}
	if err := json.Unmarshal(again, &back); err != nil {
		return fmt.Errorf("not of the vendor's schema: %w", err)
	}
	if !reflect.DeepEqual(sent, back) {
		return fmt.Errorf("not of the vendor's schema, which reads it as %s", again)
	}
	return nil
}

// strict says what both vendors' structured output does not take in a schema: every object lists all of its fields as
// required and allows no other.
func strict(schema map[string]any) error {
	if schema["type"] == "object" {
		fields, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		if schema["additionalProperties"] != false || len(required) != len(fields) || len(fields) == 0 {
			return fmt.Errorf("an object of the schema is open: %v", schema)
		}
		for name, f := range fields {
			if !slices.Contains(required, any(name)) {
				return fmt.Errorf("field %s is not required", name)
			}
			field, ok := f.(map[string]any)
			if !ok {
				return fmt.Errorf("field %s is no schema", name)
			}
			if err := strict(field); err != nil {
				return err
			}
		}
	}
	for _, no := range []string{"minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems"} {
		if _, has := schema[no]; has {
			return fmt.Errorf("%s is not supported by every vendor", no)
		}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		return strict(items)
	}
	if schema["type"] == nil {
		return fmt.Errorf("no type in %v", schema)
	}
	return nil
}

// tokens is about how many tokens some bytes are.
func tokens(n int) int { return (n + 3) / 4 }

// errorBody is the vendor's error for a status.
func errorBody(v Vendor, status int) string {
	kind := map[int]string{400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}[status]
	if kind == "" {
		kind = "api_error"
	}
	message := strconv.Quote("status " + strconv.Itoa(status))
	if v == OpenAI {
		return `{"error":{"message":` + message + `,"type":"` + kind + `","param":null,"code":null}}`
	}
	return `{"type":"error","error":{"type":"` + kind + `","message":` + message + `},"request_id":"req_1"}`
}
