#include "CLibcrypto.h"
#include "library.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

// No question is asked for the passphrase of what claims to be an encrypted certificate.
static int no_passphrase(char *buffer, int size, int writing, void *context) {
    (void)buffer;
    (void)size;
    (void)writing;
    (void)context;
    return -1;
}

// The text in a BIO, with a NUL at its end; NULL when it is empty.
static char *copy(BIO *text) {
    char *bytes = NULL;
    const long length = BIO_get_mem_data(text, &bytes);
    char *copied = length > 0 ? malloc((size_t)length + 1) : NULL;
    if (copied != NULL) {
        memcpy(copied, bytes, (size_t)length);
        copied[length] = '\0';
    }
    return copied;
}

bool zosh_holds_certificate(const void *text, size_t length) {
    zosh_library();
    BIO *from = length <= INT_MAX ? BIO_new_mem_buf(text, (int)length) : NULL;
    X509 *certificate = from == NULL ? NULL : PEM_read_bio_X509(from, NULL, no_passphrase, NULL);
    const bool holds = certificate != NULL;
    X509_free(certificate);
    BIO_free(from);
    ERR_clear_error();
    return holds;
}

char *zosh_certificates(const void *text, size_t length) {
    zosh_library();
    BIO *from = length <= INT_MAX ? BIO_new_mem_buf(text, (int)length) : NULL;
    BIO *to = BIO_new(BIO_s_mem());
    X509 *certificate;
    while (from != NULL && to != NULL && (certificate = PEM_read_bio_X509(from, NULL, no_passphrase, NULL)) != NULL) {
        PEM_write_bio_X509(to, certificate);
        X509_free(certificate);
    }
    char *found = to == NULL ? NULL : copy(to);
    BIO_free(from);
    BIO_free(to);
    ERR_clear_error();
    return found;
}
