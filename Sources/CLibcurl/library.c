#include "CLibcurl.h"
#include "CLibcrypto.h"
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

struct zosh_curl zosh_curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

// libcurl would write the keys of every connection into the file that this variable names. There is no option against
// it, and the environment may only be changed while there is one thread.
__attribute__((constructor)) static void write_no_keys(void) {
    unsetenv("SSLKEYLOGFILE");
}

static const char *load(void) {
    // Never closed: its threads that look names up may outlive a request.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return "libcurl cannot be loaded";
    }
#define ZOSH_FIND(name)                                                                                              \
    zosh_curl.name = (__typeof__(name) *)dlsym(library, #name);                                                      \
    if (zosh_curl.name == NULL) {                                                                                    \
        return "libcurl is older than 7.87";                                                                         \
    }
    ZOSH_CURL_FUNCTIONS(ZOSH_FIND)
#undef ZOSH_FIND
    // libcurl uses the same libcrypto, whose first caller decides for the process whether openssl.cnf is read.
    zosh_library_begin();
    if (zosh_curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return "libcurl cannot be started";
    }
    const curl_version_info_data *version = zosh_curl.curl_version_info(CURLVERSION_NOW);
    if (version->version_num < 0x075700) {
        return "libcurl is older than 7.87";
    }
    return (version->features & CURL_VERSION_SSL) != 0 ? NULL : "libcurl was built without TLS";
}

static void fill(void) {
    problem = load();
}

const char *zosh_curl_load(void) {
    pthread_once(&once, fill);
    return problem;
}
