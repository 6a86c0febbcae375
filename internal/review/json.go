package review

import (
	"encoding/json"
	"io"
)

// WriteJSON prints a review as one document.
func WriteJSON(w io.Writer, r *Review) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}
