#define _GNU_SOURCE
#include "CLinuxMemory.h"

#include <string.h>
#include <sys/mman.h>

void zosh_wipe(void *bytes, size_t length) {
    explicit_bzero(bytes, length);
}

bool zosh_equal_in_constant_time(const void *a, const void *b, size_t length) {
    const volatile unsigned char *left = a;
    const volatile unsigned char *right = b;
    unsigned char difference = 0;
    for (size_t i = 0; i < length; i++) {
        difference |= (unsigned char)(left[i] ^ right[i]);
    }
    return difference == 0;
}

void *zosh_map_locked(size_t length) {
    void *bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) {
        return NULL;
    }
    if (mlock(bytes, length) != 0
        || madvise(bytes, length, MADV_DONTDUMP) != 0
        || madvise(bytes, length, MADV_WIPEONFORK) != 0) {
        munmap(bytes, length);
        return NULL;
    }
    return bytes;
}

void zosh_unmap_locked(void *bytes, size_t length) {
    explicit_bzero(bytes, length);
    munmap(bytes, length);
}
