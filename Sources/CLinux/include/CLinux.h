// The only C door of zosh to Linux calls that Swift cannot make well:
// locked memory, process hardening, kernel keyrings, file locks and file systems.
//
// Every function returns 0 (or a non-negative value it names) on success and
// -1 with errno set on failure, unless it says otherwise. Nothing here
// allocates on behalf of the caller except where the name says `map`.
#ifndef ZOSH_CLINUX_H
#define ZOSH_CLINUX_H

#include "CLinuxFiles.h"
#include "CLinuxKeyring.h"
#include "CLinuxMemory.h"
#include "CLinuxProcess.h"
#include "CLinuxStart.h"

#endif
