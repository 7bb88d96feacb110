// The only door to libcurl (7.87 or newer, with OpenSSL): HTTP requests on one thread, each sent at most once.
//
// The library is loaded when `zosh_curl_load` is first called, so that programs which ask nothing of a network never
// pay for it and the libraries it brings. Nothing outside decides how it works: none of its own files is read
// (`.netrc`, `openssl.cnf`), no variable of the environment, no cookie and no redirect; proxy and authorities are those
// of the request.
//
// Invariant of all functions but `zosh_loop_wake`: a loop and its transfers belong to the thread that made the loop.
#ifndef ZOSH_CLIBCURL_H
#define ZOSH_CLIBCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads the library, once a process. Returns NULL, or why that failed in a few words that live for ever.
const char *_Nullable zosh_curl_load(void);

/// Requests under way and the connections they share.
struct zosh_loop;
/// One request and its reply.
struct zosh_transfer;

/// What one request is made of. All of it is copied, but for the text of authorities, which must outlive the transfer.
struct zosh_request {
    const char *_Nonnull method;
    const char *_Nonnull url;
    /// Whole lines (`Name: value`), the last one NULL. They hold no line break: that is the caller's to see to.
    const char *_Nullable const *_Nonnull headers;
    /// NULL when the request has none.
    const void *_Nullable body;
    size_t body_length;
    /// Whether a compressed reply is asked for.
    bool takes_gzip;
    /// Whether the request may share a connection with others at the same time, which takes HTTP/2.
    bool shares_connection;
    /// `http://HOST:PORT`, `socks5h://HOST:PORT`, or empty for none.
    const char *_Nonnull proxy;
    const char *_Nullable proxy_user;
    const char *_Nullable proxy_password;
    /// Whose certificates are trusted: a file or certificates in PEM form in memory, and folders
    /// hashed as OpenSSL does, a colon between two.
    const char *_Nullable authorities_file;
    const char *_Nullable authorities_folder;
    const void *_Nullable authorities;
    size_t authorities_length;
    int64_t milliseconds;
    int64_t connecting_milliseconds;
    /// Takes the next bytes of the body, decompressed. `announced` is the body's length by its header, in the form in
    /// which it is sent, or -1. False ends the transfer.
    bool (*_Nonnull receive)(void *_Nonnull context, const void *_Nonnull bytes, size_t length, int64_t announced);
    void *_Nonnull context;
};

/// How a transfer ended.
struct zosh_ending {
    enum zosh_end {
        ZOSH_REPLIED,
        ZOSH_BAD_ADDRESS,
        ZOSH_NO_SUCH_HOST,
        ZOSH_NO_SUCH_PROXY,
        /// `system_error` may say why.
        ZOSH_NOT_CONNECTED,
        /// `verdict` and `tls_error` may say why.
        ZOSH_NO_HANDSHAKE,
        ZOSH_NO_AUTHORITIES,
        /// A proxy that answered, with no; `proxy_status` may say how.
        ZOSH_PROXY_REFUSED,
        ZOSH_TIMED_OUT,
        /// `receive` said so.
        ZOSH_REFUSED,
        /// The connection ended before the reply did; `system_error` may say why.
        ZOSH_BROKEN,
        ZOSH_DAMAGED_COMPRESSION,
        ZOSH_OTHER,
    } end;
    /// Whether the request may have left. It has not as long as this is false.
    bool may_have_left;
    int status;
    /// An `errno`, or 0.
    int system_error;
    /// The status with which a proxy answered CONNECT, or 0.
    int proxy_status;
    /// An `X509_V_ERR_…`, 0 when no certificate was judged, 1 when its chain is fine and its host name is not.
    long verdict;
    /// The code of OpenSSL's error (`ERR_LIB_SSL` and its reason), or 0.
    unsigned long tls_error;
    /// The library's own words, for what has none here.
    const char *_Nonnull words;
};

/// Runs this on a thread that takes no signals; false when there cannot be another one.
bool zosh_thread_start(void (*_Nonnull run)(void *_Nonnull context), void *_Nonnull context);

/// NULL when there is no memory or no descriptor left.
/// @param connections How many to one host at most; further requests wait.
/// @param idle_seconds After so long without use a connection is not used again.
struct zosh_loop *_Nullable zosh_loop_new(long connections, long idle_seconds);
/// Closes all connections. Every transfer must have been freed.
void zosh_loop_free(struct zosh_loop *_Nonnull loop);
/// Waits until something may be done, until woken, or so long.
void zosh_loop_wait(struct zosh_loop *_Nonnull loop, int milliseconds);
/// Ends `zosh_loop_wait`, also the next one. Any thread may call it while the loop lives.
void zosh_loop_wake(struct zosh_loop *_Nonnull loop);
/// Does what can be done without waiting; `receive` is called from here.
void zosh_loop_run(struct zosh_loop *_Nonnull loop);
/// A transfer that has ended and was not returned before; NULL when there is none.
struct zosh_transfer *_Nullable zosh_loop_next(struct zosh_loop *_Nonnull loop);

/// Begins a transfer; NULL when there is no memory.
struct zosh_transfer *_Nullable zosh_transfer_new(struct zosh_loop *_Nonnull loop,
                                                  const struct zosh_request *_Nonnull request);
/// What `zosh_request.context` was.
void *_Nonnull zosh_transfer_context(const struct zosh_transfer *_Nonnull transfer);
/// Whether the request of a transfer that goes on may have left.
bool zosh_transfer_may_have_left(const struct zosh_transfer *_Nonnull transfer);
/// How a transfer that `zosh_loop_next` returned has ended. Its texts live as long as the transfer.
struct zosh_ending zosh_transfer_ending(struct zosh_transfer *_Nonnull transfer);
/// The first header of that name in the reply; NULL without one.
const char *_Nullable zosh_transfer_header(struct zosh_transfer *_Nonnull transfer, const char *_Nonnull name);
/// Ends a transfer wherever it is.
void zosh_transfer_free(struct zosh_transfer *_Nonnull transfer);

#endif
