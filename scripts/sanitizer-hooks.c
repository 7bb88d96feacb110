// Linked into every program of a sanitized build; see nightly.sh. Each sanitizer uses its own part.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#if __has_feature(thread_sanitizer)
// Where two threads meet at one of Swift's Mutexes, both wait and wake in a library that is not instrumented:
// ThreadSanitizer would see what they touch and not the lock between them. So it is told.

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define HOOK __attribute__((swiftcall, no_sanitize("thread")))

typedef __attribute__((swiftcall)) void Lock(uint32_t thread, __attribute__((swift_context)) void *mutex);
typedef __attribute__((swiftcall)) void Unlock(__attribute__((swift_context)) void *mutex);

HOOK void lockSlow(uint32_t thread, __attribute__((swift_context)) void *mutex) __asm__(LOCK);
HOOK void lockSlow(uint32_t thread, __attribute__((swift_context)) void *mutex) {
    static Lock *original;
    if (!original) original = (Lock *)dlsym(RTLD_NEXT, LOCK);
    original(thread, mutex);
    __tsan_acquire(mutex);
}

HOOK void unlockSlow(__attribute__((swift_context)) void *mutex) __asm__(UNLOCK);
HOOK void unlockSlow(__attribute__((swift_context)) void *mutex) {
    static Unlock *original;
    if (!original) original = (Unlock *)dlsym(RTLD_NEXT, UNLOCK);
    __tsan_release(mutex);
    original(mutex);
}
#endif

#if __has_feature(address_sanitizer)
// Swift keeps which case an enum is in spare bits of its pointer, so what only an enum holds looks forgotten: leaks are
// told of what C allocates (libedit, SQLite, OpenSSL, libcurl, ours), not of Swift's objects.
const char *__lsan_default_suppressions(void) { return "leak:swift_slowAlloc\n"; }
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
#endif
