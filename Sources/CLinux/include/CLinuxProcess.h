// What a process does to keep its memory and environment to itself.
#ifndef ZOSH_CLINUX_PROCESS_H
#define ZOSH_CLINUX_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/// Forbids core dumps, ptrace and /proc/PID/mem by the same user (PR_SET_DUMPABLE 0).
int zosh_make_undumpable(void);

/// Whether the process may be dumped: 1 or 2 yes, 0 no.
int zosh_is_dumpable(void);

/// Sets both limits of RLIMIT_CORE to 0.
int zosh_forbid_core_files(void);

/// Overwrites the value of the environment variable `name` wherever it lies,
/// the block the kernel shows in /proc/PID/environ included, then unsets it.
/// `unsetenv` alone leaves the bytes in place. Returns how many copies were
/// overwritten. Call before other threads read the environment.
int zosh_erase_environment(const char *_Nonnull name);

/// Makes a pipe that programs we start do not inherit: `*reading`, `*writing`.
int zosh_pipe(int *_Nonnull reading, int *_Nonnull writing);

/// Our environment without what only zosh reads (`ZOSH_*` and `ZOHO_*`: keys, homes, clients), as every program gets it
/// that we start: the entries themselves, byte by byte, with NULL behind them. The array is the caller's to free; NULL
/// when there is no memory for it.
char *_Nullable *_Nullable zosh_environment_of_programs(void);

/// What becomes of a program when this process ends: nothing, or its end; with LEADING it also leads its session, which
/// else the helper does.
enum { ZOSH_UNBOUND = 0, ZOSH_BOUND = 1, ZOSH_LEADING = 2 };

/// Starts `path`, by way of the program zosh-confine beside our own, as its own
/// session (setsid: it cannot inject keystrokes into our terminal) joined to a
/// fresh, empty session keyring, with only the three given descriptors. errno
/// is ENOPKG when zosh-confine is not there. The program sees `path` as its own
/// name, whatever the first argument says. `arguments` and `environment` end with NULL; without an environment it is
/// that of programs (below). On success
/// `*pid` is the child's id; on failure errno is the one of the failing step,
/// an exec that failed in the child included.
/// Bound it ends, with everything it has started, when this process does; the pid is then the helper's, which ends as
/// the program does.
int zosh_spawn_apart(const char *_Nonnull path, char *const _Nullable *_Nonnull arguments,
                     char *const _Nullable *_Nullable environment, int input, int output,
                     int errors, int binding, int *_Nonnull pid);

/// Ends a program that `zosh_spawn_apart` has bound with everything it has started, whatever session that has moved to:
/// asks it first and insists after two seconds, or kills it at once.
int zosh_end_apart(int pid, int at_once);

#endif
