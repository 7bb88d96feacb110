// The parts of zosh-confine.
#ifndef ZOSH_CONFINE_H
#define ZOSH_CONFINE_H

#include <stdint.h>
#include <sys/types.h>

/// Whether this login has no session keyring, so that keys kept for the session lie in the user's, which every process
/// of the user can reach from whatever session. Asked before a fresh keyring is joined.
int shares_keyring_of_user(void);

/// Takes from this process and all it starts the typing into terminals (TIOCSTI) and, with `hides_keys`, the kernel's
/// keys. 0, or -1 with errno.
int deny(int hides_keys);

/// Forks. The child returns 0 and becomes the program. The parent stays until it has ended and ends in the same way;
/// told to (SIGTERM, SIGUSR1), or when `parent` has ended, it ends the program and everything that has started.
/// With `leads` it has its own session, beside ours. -1 with errno when nothing was started, or in a child that
/// cannot go on.
int stay(pid_t parent, int leads);

#endif
