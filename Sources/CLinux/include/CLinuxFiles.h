// File locks, what kind of file system a file lies on, and the one loop that writes.
#ifndef ZOSH_CLINUX_FILES_H
#define ZOSH_CLINUX_FILES_H

#include <stddef.h>

/// Takes an exclusive flock without waiting: 0 taken, 1 held by another process.
int zosh_try_lock(int descriptor);

/// Gives a flock back, also while other processes have a copy of the descriptor.
void zosh_unlock(int descriptor);

/// The name of the network (or otherwise unsafe for SQLite's shared memory)
/// file system the descriptor lies on, or NULL when it is a local one.
/// A failing fstatfs counts as local with errno set, else errno is 0.
const char *_Nullable zosh_network_filesystem(int descriptor);

/// Renames a file unless something has the new name already (EEXIST). 0 on success, -1 with errno.
int zosh_rename_new(const char *_Nonnull from, const char *_Nonnull to);

/// Opens for reading the file a symbolic link leads to, if `folder` holds both: one that belongs to root and that nobody
/// else can change, as secrets are mounted. A descriptor, or -1 with ELOOP where the link is not to be followed.
int zosh_open_mounted_link(const char *_Nonnull folder, const char *_Nonnull name);

/// Writes all of it: goes on after a signal and after a part, and waits where nothing is taken at the moment.
/// 0, or the errno that ended it.
int zosh_write_all(int descriptor, const void *_Nullable bytes, size_t count);

#endif
