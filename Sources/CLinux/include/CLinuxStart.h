// What a process must do or ask before anything else in it runs.
#ifndef ZOSH_CLINUX_START_H
#define ZOSH_CLINUX_START_H

#include <stddef.h>

/// Opens on /dev/null whichever of the descriptors 0, 1 and 2 is closed: 0 for reading, the others for writing. What
/// is opened later would otherwise get such a number and be taken for a standard stream.
int zosh_open_standard_descriptors(void);

/// How many words the process was started with, its name included.
int zosh_argument_count(void);

/// One of these words, byte by byte as it was given; NULL beyond the last. Needs no /proc, as Swift's own list does.
const char *_Nullable zosh_argument(int index);

/// Where the program itself lies: as /proc says, else as the process was started.
int zosh_own_path(char *_Nonnull path, size_t room);

#endif
