#include "CLibcrypto.h"
#include "library.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

enum { KEY = 32, SIGNATURE = 64 };

static EVP_PKEY *private_key(const void *seed) {
    OSSL_LIB_CTX *context = zosh_library()->context;
    return context == NULL ? NULL : EVP_PKEY_new_raw_private_key_ex(context, "ED25519", NULL, seed, KEY);
}

bool zosh_ed25519_public(const void *seed, void *public_key) {
    size_t length = KEY;
    EVP_PKEY *key = private_key(seed);
    bool done = key != NULL && EVP_PKEY_get_raw_public_key(key, public_key, &length) == 1 && length == KEY;
    EVP_PKEY_free(key);
    if (!done) {
        OPENSSL_cleanse(public_key, KEY);
        ERR_clear_error();
    }
    return done;
}

bool zosh_ed25519_sign(const void *seed, const void *message, size_t length, void *signature) {
    size_t written = SIGNATURE;
    EVP_PKEY *key = private_key(seed);
    EVP_MD_CTX *signing = key == NULL ? NULL : EVP_MD_CTX_new();
    bool done = signing != NULL
        && EVP_DigestSignInit_ex(signing, NULL, NULL, zosh_library()->context, NULL, key, NULL) == 1
        && EVP_DigestSign(signing, signature, &written, message, length) == 1 && written == SIGNATURE;
    EVP_MD_CTX_free(signing);
    EVP_PKEY_free(key);
    if (!done) {
        OPENSSL_cleanse(signature, SIGNATURE);
        ERR_clear_error();
    }
    return done;
}

bool zosh_ed25519_verify(const void *public_key, const void *message, size_t length, const void *signature) {
    OSSL_LIB_CTX *context = zosh_library()->context;
    EVP_PKEY *key =
        context == NULL ? NULL : EVP_PKEY_new_raw_public_key_ex(context, "ED25519", NULL, public_key, KEY);
    EVP_MD_CTX *verifying = key == NULL ? NULL : EVP_MD_CTX_new();
    bool done = verifying != NULL
        && EVP_DigestVerifyInit_ex(verifying, NULL, NULL, context, NULL, key, NULL) == 1
        && EVP_DigestVerify(verifying, signature, SIGNATURE, message, length) == 1;
    EVP_MD_CTX_free(verifying);
    EVP_PKEY_free(key);
    if (!done) {
        ERR_clear_error();
    }
    return done;
}
