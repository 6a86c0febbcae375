package testscripts

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"

	"stagecue.dev/internal/plain"
)

var (
	htmlTag     = regexp.MustCompile(`<[A-Za-z/][^>]*>`)
	htmlComment = regexp.MustCompile(`<!--.*?-->`)
	htmlCode    = regexp.MustCompile(`(?s)<(pre|code)[ >].*?</(pre|code)>`)
	// live is what GitHub looks for in the text of a page, code excepted.
	live = regexp.MustCompile(`(?i)@\w|#\d|\bGH-\d|://|\bwww\.|mailto:|:(tada|\+1):|\$\S`)
)

// wantMarkdown wants a page that consists of the same elements as one with
// ordinary words, and shows the texts.
func wantMarkdown(t *testing.T, what, page, ordinary string, texts []string) {
	t.Helper()
	got, want := rendered(t, page), rendered(t, ordinary)
	if g, w := elements(got), elements(want); !slices.Equal(g, w) {
		t.Errorf("%s consists of other elements:\n%s\nof\n%s", what, strings.Join(g, ""), page)
	}
	// The address of the rule is meant to be one.
	bare := strings.ReplaceAll(htmlCode.ReplaceAllString(got, ""), "https://example.com/see", "")
	bare = strings.ReplaceAll(bare, "<span>$</span>", "")
	if found := live.FindString(htmlTag.ReplaceAllString(bare, "")); found != "" {
		t.Errorf("%s holds %q, which GitHub would make live:\n%s", what, found, page)
	}
	shown := html.UnescapeString(htmlTag.ReplaceAllString(htmlComment.ReplaceAllString(got, ""), ""))
	for _, text := range texts {
		if word := plain.Words(text); !strings.Contains(shown, word) {
			t.Errorf("%s does not show %q:\n%s", what, word, shown)
		}
	}
}

// elements are the tags of HTML, without those that keep text apart.
func elements(page string) []string {
	return slices.DeleteFunc(htmlTag.FindAllString(htmlComment.ReplaceAllString(page, ""), -1), func(tag string) bool { return tag == "<span>" || tag == "</span>" })
}

func rendered(t *testing.T, page string) string {
	t.Helper()
	var b bytes.Buffer
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(renderer.WithUnsafe()))
	if err := markdown.Convert([]byte(page), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
