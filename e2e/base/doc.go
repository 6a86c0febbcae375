// Package base makes base images without a registry: OCI layouts with one layer,
// from a distribution's packages or from one program. They are kept in a
// directory of the user's cache, so that they are made once.
package base
