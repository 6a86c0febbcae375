// Package container runs what an image says it runs, by runc.
package container
