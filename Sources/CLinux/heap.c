// Wipes memory as it is given back to the allocator.
//
// A token that became a String for an HTTP header, a derived key in a library's
// buffer, a page of people: their memory is freed by code that does not wipe
// it and stays readable in the heap until something reuses it. Replacing free
// and realloc for the whole process is the one place that reaches all of them.
// malloc stays the system's own; sanitizers bring their own allocator, and
// there this file is empty.
#define _GNU_SOURCE
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ZOSH_OTHER_ALLOCATOR 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__linux__)
#define ZOSH_OTHER_ALLOCATOR 1
#endif

#if !defined(ZOSH_OTHER_ALLOCATOR)
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

// The C library's own, under the names it exports for replacements like these.
extern void __libc_free(void *);

void free(void *bytes) {
    if (bytes == NULL) {
        return;
    }
    explicit_bzero(bytes, malloc_usable_size(bytes));
    __libc_free(bytes);
}

void *realloc(void *bytes, size_t length) {
    if (bytes == NULL) {
        return malloc(length);
    }
    if (length == 0) {
        free(bytes);
        return NULL;
    }
    const size_t held = malloc_usable_size(bytes);
    if (length <= held && length >= held / 2) {
        return bytes;
    }
    void *moved = malloc(length);
    if (moved == NULL) {
        return NULL;
    }
    memcpy(moved, bytes, held < length ? held : length);
    free(bytes);
    return moved;
}
#endif
