#include "CLibcrypto.h"
#include "library.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>

enum { DIGEST = 32 };

bool zosh_sha256(const void *bytes, size_t length, void *digest) {
    const EVP_MD *sha256 = zosh_library()->sha256;
    bool done = sha256 != NULL && EVP_Digest(bytes, length, digest, NULL, sha256, NULL) == 1;
    if (!done) {
        OPENSSL_cleanse(digest, DIGEST);
        ERR_clear_error();
    }
    return done;
}

void *zosh_sha256_new(void) {
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    if (hash != NULL && EVP_DigestInit_ex2(hash, zosh_library()->sha256, NULL) != 1) {
        EVP_MD_CTX_free(hash);
        ERR_clear_error();
        return NULL;
    }
    return hash;
}

bool zosh_sha256_update(void *hash, const void *bytes, size_t length) {
    return EVP_DigestUpdate(hash, bytes, length) == 1;
}

bool zosh_sha256_finish(void *hash, void *digest) {
    return EVP_DigestFinal_ex(hash, digest, NULL) == 1;
}

void zosh_sha256_free(void *hash) {
    EVP_MD_CTX_free(hash);
}

void *zosh_hmac_new(const void *key, size_t length) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *algorithm = zosh_library()->hmac;
    EVP_MAC_CTX *hmac = algorithm == NULL ? NULL : EVP_MAC_CTX_new(algorithm);
    if (hmac != NULL && EVP_MAC_init(hmac, key, length, parameters) != 1) {
        EVP_MAC_CTX_free(hmac);
        ERR_clear_error();
        return NULL;
    }
    return hmac;
}

bool zosh_hmac_update(void *hmac, const void *bytes, size_t length) {
    return length == 0 || EVP_MAC_update(hmac, bytes, length) == 1;
}

bool zosh_hmac_finish(void *hmac, void *code) {
    size_t written = 0;
    return EVP_MAC_final(hmac, code, &written, DIGEST) == 1 && written == DIGEST;
}

void zosh_hmac_free(void *hmac) {
    EVP_MAC_CTX_free(hmac);
}
