// Memory that holds secrets: locked, left out of dumps, wiped in children.
#ifndef ZOSH_CLINUX_MEMORY_H
#define ZOSH_CLINUX_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Overwrites `length` bytes with zeros; the compiler cannot leave it out.
void zosh_wipe(void *_Nonnull bytes, size_t length);

/// Compares `length` bytes in a time that depends on `length` only.
bool zosh_equal_in_constant_time(const void *_Nonnull a, const void *_Nonnull b, size_t length);

/// Maps `length` zeroed bytes that are locked in memory (mlock), left out of
/// core dumps (MADV_DONTDUMP) and zero in a forked child (MADV_WIPEONFORK).
/// NULL when any of the three is refused; nothing stays mapped then.
void *_Nullable zosh_map_locked(size_t length);

/// Wipes, unlocks and unmaps what `zosh_map_locked` returned.
void zosh_unmap_locked(void *_Nonnull bytes, size_t length);

#endif
