#include "CLibcrypto.h"
#include "library.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>

enum { OUTPUT = 32 };

static bool derive(EVP_KDF *function, const OSSL_PARAM *parameters, void *output) {
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(function);
    bool done = context != NULL && EVP_KDF_derive(context, output, OUTPUT, parameters) == 1;
    EVP_KDF_CTX_free(context);
    if (!done) {
        OPENSSL_cleanse(output, OUTPUT);
        ERR_clear_error();
    }
    return done;
}

bool zosh_hkdf(const void *key, size_t key_length, const void *salt, size_t salt_length, const void *info,
               size_t info_length, void *output) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_length),
        OSSL_PARAM_construct_end(),
    };
    return derive(zosh_library()->hkdf, parameters, output);
}

bool zosh_scrypt(const void *passphrase, size_t passphrase_length, const void *salt, size_t salt_length,
                 uint64_t rounds, uint64_t block_size, uint64_t parallelism, uint64_t memory, void *output) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)passphrase, passphrase_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_length),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &rounds),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &block_size),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &parallelism),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    return derive(zosh_library()->scrypt, parameters, output);
}
