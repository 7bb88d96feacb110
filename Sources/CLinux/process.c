#define _GNU_SOURCE
#include "CLinuxProcess.h"
#include "CLinuxStart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// The bytes the kernel shows in /proc/PID/environ. The array of pointers moves
// when the environment changes, these bytes never do, so their bounds are
// taken once, before anything can change it.
static char *first_byte;
static char *end_of_bytes;

__attribute__((constructor)) static void remember_environment(int argc, char **argv, char **envp) {
    (void)argc;
    (void)argv;
    if (envp == NULL || envp[0] == NULL) {
        return;
    }
    first_byte = envp[0];
    for (char **entry = envp; *entry != NULL; entry++) {
        end_of_bytes = *entry + strlen(*entry) + 1;
    }
}

int zosh_make_undumpable(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int zosh_is_dumpable(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
}

int zosh_forbid_core_files(void) {
    const struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none);
}

static int erase_if_named(char *entry, const char *name, size_t length) {
    if (strncmp(entry, name, length) != 0 || entry[length] != '=') {
        return 0;
    }
    char *value = entry + length + 1;
    const size_t count = strlen(value);
    explicit_bzero(value, count);
    return count > 0;
}

int zosh_erase_environment(const char *name) {
    const size_t length = strlen(name);
    int erased = 0;
    for (char *entry = first_byte; entry != NULL && entry < end_of_bytes;
         entry += strlen(entry) + 1) {
        erased += erase_if_named(entry, name, length);
    }
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
        if (*entry < first_byte || *entry >= end_of_bytes) {
            erased += erase_if_named(*entry, name, length);
        }
    }
    unsetenv(name);
    return erased;
}

int zosh_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

// Where the helper that confines children lies: beside our own program, and nowhere else, so that no other user can put
// another one first. 0 when it is there.
static int find_helper(char *path, size_t room) {
    static const char name[] = "zosh-confine";
    if (zosh_own_path(path, room) != 0) {
        return -1;
    }
    char *slash = strrchr(path, '/');
    if (slash == NULL || (size_t)(slash + 1 - path) + sizeof name > room) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(slash + 1, name, sizeof name);
    if (access(path, X_OK) != 0) {
        errno = ENOPKG;
        return -1;
    }
    return 0;
}

// Runs in a child forked from a process with threads: only async-signal-safe calls.
static void become_child(const char *helper, char *const *arguments, char *const *environment,
                         int input, int output, int errors, int report) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0
        && syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0
        // The helper needs it, to tell of the program's exec.
        && fcntl(report, F_SETFD, 0) == 0) {
        execve(helper, arguments, environment);
    }
    const int problem = errno;
    ssize_t written = write(report, &problem, sizeof problem);
    _exit(written < 0 ? 126 : 127);
}

int zosh_end_apart(int pid, int at_once) {
    return kill(pid, at_once ? SIGUSR1 : SIGTERM);
}

char **zosh_environment_of_programs(void) {
    size_t count = 0;
    while (environ != NULL && environ[count] != NULL) {
        count++;
    }
    char **entries = calloc(count + 1, sizeof *entries);
    size_t next = 0;
    for (size_t i = 0; entries != NULL && i < count; i++) {
        if (strncmp(environ[i], "ZOSH_", 5) != 0 && strncmp(environ[i], "ZOHO_", 5) != 0) {
            entries[next++] = environ[i];
        }
    }
    return entries;
}

int zosh_spawn_apart(const char *path, char *const *arguments, char *const *environment,
                     int input, int output, int errors, int binding, int *pid) {
    char helper[4096];
    if (find_helper(helper, sizeof helper) != 0) {
        return -1;
    }
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) {
        return -1;
    }
    size_t count = 0;
    while (arguments[count] != NULL) {
        count++;
    }
    char number[16];
    snprintf(number, sizeof number, "%d", report[1]);
    // Helper, its option, two words about the report, the program, its arguments but the first, the end.
    char **words = calloc(count + 6, sizeof *words);
    char **own = environment == NULL ? zosh_environment_of_programs() : NULL;
    char *const *given = environment == NULL ? own : environment;
    // The child installs its own copies as 0…2; make sure that none of the
    // sources is overwritten by an earlier copy.
    const int in = fcntl(input, F_DUPFD_CLOEXEC, 3);
    const int out = fcntl(output, F_DUPFD_CLOEXEC, 3);
    const int err = fcntl(errors, F_DUPFD_CLOEXEC, 3);
    pid_t child = -1;
    int problem = errno;
    if (words != NULL && given != NULL && in >= 0 && out >= 0 && err >= 0) {
        size_t next = 0;
        words[next++] = helper;
        if (binding != ZOSH_UNBOUND) {
            words[next++] = (char *)(binding == ZOSH_LEADING ? "--leading" : "--bound");
        }
        words[next++] = (char *)"--report";
        words[next++] = number;
        words[next++] = (char *)path;
        for (size_t i = 1; i < count; i++) {
            words[next++] = arguments[i];
        }
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        child = fork();
        problem = errno;
        if (child == 0) {
            become_child(helper, words, given, in, out, err, report[1]);
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    free(words);
    free(own);
    close(in);
    close(out);
    close(err);
    close(report[1]);
    if (child > 0) {
        ssize_t got;
        do {
            got = read(report[0], &problem, sizeof problem);
        } while (got < 0 && errno == EINTR);
        if (got == (ssize_t)sizeof problem) {
            waitpid(child, NULL, 0);
            child = -1;
        }
    }
    close(report[0]);
    if (child < 0) {
        errno = problem;
        return -1;
    }
    *pid = child;
    return 0;
}
