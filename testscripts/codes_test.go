package testscripts

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stagecue.dev/docs"
)

// TestCodes holds every kind of finding to three things: a page that explains
// it, shown with its own code, and a script that pins where it points.
func TestCodes(t *testing.T) {
	source, err := os.ReadFile("../internal/diag/codes.go")
	if err != nil {
		t.Fatal(err)
	}
	var scripts strings.Builder
	names, err := filepath.Glob("*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		scripts.Write(text)
	}
	pages := map[string]docs.Finding{}
	all, err := docs.Findings()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range all {
		pages[page.Code] = page
	}
	codes := regexp.MustCompile(`Code = "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(codes) != len(pages) {
		t.Errorf("there are %d codes and %d pages", len(codes), len(pages))
	}
	for _, match := range codes {
		code := match[1]
		page, ok := pages[code]
		switch {
		case !ok:
			t.Errorf("%s has no page in docs/findings", code)
		case !strings.HasPrefix(page.Text, "# "+code+"\n") || !strings.HasSuffix(page.Summary, ".") || len(page.Summary) > 100:
			t.Errorf("the page of %s does not start with its code and one sentence", code)
		case !strings.Contains(page.Text, "["+code+"]") && !strings.Contains(page.Text, "title="+code+"::"):
			t.Errorf("the page of %s does not show it", code)
		}
		// A failure of our own cannot be provoked; drift is shown as a diff.
		if code != "internal" && !strings.Contains(scripts.String(), "["+code+"]") && !strings.Contains(scripts.String(), "title="+code+"::") {
			t.Errorf("no script shows %s", code)
		}
	}
}
