// What a loop and a transfer hold.
#ifndef ZOSH_LIBCURL_TRANSFER_H
#define ZOSH_LIBCURL_TRANSFER_H

#include "CLibcurl.h"

#include <curl/curl.h>
#include <stdlib.h>

struct zosh_loop {
    CURLM *multi;
    long idle_seconds;
};

struct zosh_transfer {
    struct zosh_loop *loop;
    CURL *easy;
    struct curl_slist *headers;
    bool (*receive)(void *context, const void *bytes, size_t length, int64_t announced);
    void *context;
    /// How often the request was about to leave.
    int sendings;
    bool is_refused;
    CURLcode code;
    char words[CURL_ERROR_SIZE];
};

#endif
