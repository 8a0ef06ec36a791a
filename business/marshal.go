package business

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Marshal writes a business file, secrets included, that Parse reads back to an equal business. Give it Masked(b)
// where the file is to be shown.
func Marshal(b *Business) ([]byte, error) {
	var buf bytes.Buffer
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	if err := enc.Encode(b); err != nil {
		return nil, fmt.Errorf("write business file: %w", err)
	}
	if err := enc.Close(); err != nil {
		return nil, fmt.Errorf("write business file: %w", err)
	}
	return buf.Bytes(), nil
}
