package main

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// hugePages has the kernel back the first of the heap by huge pages, where it is
// not told otherwise. A run touches each page of some hundred megabytes once,
// which costs as much as a tenth of it, page by page. The memory is asked for as
// one allocation and given back to the heap at once: none of it is touched, and so
// none is used, before something else is put there.
func hugePages(bytes int) {
	reserved := make([]byte, bytes)
	// A kernel that has no huge pages says so, and goes on as it did.
	_ = unix.Madvise(reserved, unix.MADV_HUGEPAGE)
	runtime.KeepAlive(reserved)
	runtime.GC()
}
