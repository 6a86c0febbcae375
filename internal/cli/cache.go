package cli

import "stagecue.dev/internal/cache"

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
