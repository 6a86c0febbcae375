// Package builder runs BuildKit within this process: the solver, the Dockerfile
// frontend and a worker that runs commands by runc.
package builder
