#define _GNU_SOURCE
// Keeps the process alive where /proc is not mounted.
//
// Once a second libdispatch, which runs every Swift task, reads /proc/THREAD/stat of its busy workers, and ends the
// process (SIGILL) when the file cannot be opened. It has no switch against that. Its `open` is therefore found here:
// the system call as it is, but for that one file, where an empty one stands in for it. libdispatch then takes the
// worker for one that waits, and at most starts another.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_worker(const char *path) {
    int end = 0;
    return sscanf(path, "/proc/%*[0-9]/stat%n", &end) == 0 && end > 0 && path[end] == '\0';
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    const int number = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (number >= 0 || errno != ENOENT || !is_worker(path)) {
        return number;
    }
    return memfd_create("worker", MFD_CLOEXEC);
}
