// The algorithms, looked up once for the whole process: a look-up takes longer than sealing a record.
#ifndef ZOSH_LIBCRYPTO_LIBRARY_H
#define ZOSH_LIBCRYPTO_LIBRARY_H

#include <openssl/evp.h>
#include <openssl/kdf.h>

struct zosh_library {
    EVP_CIPHER *aes_256_gcm;
    EVP_MD *sha256;
    EVP_MAC *hmac;
    EVP_KDF *hkdf;
    EVP_KDF *scrypt;
    /// For what is looked up each time.
    OSSL_LIB_CTX *context;
};

/// A member is NULL when the library could not provide it.
const struct zosh_library *zosh_library(void);

#endif
