// The parent of a bound program: ends it with zosh, and what it has started with it.
#define _GNU_SOURCE
#include "confine.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_TO_END = 2 };

struct process {
    pid_t number, parent;
    int is_ours;
};

struct list {
    struct process *all;
    size_t count, room;
};

static pid_t parent_of(const char *number) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/stat", number);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return -1;
    }
    char line[1024];
    const size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = '\0';
    // The name between the parentheses may hold anything, parentheses too.
    const char *end = strrchr(line, ')');
    int parent = -1;
    return end != NULL && sscanf(end + 1, " %*c %d", &parent) == 1 ? parent : -1;
}

// Every process there is. Empty without /proc.
static void read_processes(struct list *list) {
    DIR *folder = opendir("/proc");
    if (folder == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const long number = strtol(entry->d_name, NULL, 10);
        if (number <= 0) {
            continue;
        }
        if (list->count == list->room) {
            const size_t room = list->room == 0 ? 1024 : list->room * 2;
            struct process *all = realloc(list->all, room * sizeof *all);
            if (all == NULL) {
                break;
            }
            list->all = all;
            list->room = room;
        }
        list->all[list->count++] = (struct process){(pid_t)number, parent_of(entry->d_name), 0};
    }
    closedir(folder);
}

// Sends a signal to all that descends from us. What has left the program's session is among it: as their subreaper we
// become the parent of those whose own has ended.
static void signal_descendants(int number) {
    struct list list = {NULL, 0, 0};
    read_processes(&list);
    const pid_t own = getpid();
    for (int has_grown = 1; has_grown;) {
        has_grown = 0;
        for (size_t i = 0; i < list.count; i++) {
            struct process *process = &list.all[i];
            if (process->is_ours) {
                continue;
            }
            int is_ours = process->parent == own;
            for (size_t j = 0; j < list.count && !is_ours; j++) {
                is_ours = list.all[j].is_ours && list.all[j].number == process->parent;
            }
            if (is_ours) {
                process->is_ours = 1;
                has_grown = 1;
            }
        }
    }
    for (size_t i = 0; i < list.count; i++) {
        if (list.all[i].is_ours) {
            kill(list.all[i].number, number);
        }
    }
    free(list.all);
}

static void signal_all(pid_t child, int number) {
    // Without /proc at least the program's own group.
    kill(-child, number);
    signal_descendants(number);
}

static void end_as(int status) {
    if (WIFSIGNALED(status)) {
        sigset_t none;
        sigemptyset(&none);
        signal(WTERMSIG(status), SIG_DFL);
        sigprocmask(SIG_SETMASK, &none, NULL);
        raise(WTERMSIG(status));
    }
    _exit(WEXITSTATUS(status));
}

// Takes the children that have ended off the kernel's hands. Returns whether any is left.
static int reap(pid_t child, int *status, int *has_ended) {
    while (1) {
        int found = 0;
        const pid_t ended = waitpid(-1, &found, WNOHANG);
        if (ended == child) {
            *status = found;
            *has_ended = 1;
        }
        if (ended <= 0) {
            return ended == 0 || errno != ECHILD;
        }
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void attend(pid_t child, pid_t parent, const sigset_t *signals) {
    int status = 0;
    int has_ended = 0;
    // When those that were asked to end are killed; 0 while none was.
    double deadline = 0;
    while (1) {
        const struct timespec tick = {0, 50 * 1000 * 1000};
        const int number = deadline > 0 ? sigtimedwait(signals, NULL, &tick) : sigwaitinfo(signals, NULL);
        const int has_children = reap(child, &status, &has_ended);
        if (deadline > 0 ? !has_children : has_ended) {
            end_as(status);
        }
        if (number == SIGTERM && deadline == 0) {
            signal_all(child, SIGTERM);
            deadline = now() + SECONDS_TO_END;
        }
        // SIGUSR2 also comes when only the thread has ended that started us.
        if (number == SIGUSR1 || (number == SIGUSR2 && getppid() != parent)) {
            deadline = now();
        }
        if (deadline > 0 && now() >= deadline) {
            signal_all(child, SIGKILL);
        }
    }
}

int stay(pid_t parent, int leads) {
    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int *number = (const int[]){SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD, 0}; *number != 0; number++) {
        sigaddset(&signals, *number);
    }
    if (sigprocmask(SIG_BLOCK, &signals, &before) != 0 || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0
        || prctl(PR_SET_PDEATHSIG, SIGUSR2, 0, 0, 0) != 0) {
        return -1;
    }
    // zosh may have ended already, and then no signal would tell us.
    if (getppid() != parent) {
        _exit(0);
    }
    const pid_t child = fork();
    if (child < 0) {
        return -1;
    }
    // In its own group, so that what it sends to its group does not come to us.
    if (child == 0) {
        if ((leads ? setsid() : setpgid(0, 0)) < 0) {
            return -1;
        }
        return sigprocmask(SIG_SETMASK, &before, NULL);
    }
    // Ours would keep the pipe and the report open for zosh after the program has closed them.
    if (syscall(SYS_close_range, 0U, ~0U, 0U) != 0) {
        kill(-child, SIGKILL);
    }
    attend(child, parent, &signals);
    return 0;
}
