#include "transfer.h"
#include "library.h"

#include <string.h>

// What libcurl's code means for a request of ours.
static enum zosh_end meaning(const struct zosh_transfer *transfer, int proxy_status) {
    const bool is_tunnel_refused =
        transfer->sendings == 0 && proxy_status != 0 && (proxy_status < 200 || proxy_status > 299);
    switch (transfer->code) {
    case CURLE_OK: return ZOSH_REPLIED;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        // Later on the second one is a reply that is none of HTTP's.
        return transfer->sendings == 0 ? ZOSH_BAD_ADDRESS : ZOSH_OTHER;
    case CURLE_COULDNT_RESOLVE_HOST: return ZOSH_NO_SUCH_HOST;
    case CURLE_COULDNT_RESOLVE_PROXY: return ZOSH_NO_SUCH_PROXY;
    case CURLE_PROXY: return ZOSH_PROXY_REFUSED;
    case CURLE_COULDNT_CONNECT: return is_tunnel_refused ? ZOSH_PROXY_REFUSED : ZOSH_NOT_CONNECTED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return ZOSH_NO_HANDSHAKE;
    case CURLE_SSL_CACERT_BADFILE: return ZOSH_NO_AUTHORITIES;
    case CURLE_OPERATION_TIMEDOUT: return ZOSH_TIMED_OUT;
    case CURLE_WRITE_ERROR: return transfer->is_refused ? ZOSH_REFUSED : ZOSH_DAMAGED_COMPRESSION;
    case CURLE_BAD_CONTENT_ENCODING: return ZOSH_DAMAGED_COMPRESSION;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return is_tunnel_refused ? ZOSH_PROXY_REFUSED : ZOSH_BROKEN;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    // Refused before it was sent a second time: the first connection died without a word.
    case CURLE_ABORTED_BY_CALLBACK: return ZOSH_BROKEN;
    default: return ZOSH_OTHER;
    }
}

// libcurl keeps OpenSSL's error only as the text that OpenSSL makes of it, which begins with the code:
// `error:0A00042E:`.
static unsigned long tls_error(const char *words) {
    static const char mark[] = "error:";
    const char *code = strstr(words, mark);
    return code == NULL ? 0 : strtoul(code + sizeof mark - 1, NULL, 16);
}

struct zosh_ending zosh_transfer_ending(struct zosh_transfer *transfer) {
    long status = 0, proxy_status = 0, system_error = 0, verdict = 0;
    zosh_curl.curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    zosh_curl.curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    zosh_curl.curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &system_error);
    zosh_curl.curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
    struct zosh_ending ending = {
        .end = meaning(transfer, (int)proxy_status),
        .may_have_left = transfer->sendings > 0,
        .status = (int)status,
        .system_error = (int)system_error,
        .proxy_status = (int)proxy_status,
        .verdict = transfer->code == CURLE_PEER_FAILED_VERIFICATION ? verdict : 0,
        .tls_error = tls_error(transfer->words),
        .words = transfer->words[0] != '\0' ? transfer->words : zosh_curl.curl_easy_strerror(transfer->code),
    };
    return ending;
}
