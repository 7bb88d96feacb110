#define _GNU_SOURCE
#include "CLinuxStart.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static int count;
static char **words;
// As the kernel was told to start us, made whole before anything changes the working directory.
static char program[PATH_MAX];

__attribute__((constructor)) static void remember_arguments(int argc, char **argv, char **envp) {
    (void)envp;
    count = argc;
    words = argv;
    const char *name = (const char *)getauxval(AT_EXECFN);
    if (name == NULL || realpath(name, program) == NULL) {
        program[0] = '\0';
    }
}

int zosh_argument_count(void) { return count; }

const char *zosh_argument(int index) { return index >= 0 && index < count ? words[index] : NULL; }

int zosh_own_path(char *path, size_t room) {
    const ssize_t length = readlink("/proc/self/exe", path, room - 1);
    if (length >= 0) {
        path[length] = '\0';
        return 0;
    }
    const size_t needed = strlen(program) + 1;
    if (needed == 1 || needed > room) {
        errno = ENOENT;
        return -1;
    }
    memcpy(path, program, needed);
    return 0;
}

int zosh_open_standard_descriptors(void) {
    for (int number = 0; number < 3; number++) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) {
            continue;
        }
        // The lowest free number is this one, since those below it exist by now.
        if (open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY) != number) {
            return -1;
        }
    }
    return 0;
}
