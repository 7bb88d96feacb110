// The only door to libssl (OpenSSL 3): the server's side of TLS for the emulator's listeners. Loaded when a listener
// first speaks TLS. Bytes go in and out through memory; the sockets are the caller's.
#ifndef ZOSH_CLIBSSL_H
#define ZOSH_CLIBSSL_H

#include <stdbool.h>
#include <stddef.h>

/// A certificate and its key. Connections of several threads may use one at the same time.
struct zosh_tls_server;
/// One connection; used by one thread at a time.
struct zosh_tls;

enum zosh_tls_problem {
    ZOSH_TLS_READY,
    ZOSH_TLS_NO_LIBRARY,
    ZOSH_TLS_NO_CERTIFICATE,
    ZOSH_TLS_NO_KEY,
    ZOSH_TLS_NO_PAIR,
};

/// NULL when `problem` is another than `ZOSH_TLS_READY`.
/// @param chain A PEM file, the server's own certificate first.
/// @param is_old Whether nothing newer than TLS 1.1 is agreed to.
struct zosh_tls_server *_Nullable zosh_tls_server_new(const char *_Nonnull chain, const char *_Nonnull key, bool is_old,
                                                      enum zosh_tls_problem *_Nonnull problem);
void zosh_tls_server_free(struct zosh_tls_server *_Nonnull server);

/// NULL when there is no memory.
struct zosh_tls *_Nullable zosh_tls_new(const struct zosh_tls_server *_Nonnull server);
void zosh_tls_free(struct zosh_tls *_Nonnull tls);
/// Takes what came from the client.
void zosh_tls_put(struct zosh_tls *_Nonnull tls, const void *_Nonnull bytes, size_t length);
/// What the client said, decrypted: its length, 0 when there is nothing yet, -1 when the connection is over.
long zosh_tls_read(struct zosh_tls *_Nonnull tls, void *_Nonnull bytes, size_t room);
/// Encrypts what is said to the client.
bool zosh_tls_write(struct zosh_tls *_Nonnull tls, const void *_Nonnull bytes, size_t length);
/// Says that nothing more will come.
void zosh_tls_end(struct zosh_tls *_Nonnull tls);
/// What is to be sent to the client: its length, 0 when there is nothing.
long zosh_tls_take(struct zosh_tls *_Nonnull tls, void *_Nonnull bytes, size_t room);

#endif
