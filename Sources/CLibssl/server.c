#include "CLibssl.h"
#include "library.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <stdlib.h>

struct zosh_tls_server {
    SSL_CTX *context;
};

struct zosh_tls {
    SSL *connection;
    /// From the client, and to it; both belong to the connection.
    BIO *in, *out;
};

static enum zosh_tls_problem prepare(SSL_CTX *context, const char *chain, const char *key, bool is_old) {
    const struct zosh_ssl *ssl = zosh_ssl();
    if (is_old) {
        // OpenSSL's usual level of security refuses these by itself.
        ssl->SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0");
        ssl->SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_VERSION, NULL);
        ssl->SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, TLS1_1_VERSION, NULL);
    }
    if (ssl->SSL_CTX_use_certificate_chain_file(context, chain) != 1) {
        return ZOSH_TLS_NO_CERTIFICATE;
    }
    if (ssl->SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) {
        // A key that can be read and is another certificate's fails here, too.
        const unsigned long error = ERR_peek_error();
        const bool is_other = ERR_GET_LIB(error) == ERR_LIB_X509 && ERR_GET_REASON(error) == X509_R_KEY_VALUES_MISMATCH;
        return is_other ? ZOSH_TLS_NO_PAIR : ZOSH_TLS_NO_KEY;
    }
    return ssl->SSL_CTX_check_private_key(context) == 1 ? ZOSH_TLS_READY : ZOSH_TLS_NO_PAIR;
}

struct zosh_tls_server *zosh_tls_server_new(const char *chain, const char *key, bool is_old,
                                            enum zosh_tls_problem *problem) {
    const struct zosh_ssl *ssl = zosh_ssl();
    struct zosh_tls_server *server = ssl == NULL ? NULL : calloc(1, sizeof *server);
    *problem = ZOSH_TLS_NO_LIBRARY;
    if (server == NULL) {
        return NULL;
    }
    server->context = ssl->SSL_CTX_new(ssl->TLS_server_method());
    if (server->context != NULL) {
        *problem = prepare(server->context, chain, key, is_old);
    }
    ERR_clear_error();
    if (*problem != ZOSH_TLS_READY) {
        zosh_tls_server_free(server);
        return NULL;
    }
    return server;
}

void zosh_tls_server_free(struct zosh_tls_server *server) {
    zosh_ssl()->SSL_CTX_free(server->context);
    free(server);
}

struct zosh_tls *zosh_tls_new(const struct zosh_tls_server *server) {
    const struct zosh_ssl *ssl = zosh_ssl();
    struct zosh_tls *tls = calloc(1, sizeof *tls);
    if (tls == NULL) {
        return NULL;
    }
    tls->connection = ssl->SSL_new(server->context);
    tls->in = BIO_new(BIO_s_mem());
    tls->out = BIO_new(BIO_s_mem());
    if (tls->connection == NULL || tls->in == NULL || tls->out == NULL) {
        BIO_free(tls->in);
        BIO_free(tls->out);
        ssl->SSL_free(tls->connection);
        free(tls);
        return NULL;
    }
    ssl->SSL_set_bio(tls->connection, tls->in, tls->out);
    ssl->SSL_set_accept_state(tls->connection);
    return tls;
}

void zosh_tls_free(struct zosh_tls *tls) {
    zosh_ssl()->SSL_free(tls->connection);
    free(tls);
}

void zosh_tls_put(struct zosh_tls *tls, const void *bytes, size_t length) {
    BIO_write(tls->in, bytes, (int)length);
}

long zosh_tls_read(struct zosh_tls *tls, void *bytes, size_t room) {
    ERR_clear_error();
    const int count = zosh_ssl()->SSL_read(tls->connection, bytes, room < INT_MAX ? (int)room : INT_MAX);
    if (count > 0) {
        return count;
    }
    return zosh_ssl()->SSL_get_error(tls->connection, count) == SSL_ERROR_WANT_READ ? 0 : -1;
}

bool zosh_tls_write(struct zosh_tls *tls, const void *bytes, size_t length) {
    ERR_clear_error();
    return length == 0 || zosh_ssl()->SSL_write(tls->connection, bytes, (int)length) == (int)length;
}

void zosh_tls_end(struct zosh_tls *tls) {
    ERR_clear_error();
    zosh_ssl()->SSL_shutdown(tls->connection);
}

long zosh_tls_take(struct zosh_tls *tls, void *bytes, size_t room) {
    const int count = BIO_read(tls->out, bytes, room < INT_MAX ? (int)room : INT_MAX);
    return count > 0 ? count : 0;
}
