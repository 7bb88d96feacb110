#include "CLibcrypto.h"
#include "library.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

enum { TAG = 16 };

// Adds bytes to a cipher; without `output` they are only authenticated. The library takes the absence of bytes for
// something else.
static bool add(EVP_CIPHER_CTX *cipher, void *output, const void *bytes, size_t length) {
    int written = 0;
    return length == 0 || EVP_CipherUpdate(cipher, output, &written, bytes, (int)length) == 1;
}

bool zosh_aead_seal(const void *key, const void *nonce, const void *associated, size_t associated_length,
                    const void *plain, size_t length, void *sealed) {
    unsigned char *tag = (unsigned char *)sealed + length;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int written = 0;
    bool done = cipher != NULL && length <= INT_MAX && associated_length <= INT_MAX
        && EVP_EncryptInit_ex2(cipher, zosh_library()->aes_256_gcm, key, nonce, NULL) == 1
        && add(cipher, NULL, associated, associated_length) && add(cipher, sealed, plain, length)
        && EVP_EncryptFinal_ex(cipher, tag, &written) == 1
        && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, TAG, tag) == 1;
    EVP_CIPHER_CTX_free(cipher);
    if (!done) {
        OPENSSL_cleanse(sealed, length + TAG);
        ERR_clear_error();
    }
    return done;
}

enum zosh_opening zosh_aead_open(const void *key, const void *nonce, const void *associated, size_t associated_length,
                                 const void *sealed, size_t length, void *plain) {
    if (length < TAG) {
        return ZOSH_NOT_AUTHENTIC;
    }
    length -= TAG;
    const unsigned char *tag = (const unsigned char *)sealed + length;
    unsigned char none = 0;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int written = 0;
    bool tried = cipher != NULL && length <= INT_MAX && associated_length <= INT_MAX
        && EVP_DecryptInit_ex2(cipher, zosh_library()->aes_256_gcm, key, nonce, NULL) == 1
        && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, TAG, (void *)tag) == 1
        && add(cipher, NULL, associated, associated_length) && add(cipher, plain, sealed, length);
    bool done = tried && EVP_DecryptFinal_ex(cipher, &none, &written) == 1;
    EVP_CIPHER_CTX_free(cipher);
    if (!done) {
        if (plain != NULL) {
            OPENSSL_cleanse(plain, length);
        }
        ERR_clear_error();
    }
    return done ? ZOSH_OPENED : tried ? ZOSH_NOT_AUTHENTIC : ZOSH_NOT_TRIED;
}
