// The kernel's session keyring: where an expiring key is cached between runs.
#ifndef ZOSH_CLINUX_KEYRING_H
#define ZOSH_CLINUX_KEYRING_H

#include <stddef.h>
#include <stdint.h>

/// Stores (or replaces) `payload` as a "user" key named `description` in the
/// session keyring, readable by its possessor only, gone after `seconds`.
int zosh_keyring_put(const char *_Nonnull description, const void *_Nonnull payload,
                     size_t length, unsigned int seconds);

/// Copies the key's payload into `buffer`; returns its whole length.
/// errno is ENOKEY when there is none, EKEYEXPIRED or EKEYREVOKED when it is over.
long zosh_keyring_get(const char *_Nonnull description, void *_Nonnull buffer, size_t length);

/// Revokes the key so that it cannot be read again; ENOKEY when there is none.
int zosh_keyring_revoke(const char *_Nonnull description);

/// Joins a fresh, empty session keyring, leaving the inherited one. For the
/// calling thread and what it starts.
int zosh_keyring_join_fresh(void);

#endif
