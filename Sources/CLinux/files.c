#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <errno.h>
#include <unistd.h>
#include <stdio.h>
#include <fcntl.h>
#include <poll.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

int zosh_try_lock(int descriptor) {
    int result;
    do {
        result = flock(descriptor, LOCK_EX | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    if (result != 0 && errno == EWOULDBLOCK) {
        return 1;
    }
    return result;
}

void zosh_unlock(int descriptor) {
    while (flock(descriptor, LOCK_UN) != 0 && errno == EINTR) {
    }
}

// Numbers of linux/magic.h and of the file systems' own sources; the header
// lacks half of them.
static const struct {
    uint32_t magic;
    const char *name;
} network_filesystems[] = {
    {0x00006969, "NFS"},  {0x0000517B, "SMB"},   {0xFF534D42, "CIFS"},
    {0xFE534D42, "SMB2"}, {0x01021997, "9P"},    {0x5346414F, "AFS"},
    {0x6B414653, "AFS"},  {0x00C36400, "Ceph"},  {0x73757245, "Coda"},
    {0x0000564C, "NCP"},  {0x65735546, "FUSE"},  {0x0BD00BD0, "Lustre"},
    {0x01161970, "GFS2"}, {0x7461636F, "OCFS2"}, {0x47504653, "GPFS"},
};

const char *zosh_network_filesystem(int descriptor) {
    struct statfs about;
    if (fstatfs(descriptor, &about) != 0) {
        return NULL;
    }
    errno = 0;
    const uint32_t magic = (uint32_t)about.f_type;
    for (size_t i = 0; i < sizeof network_filesystems / sizeof network_filesystems[0]; i++) {
        if (network_filesystems[i].magic == magic) {
            return network_filesystems[i].name;
        }
    }
    return NULL;
}

int zosh_rename_new(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    // A file system that cannot promise it, or a kernel that never heard of it.
    if (errno != EINVAL && errno != ENOSYS) {
        return -1;
    }
    return link(from, to) == 0 && unlink(from) == 0 ? 0 : -1;
}

static int is_changed_by_root_only(int folder) {
    struct stat about;
    struct statvfs place;
    if (fstat(folder, &about) != 0 || fstatvfs(folder, &place) != 0) {
        return 0;
    }
    // Kubernetes mounts its secrets with mode 1777, and read-only.
    return about.st_uid == 0 && ((about.st_mode & (S_IWGRP | S_IWOTH)) == 0 || (place.f_flag & ST_RDONLY) != 0);
}

int zosh_open_mounted_link(const char *folder, const char *name) {
    const int place = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (place < 0) {
        return -1;
    }
    struct stat link;
    int found = -1;
    if (!is_changed_by_root_only(place) || fstatat(place, name, &link, AT_SYMLINK_NOFOLLOW) != 0 || link.st_uid != 0) {
        errno = ELOOP;
    } else {
        const struct open_how how = {
            .flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
            .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
        };
        found = (int)syscall(SYS_openat2, place, name, &how, sizeof how);
        // It leads out of the folder, or this kernel cannot say.
        if (found < 0 && (errno == EXDEV || errno == ENOSYS)) {
            errno = ELOOP;
        }
    }
    const int problem = errno;
    close(place);
    errno = problem;
    return found;
}

int zosh_write_all(int descriptor, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        const ssize_t written = write(descriptor, rest, count);
        if (written > 0) {
            rest += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd door = {.fd = descriptor, .events = POLLOUT};
            (void)poll(&door, 1, -1);
        } else if (written == 0) {
            return EIO;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}
