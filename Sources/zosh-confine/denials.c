// What a bound program may not ask of the kernel.
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// One machine's numbers for the calls in question.
struct numbers {
    uint32_t machine, keyctl, add_key, request_key, ioctl;
};

#if defined(__x86_64__)
static const struct numbers known[] = {
    {AUDIT_ARCH_X86_64, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_ioctl},
    {AUDIT_ARCH_I386, 288, 286, 287, 54},
};
#elif defined(__aarch64__)
static const struct numbers known[] = {
    {AUDIT_ARCH_AARCH64, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_ioctl},
    {AUDIT_ARCH_ARM, 311, 309, 310, 54},
};
#else
#error "the numbers of this machine's calls are missing"
#endif

// The same calls under the numbers of x86's third way to make them.
enum { OTHER_NUMBERS = 0x40000000 };

struct program {
    struct sock_filter steps[64];
    unsigned short count;
};

static void add(struct program *program, struct sock_filter step) { program->steps[program->count++] = step; }

static void load(struct program *program, size_t offset) {
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void refuse_if_equal(struct program *program, uint32_t value, int problem) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)problem));
}

static void add_rules(struct program *program, const struct numbers *numbers, int hides_keys) {
    // Past these rules on another machine's calls; filled in below.
    const unsigned short jump = program->count;
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, numbers->machine, 0, 0));
    load(program, offsetof(struct seccomp_data, nr));
    if (numbers->machine == AUDIT_ARCH_X86_64) {
        add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 0, 1));
        add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
    }
    if (hides_keys) {
        // As on a kernel without keyrings, which programs know how to do without.
        refuse_if_equal(program, numbers->keyctl, ENOSYS);
        refuse_if_equal(program, numbers->add_key, ENOSYS);
        refuse_if_equal(program, numbers->request_key, ENOSYS);
    }
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, numbers->ioctl, 0, 3));
    // The kernel looks at the lower half of the request only.
    load(program, offsetof(struct seccomp_data, args[1]));
    refuse_if_equal(program, TIOCSTI, EPERM);
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    program->steps[jump].jf = (unsigned char)(program->count - jump - 1);
}

int shares_keyring_of_user(void) {
    const long session = syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0, 0, 0);
    const long user = syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_SESSION_KEYRING, 0, 0, 0);
    return session >= 0 && session == user;
}

int deny(int hides_keys) {
    struct program program = {.count = 0};
    for (size_t index = 0; index < sizeof known / sizeof known[0]; index++) {
        load(&program, offsetof(struct seccomp_data, arch));
        add_rules(&program, &known[index], hides_keys);
    }
    add(&program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const struct sock_fprog filter = {.len = program.count, .filter = program.steps};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0) {
        return 0;
    }
    // Without its own right a process may only do so once it can gain none. An ordinary user needs the rules for
    // the keys alone: the kernel lets it type into no terminal but its own, and it has none.
    if (!hides_keys) {
        return 0;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -1;
    }
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
