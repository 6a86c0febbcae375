package bake

import "stagecue.dev/internal/images"

// Name is the name of the target of an image, in all files for bake.
func Name(v *images.Variant, target string) string { return targetName(v, target) }
