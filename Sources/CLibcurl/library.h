// The functions of libcurl that are used, as they were found when it was loaded.
#ifndef ZOSH_LIBCURL_LIBRARY_H
#define ZOSH_LIBCURL_LIBRARY_H

#include <curl/curl.h>

// The macros check calls by name; ours go through pointers.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define ZOSH_CURL_FUNCTIONS(each)                                                                                    \
    each(curl_global_init) each(curl_version_info) each(curl_slist_append) each(curl_slist_free_all)                 \
    each(curl_easy_init) each(curl_easy_setopt) each(curl_easy_getinfo) each(curl_easy_header)                       \
    each(curl_easy_cleanup) each(curl_easy_strerror)                                                                 \
    each(curl_multi_init) each(curl_multi_setopt) each(curl_multi_add_handle) each(curl_multi_remove_handle)         \
    each(curl_multi_perform) each(curl_multi_poll) each(curl_multi_wakeup) each(curl_multi_info_read)                \
    each(curl_multi_cleanup)

struct zosh_curl {
#define ZOSH_MEMBER(name) __typeof__(name) *name;
    ZOSH_CURL_FUNCTIONS(ZOSH_MEMBER)
#undef ZOSH_MEMBER
};

/// Filled by `zosh_curl_load`.
extern struct zosh_curl zosh_curl;

#endif
