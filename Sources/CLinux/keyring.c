#define _GNU_SOURCE
#include "CLinuxKeyring.h"

#include <errno.h>
#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// KEY_POS_VIEW | READ | SEARCH | SETATTR | WRITE: for the possessor of the
// session keyring, and for nobody merely because the user id is the same.
#define POSSESSOR_ONLY 0x2f000000

static long find(const char *description) {
    return syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user", description, 0);
}

int zosh_keyring_put(const char *description, const void *payload, size_t length,
                     unsigned int seconds) {
    // Asked for first without creating one: a process that was given none would
    // otherwise get one for this very thread, which no other thread ever sees,
    // instead of the user's own that stands in for it.
    const long keyring = syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0, 0, 0);
    if (keyring < 0) {
        return -1;
    }
    const long key = syscall(SYS_add_key, "user", description, payload, length, keyring);
    if (key < 0) {
        return -1;
    }
    // The limit first: setting permissions could take the right to set it.
    if (syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, seconds, 0, 0) != 0
        || syscall(SYS_keyctl, KEYCTL_SETPERM, key, POSSESSOR_ONLY, 0, 0) != 0) {
        const int problem = errno;
        syscall(SYS_keyctl, KEYCTL_REVOKE, key, 0, 0, 0);
        errno = problem;
        return -1;
    }
    return 0;
}

long zosh_keyring_get(const char *description, void *buffer, size_t length) {
    const long key = find(description);
    if (key < 0) {
        return -1;
    }
    return syscall(SYS_keyctl, KEYCTL_READ, key, buffer, length, 0);
}

int zosh_keyring_revoke(const char *description) {
    const long key = find(description);
    if (key < 0) {
        return -1;
    }
    return (int)syscall(SYS_keyctl, KEYCTL_REVOKE, key, 0, 0, 0);
}

int zosh_keyring_join_fresh(void) {
    return syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, 0, 0, 0, 0) < 0 ? -1 : 0;
}
