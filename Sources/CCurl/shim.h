#pragma once

// The macros that check option types are for C callers; they would only slow the build here.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift cannot call variadic functions: one wrapper for each type of argument.

typedef size_t (*lore_curl_data_callback)(char *, size_t, size_t, void *);

static inline CURLcode lore_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_list(
    CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_set_data_callback(
    CURL *handle, CURLoption option, lore_curl_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode lore_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode lore_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// The result of a finished transfer; `CURLMsg.data` is an anonymous union that Swift cannot name.
static inline CURLcode lore_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

/// Options that differ between versions of libcurl.
static inline CURLcode lore_curl_restrict(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    // Ending a transfer that still resolves a name must not wait for the resolver's thread.
    (void)curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#endif
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}
