package cache

import (
	"bytes"
	"debug/elf"
	"errors"
	"io"
	"os"
)

// buildID is the build ID of the command that runs: the go command makes it of
// all that the command was made of, and writes it into it.
func buildID() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	if program, err := elf.NewFile(file); err == nil {
		if note := program.Section(".note.go.buildid"); note != nil {
			id, err := note.Data()
			return string(id), err
		}
	}
	return markedID(file)
}

// markedID looks for the build ID where it stands in a file that is not ELF:
// close to the beginning of the code, in quotes.
func markedID(file io.ReaderAt) (string, error) {
	head := make([]byte, 64<<10)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	_, rest, found := bytes.Cut(head[:n], []byte("\xff Go build ID: \""))
	id, _, closed := bytes.Cut(rest, []byte{'"'})
	if !found || !closed || len(id) == 0 {
		return "", errors.New("the command has no build ID")
	}
	return string(id), nil
}
