package review

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// instructions compares the instructions of a stage, those aside that only say
// what an image is like: they make no layer, and others do not depend on them.
func (c *comparison) instructions(s, old dockerfile.OutlineStage, v *verdict) {
	was := slices.DeleteFunc(slices.Clone(old.Instructions), func(i dockerfile.OutlineInstruction) bool { return isConfiguration(i.Keyword) })
	at, differs := 0, false
	for n, i := range s.Instructions {
		if isConfiguration(i.Keyword) {
			if !slices.ContainsFunc(old.Instructions, func(o dockerfile.OutlineInstruction) bool { return o.Key == i.Key }) {
				v.configured = true
			}
			continue
		}
		if !differs {
			switch {
			case at == len(was):
				differs = true
				v.lacks(n, true, "new", i.Text)
			case c.key(c.after, i) != c.key(c.before, was[at]):
				differs = true
				why, text := "changed", i.Text
				if has(s.Instructions[n+1:], was[at].Key) {
					why = "new"
				} else if has(was[at+1:], i.Key) {
					why, text = "removed", was[at].Text
				}
				v.lacks(n, true, why, text)
			}
			at++
		}
		for _, from := range i.From {
			if other, ok := find(c.after, from); ok && c.stage(other).files {
				v.lacks(n, false, "", "")
			}
		}
	}
	if !differs && at < len(was) {
		v.lacks(len(s.Instructions), true, "removed", was[at].Text)
		v.files = makesFiles(was[at].Keyword)
	}
	for _, o := range old.Instructions {
		if isConfiguration(o.Keyword) && !has(s.Instructions, o.Key) {
			v.configured = true
		}
	}
}

func has(list []dockerfile.OutlineInstruction, key string) bool {
	return slices.ContainsFunc(list, func(i dockerfile.OutlineInstruction) bool { return i.Key == key })
}

// key is what the cache knows an instruction by. That of an ARG is the value,
// too.
func (c *comparison) key(o dockerfile.Outline, i dockerfile.OutlineInstruction) string {
	if name, ok := strings.CutPrefix(i.Text, "ARG "); ok {
		return fmt.Sprintf("%s %q", i.Key, o.Args[name])
	}
	return i.Key
}

// fromKey is what the cache knows a FROM by.
func fromKey(o dockerfile.Outline, s dockerfile.OutlineStage) string {
	key := fmt.Sprintf("%q %q", s.Platform, s.From)
	if parts, err := dockerfile.ParseWord(s.From); err == nil {
		for _, name := range dockerfile.Names(parts) {
			key += fmt.Sprintf(" %s=%q", name, o.Args[name])
		}
	}
	return key
}

func find(o dockerfile.Outline, name string) (dockerfile.OutlineStage, bool) {
	for _, s := range o.Stages {
		if strings.EqualFold(s.Name, name) {
			return s, true
		}
	}
	return dockerfile.OutlineStage{}, false
}

// isLayer tells the instructions that take time.
func isLayer(keyword string) bool { return keyword == "RUN" || keyword == "COPY" || keyword == "ADD" }

// makesFiles tells the instructions that leave files behind.
func makesFiles(keyword string) bool { return isLayer(keyword) || keyword == "WORKDIR" }

// isConfiguration tells the instructions that only say what an image is like.
func isConfiguration(keyword string) bool {
	return slices.Contains([]string{"LABEL", "CMD", "ENTRYPOINT", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "VOLUME", "ONBUILD"}, keyword)
}
