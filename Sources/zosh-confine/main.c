// Starts a program apart from zosh: in a session of its own, so that it cannot type into our terminal (TIOCSTI), with
// a fresh session keyring, so that it cannot read the key we keep there, and with no descriptor but 0, 1 and 2.
//
// usage: zosh-confine [--report DESCRIPTOR] PROGRAM [ARGUMENT…]
//
// On failure it writes errno to the reporting descriptor, which a successful exec closes, or says why on standard
// error, and exits 125, the status by which env(1) and timeout(1) tell their own failures from the program's.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OWN_FAILURE = 125, CLOSE_ON_EXEC = 4 /* CLOSE_RANGE_CLOEXEC, which older headers lack */ };

static int fail(int report, const char *what) {
    const int problem = errno;
    // Whoever reads the report says it in their own words.
    if (report < 0 || write(report, &problem, sizeof problem) < 0) {
        fprintf(stderr, "zosh-confine: %s: %s\n", what, strerror(problem));
    }
    return OWN_FAILURE;
}

int main(int argc, char **argv) {
    int report = -1;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--report") == 0) {
        char *end = NULL;
        const long number = strtol(argv[2], &end, 10);
        if (end == argv[2] || *end != '\0' || number < 3 || number > 1 << 20) {
            errno = EBADF;
            return fail(-1, argv[2]);
        }
        report = (int)number;
        first = 3;
    }
    if (argc <= first) {
        fputs("usage: zosh-confine [--report DESCRIPTOR] PROGRAM [ARGUMENT…]\n", stderr);
        return OWN_FAILURE;
    }
    if (setsid() < 0) {
        return fail(report, "a session of its own");
    }
    // A kernel without keyrings has nothing to hide.
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL, 0, 0, 0) < 0 && errno != ENOSYS) {
        return fail(report, "a fresh keyring");
    }
    if (syscall(SYS_close_range, 3U, ~0U, CLOSE_ON_EXEC) != 0) {
        return fail(report, "closing descriptors");
    }
    // What zosh ignores, such as a broken pipe, would stay ignored.
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(argv[first], argv + first);
    return fail(report, argv[first]);
}
