//go:build !linux

package main

// hugePages does nothing where the kernel decides by itself.
func hugePages(int) {}
