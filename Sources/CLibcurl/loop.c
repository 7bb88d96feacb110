#include "CLibcurl.h"
#include "library.h"
#include "transfer.h"

struct zosh_loop *zosh_loop_new(long connections, long idle_seconds) {
    struct zosh_loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        return NULL;
    }
    loop->idle_seconds = idle_seconds;
    loop->multi = zosh_curl.curl_multi_init();
    if (loop->multi == NULL) {
        free(loop);
        return NULL;
    }
    zosh_curl.curl_multi_setopt(loop->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    zosh_curl.curl_multi_setopt(loop->multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections);
    zosh_curl.curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, 4 * connections);
    return loop;
}

void zosh_loop_free(struct zosh_loop *loop) {
    zosh_curl.curl_multi_cleanup(loop->multi);
    free(loop);
}

void zosh_loop_wait(struct zosh_loop *loop, int milliseconds) {
    zosh_curl.curl_multi_poll(loop->multi, NULL, 0, milliseconds, NULL);
}

void zosh_loop_wake(struct zosh_loop *loop) {
    zosh_curl.curl_multi_wakeup(loop->multi);
}

void zosh_loop_run(struct zosh_loop *loop) {
    int running = 0;
    zosh_curl.curl_multi_perform(loop->multi, &running);
}

struct zosh_transfer *zosh_loop_next(struct zosh_loop *loop) {
    int left = 0;
    const CURLMsg *message;
    while ((message = zosh_curl.curl_multi_info_read(loop->multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            const CURLcode code = message->data.result;
            struct zosh_transfer *transfer = NULL;
            zosh_curl.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
            transfer->code = code;
            return transfer;
        }
    }
    return NULL;
}
