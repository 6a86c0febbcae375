package cli

import (
	"fmt"

	"stagecue.dev/internal/cache"
	"stagecue.dev/internal/diag"
)

// cacheDir is the variable that names the directory of the cache.
const cacheDir = "STAGECUE_CACHE_DIR"

// cache is what earlier runs have evaluated. Without a directory to have it in
// there is none: it is of no use but to save time. One that the user has named
// has to be there.
func (a *app) cache() (*cache.Cache, error) {
	if a.noCache {
		return nil, nil
	}
	// They change how CUE evaluates.
	settings := []string{a.getenv("CUE_EXPERIMENT"), a.getenv("CUE_DEBUG")}
	if dir := a.getenv(cacheDir); dir != "" {
		return cache.Open(dir, settings...)
	}
	dir, err := cache.Dir()
	if err != nil {
		return nil, nil
	}
	c, err := cache.Open(dir, settings...)
	if err != nil {
		return nil, nil
	}
	return c, nil
}

// noCache says that the directory that the user has named is of no use.
func noCache(err error) diag.List {
	return diag.List{{
		Code: diag.CodeIO, Severity: diag.Error,
		Message: fmt.Sprintf("cannot use the directory that %s names: %v", cacheDir, err),
		Help:    "let it name a directory that can be written to, or run with --no-cache",
	}}
}
