#define _GNU_SOURCE
#include "transfer.h"
#include "library.h"

#include <string.h>
#include <sys/socket.h>

// No socket of ours is open in a child.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Called each time the request is about to leave, when connection, tunnel and handshake are there. libcurl sends a
// request again by itself, a POST as well, when a kept connection dies before a reply begins: the second time is
// refused here (TransferTests: "is sent once").
static int before_sending(void *context, char *there, char *here, int port_there, int port_here) {
    (void)there;
    (void)here;
    (void)port_there;
    (void)port_here;
    struct zosh_transfer *transfer = context;
    return ++transfer->sendings == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    struct zosh_transfer *transfer = context;
    curl_off_t announced = -1;
    zosh_curl.curl_easy_getinfo(transfer->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (transfer->receive(transfer->context, bytes, size * count, announced)) {
        return size * count;
    }
    transfer->is_refused = true;
    return 0;
}

static bool add_header(struct zosh_transfer *transfer, const char *line) {
    struct curl_slist *longer = zosh_curl.curl_slist_append(transfer->headers, line);
    if (longer != NULL) {
        transfer->headers = longer;
    }
    return longer != NULL;
}

#define SET(option, value)                                                                                           \
    if (zosh_curl.curl_easy_setopt(easy, option, value) != CURLE_OK) {                                               \
        return false;                                                                                                \
    }

static bool set_request(struct zosh_transfer *transfer, const struct zosh_request *request) {
    CURL *easy = transfer->easy;
    SET(CURLOPT_URL, request->url)
    // As it was built and escaped: nothing in it is tidied, no user is taken from it.
    SET(CURLOPT_PATH_AS_IS, 1L)
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
    SET(CURLOPT_PROTOCOLS_STR, "http,https")
    if (request->body != NULL) {
        SET(CURLOPT_POST, 1L)
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length)
        SET(CURLOPT_COPYPOSTFIELDS, request->body)
    } else {
        SET(CURLOPT_HTTPGET, 1L)
    }
    SET(CURLOPT_CUSTOMREQUEST, request->method)
    // What libcurl would add of itself is left out, unless the request has it.
    if (!add_header(transfer, "Accept:") || !add_header(transfer, "Expect:")
        || !add_header(transfer, "Content-Type:")) {
        return false;
    }
    for (const char *const *line = request->headers; *line != NULL; line++) {
        if (!add_header(transfer, *line)) {
            return false;
        }
    }
    SET(CURLOPT_HTTPHEADER, transfer->headers)
    SET(CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE)
    SET(CURLOPT_ACCEPT_ENCODING, request->takes_gzip ? "gzip" : "identity")
    return true;
}

static bool set_way(struct zosh_transfer *transfer, const struct zosh_request *request) {
    CURL *easy = transfer->easy;
    // Always set, or the environment would decide.
    SET(CURLOPT_PROXY, request->proxy)
    SET(CURLOPT_NOPROXY, "")
    SET(CURLOPT_PROXYAUTH, (long)CURLAUTH_BASIC)
    SET(CURLOPT_PROXYUSERNAME, request->proxy_user)
    SET(CURLOPT_PROXYPASSWORD, request->proxy_password)
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket)
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)request->connecting_milliseconds)
    SET(CURLOPT_TIMEOUT_MS, (long)request->milliseconds)
    SET(CURLOPT_MAXAGE_CONN, transfer->loop->idle_seconds)
    // One connection that breaks leaves the fate open of all requests on it. So those that must not share get one each.
    SET(CURLOPT_HTTP_VERSION, (long)(request->shares_connection ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
    // Whether the connection can be shared is known once it is there; until then no second one is opened.
    SET(CURLOPT_PIPEWAIT, request->shares_connection ? 1L : 0L)
    return true;
}

static bool set_authorities(struct zosh_transfer *transfer, const struct zosh_request *request) {
    CURL *easy = transfer->easy;
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2)
    SET(CURLOPT_SSL_VERIFYPEER, 1L)
    SET(CURLOPT_SSL_VERIFYHOST, 2L)
    SET(CURLOPT_CAINFO, request->authorities_file)
    SET(CURLOPT_CAPATH, request->authorities_folder)
    if (request->authorities != NULL) {
        struct curl_blob text = {(void *)request->authorities, request->authorities_length, CURL_BLOB_NOCOPY};
        SET(CURLOPT_CAINFO_BLOB, &text)
    }
    return true;
}

static bool set_rest(struct zosh_transfer *transfer) {
    CURL *easy = transfer->easy;
    SET(CURLOPT_PRIVATE, transfer)
    SET(CURLOPT_ERRORBUFFER, transfer->words)
    SET(CURLOPT_PREREQFUNCTION, before_sending)
    SET(CURLOPT_PREREQDATA, transfer)
    SET(CURLOPT_WRITEFUNCTION, receive)
    SET(CURLOPT_WRITEDATA, transfer)
    SET(CURLOPT_BUFFERSIZE, 64L << 10)
    SET(CURLOPT_FOLLOWLOCATION, 0L)
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED)
    SET(CURLOPT_NOSIGNAL, 1L)
    SET(CURLOPT_NOPROGRESS, 1L)
    // A name that is still being looked up does not hold up the end of its request.
    SET(CURLOPT_QUICK_EXIT, 1L)
    return true;
}
#undef SET

struct zosh_transfer *zosh_transfer_new(struct zosh_loop *loop, const struct zosh_request *request) {
    struct zosh_transfer *transfer = calloc(1, sizeof *transfer);
    if (transfer == NULL) {
        return NULL;
    }
    transfer->loop = loop;
    transfer->receive = request->receive;
    transfer->context = request->context;
    transfer->easy = zosh_curl.curl_easy_init();
    if (transfer->easy != NULL && set_request(transfer, request) && set_way(transfer, request)
        && set_authorities(transfer, request) && set_rest(transfer)
        && zosh_curl.curl_multi_add_handle(loop->multi, transfer->easy) == CURLM_OK) {
        return transfer;
    }
    zosh_transfer_free(transfer);
    return NULL;
}

void *zosh_transfer_context(const struct zosh_transfer *transfer) {
    return transfer->context;
}

bool zosh_transfer_may_have_left(const struct zosh_transfer *transfer) {
    return transfer->sendings > 0;
}

const char *zosh_transfer_header(struct zosh_transfer *transfer, const char *name) {
    struct curl_header *header = NULL;
    const CURLHcode found = zosh_curl.curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header);
    return found == CURLHE_OK ? header->value : NULL;
}

void zosh_transfer_free(struct zosh_transfer *transfer) {
    if (transfer->easy != NULL) {
        zosh_curl.curl_multi_remove_handle(transfer->loop->multi, transfer->easy);
        zosh_curl.curl_easy_cleanup(transfer->easy);
    }
    zosh_curl.curl_slist_free_all(transfer->headers);
    free(transfer);
}
