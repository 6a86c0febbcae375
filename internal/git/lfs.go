package git

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"regexp"
)

// pointer is what Git LFS checks in instead of a file:
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
var pointer = regexp.MustCompile(`\Aversion https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize [0-9]+\n\z`)

// pointsTo reports whether a text is a pointer to the content of a file.
func pointsTo(text []byte, name string) bool {
	found := pointer.FindSubmatch(text)
	if found == nil {
		return false
	}
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, file)
	return err == nil && hex.EncodeToString(hash.Sum(nil)) == string(found[1])
}
