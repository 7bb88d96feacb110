// Starts a program apart from zosh: in its own session, so that it cannot type into our terminal (TIOCSTI), with
// a fresh session keyring, so that it cannot read the key we keep there, and with no descriptor but 0, 1 and 2.
//
// usage: zosh-confine [--bound | --leading] [--report DESCRIPTOR] PROGRAM [ARGUMENT…]
//
// With --bound it stays, and when zosh ends it ends the program and whatever that has started: the kernel tells only a
// direct child of a parent's death. A bound program also loses what deny() takes. With --leading it is bound and leads
// a session of its own.
//
// On failure it writes errno to the reporting descriptor, which a successful exec closes, or says why on standard
// error, and exits 125, the status by which env(1) and timeout(1) tell their own failures from the program's.
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
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
    // The reader of the report says it in its own words.
    if (report < 0 || write(report, &problem, sizeof problem) < 0) {
        fprintf(stderr, "zosh-confine: %s: %s\n", what, strerror(problem));
    }
    return OWN_FAILURE;
}

int main(int argc, char **argv) {
    const pid_t parent = getppid();
    int report = -1;
    int first = 1;
    int is_bound = 0;
    int leads = 0;
    if (argc > 1 && (strcmp(argv[1], "--bound") == 0 || strcmp(argv[1], "--leading") == 0)) {
        is_bound = 1;
        leads = strcmp(argv[1], "--leading") == 0;
        first = 2;
    }
    if (argc > first + 1 && strcmp(argv[first], "--report") == 0) {
        const char *word = argv[first + 1];
        char *end = NULL;
        const long number = strtol(word, &end, 10);
        if (end == word || *end != '\0' || number < 3 || number > 1 << 20) {
            errno = EBADF;
            return fail(-1, word);
        }
        report = (int)number;
        first += 2;
    }
    if (argc <= first) {
        fputs("usage: zosh-confine [--bound | --leading] [--report DESCRIPTOR] PROGRAM [ARGUMENT…]\n", stderr);
        return OWN_FAILURE;
    }
    if (setsid() < 0) {
        return fail(report, "a session of its own");
    }
    const int hides_keys = shares_keyring_of_user();
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
    if (is_bound && stay(parent, leads) < 0) {
        return fail(report, "staying with the program");
    }
    if (is_bound && deny(hides_keys) != 0) {
        return fail(report, "taking the kernel's keys away");
    }
    execv(argv[first], argv + first);
    return fail(report, argv[first]);
}
