#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

static struct zosh_ssl functions;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_loaded;

static bool load(void) {
    void *library = dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return false;
    }
#define ZOSH_FIND(name)                                                                                              \
    functions.name = (__typeof__(name) *)dlsym(library, #name);                                                      \
    if (functions.name == NULL) {                                                                                    \
        return false;                                                                                                \
    }
    ZOSH_SSL_FUNCTIONS(ZOSH_FIND)
#undef ZOSH_FIND
    return functions.OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL) == 1;
}

static void fill(void) {
    is_loaded = load();
}

const struct zosh_ssl *zosh_ssl(void) {
    pthread_once(&once, fill);
    return is_loaded ? &functions : NULL;
}
