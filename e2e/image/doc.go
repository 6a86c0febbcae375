// Package image reads built images: their configuration, their files, and what
// lies in their layers.
package image
