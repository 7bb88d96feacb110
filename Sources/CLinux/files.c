#define _GNU_SOURCE
#include "CLinuxFiles.h"

#include <errno.h>
#include <unistd.h>
#include <stdio.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
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
