// The functions of libssl that are used, as they were found when it was loaded.
#ifndef ZOSH_LIBSSL_LIBRARY_H
#define ZOSH_LIBSSL_LIBRARY_H

#include <openssl/ssl.h>

#define ZOSH_SSL_FUNCTIONS(each)                                                                                     \
    each(OPENSSL_init_ssl) each(TLS_server_method) each(SSL_CTX_new) each(SSL_CTX_free) each(SSL_CTX_ctrl)           \
    each(SSL_CTX_set_cipher_list) each(SSL_CTX_use_certificate_chain_file) each(SSL_CTX_use_PrivateKey_file)         \
    each(SSL_CTX_check_private_key) each(SSL_new) each(SSL_free) each(SSL_set_bio) each(SSL_set_accept_state)        \
    each(SSL_get_error) each(SSL_read) each(SSL_write) each(SSL_shutdown)

struct zosh_ssl {
#define ZOSH_MEMBER(name) __typeof__(name) *name;
    ZOSH_SSL_FUNCTIONS(ZOSH_MEMBER)
#undef ZOSH_MEMBER
};

/// NULL when the library cannot be loaded.
const struct zosh_ssl *zosh_ssl(void);

#endif
