#include "CLibcrypto.h"
#include "library.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <pthread.h>

static struct zosh_library library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Nothing is given back at exit: other threads may still be sealing then.
static void fill(void) {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
    OSSL_LIB_CTX *context = OSSL_LIB_CTX_new();
    if (context == NULL) {
        return;
    }
    library.context = context;
    library.aes_256_gcm = EVP_CIPHER_fetch(context, "AES-256-GCM", NULL);
    library.sha256 = EVP_MD_fetch(context, "SHA256", NULL);
    library.hmac = EVP_MAC_fetch(context, OSSL_MAC_NAME_HMAC, NULL);
    library.hkdf = EVP_KDF_fetch(context, OSSL_KDF_NAME_HKDF, NULL);
    library.scrypt = EVP_KDF_fetch(context, OSSL_KDF_NAME_SCRYPT, NULL);
}

const struct zosh_library *zosh_library(void) {
    pthread_once(&once, fill);
    return &library;
}

void zosh_library_begin(void) {
    zosh_library();
}
