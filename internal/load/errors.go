package load

import (
	"errors"
	"io/fs"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// ioError is the diagnostic of a file that cannot be read. The path in err is
// left out: it would be this machine's own.
func ioError(span source.Span, message string, err error) *diag.Diagnostic {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &diag.Diagnostic{Code: diag.CodeIO, Severity: diag.Error, Span: span, Message: message + ": " + err.Error()}
}
