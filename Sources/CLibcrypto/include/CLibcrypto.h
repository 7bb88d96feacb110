// The only C door to libcrypto (OpenSSL 3): what seals the store and signs approvals, and what holds certificates.
//
// Algorithms come from the library's own default provider, in a context of ours: neither openssl.cnf nor OPENSSL_CONF
// nor OPENSSL_MODULES can load code into the process that holds the keys, or change an algorithm.
//
// Keys are 32 bytes, digests 32, nonces 12, tags 16. A function that does not succeed leaves zeros in what it was to
// fill. The library wipes what it copied of a key before it returns the memory.
#ifndef ZOSH_CLIBCRYPTO_H
#define ZOSH_CLIBCRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// AES-256-GCM. `sealed` takes the ciphertext, as long as `plain`, and the tag. False when the library has no memory.
bool zosh_aead_seal(const void *_Nonnull key, const void *_Nonnull nonce, const void *_Nullable associated,
                    size_t associated_length, const void *_Nullable plain, size_t length, void *_Nonnull sealed);

enum zosh_opening { ZOSH_OPENED, ZOSH_NOT_AUTHENTIC, ZOSH_NOT_TRIED };

/// The other way round; `length` is that of `sealed`, tag included. `ZOSH_NOT_TRIED` when the library has no memory.
enum zosh_opening zosh_aead_open(const void *_Nonnull key, const void *_Nonnull nonce, const void *_Nullable associated,
                                 size_t associated_length, const void *_Nonnull sealed, size_t length,
                                 void *_Nullable plain);

/// SHA-256 of all at once. False when the library has no memory.
bool zosh_sha256(const void *_Nullable bytes, size_t length, void *_Nonnull digest);

/// A SHA-256 in the making; NULL when the library has no memory. Given back with `zosh_sha256_free` only.
void *_Nullable zosh_sha256_new(void);
bool zosh_sha256_update(void *_Nonnull hash, const void *_Nullable bytes, size_t length);
bool zosh_sha256_finish(void *_Nonnull hash, void *_Nonnull digest);
void zosh_sha256_free(void *_Nonnull hash);

/// An HMAC-SHA256 in the making, likewise.
void *_Nullable zosh_hmac_new(const void *_Nonnull key, size_t length);
bool zosh_hmac_update(void *_Nonnull hmac, const void *_Nullable bytes, size_t length);
bool zosh_hmac_finish(void *_Nonnull hmac, void *_Nonnull code);
void zosh_hmac_free(void *_Nonnull hmac);

/// HKDF-SHA256, 32 bytes of output. False when the library has no memory.
bool zosh_hkdf(const void *_Nonnull key, size_t key_length, const void *_Nonnull salt, size_t salt_length,
               const void *_Nonnull info, size_t info_length, void *_Nonnull output);

/// scrypt, 32 bytes of output. False when it would take more than `memory` bytes, or they cannot be had.
bool zosh_scrypt(const void *_Nonnull passphrase, size_t passphrase_length, const void *_Nonnull salt,
                 size_t salt_length, uint64_t rounds, uint64_t block_size, uint64_t parallelism, uint64_t memory,
                 void *_Nonnull output);

/// Ed25519. The public key of a private one, 32 bytes each. False when the library has no memory.
bool zosh_ed25519_public(const void *_Nonnull seed, void *_Nonnull public_key);

/// `signature` takes 64 bytes. False when the library has no memory.
bool zosh_ed25519_sign(const void *_Nonnull seed, const void *_Nonnull message, size_t length,
                       void *_Nonnull signature);

/// Whether 64 bytes are the key's signature of the message; false as well when the library has no memory.
bool zosh_ed25519_verify(const void *_Nonnull public_key, const void *_Nonnull message, size_t length,
                         const void *_Nonnull signature);

/// Whether a text in PEM form holds a certificate; looks no further than the first.
bool zosh_holds_certificate(const void *_Nonnull text, size_t length);

/// The certificates in a text in PEM form, and nothing else of it, in the same form; NULL when it holds none. Given
/// back with `free`.
char *_Nullable zosh_certificates(const void *_Nonnull text, size_t length);

/// Makes the library ready as the functions above do. The first call in a process decides whether openssl.cnf is read,
/// so a library that uses libcrypto as well is started after this.
void zosh_library_begin(void);

#endif
