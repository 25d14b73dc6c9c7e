#include "late.h"

#ifndef __APPLE__
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdarg.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct lore_library libcurl = {.name = "libcurl.so.4"};

#define CURL(function) LATE(libcurl, function)

CURLcode curl_global_init(long flags) { return CURL(curl_global_init)(flags); }

void curl_free(void *memory) { CURL(curl_free)(memory); }

CURL *curl_easy_init(void) { return CURL(curl_easy_init)(); }

/// The number of an option tells the type of its value.
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    va_list values;
    va_start(values, option);
    CURLcode code;
    if (option < CURLOPTTYPE_OBJECTPOINT) {
        code = CURL(curl_easy_setopt)(handle, option, va_arg(values, long));
    } else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) {
        code = CURL(curl_easy_setopt)(handle, option, va_arg(values, curl_off_t));
    } else if (option >= CURLOPTTYPE_FUNCTIONPOINT && option < CURLOPTTYPE_OFF_T) {
        code = CURL(curl_easy_setopt)(handle, option, va_arg(values, void (*)(void)));
    } else {
        code = CURL(curl_easy_setopt)(handle, option, va_arg(values, void *));
    }
    va_end(values);
    return code;
}

/// Every value is a place to write to.
CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...) {
    va_list values;
    va_start(values, info);
    CURLcode code = CURL(curl_easy_getinfo)(handle, info, va_arg(values, void *));
    va_end(values);
    return code;
}

CURLcode curl_easy_pause(CURL *handle, int bitmask) {
    return CURL(curl_easy_pause)(handle, bitmask);
}

void curl_easy_cleanup(CURL *handle) { CURL(curl_easy_cleanup)(handle); }

const char *curl_easy_strerror(CURLcode code) { return CURL(curl_easy_strerror)(code); }

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *line) {
    return CURL(curl_slist_append)(list, line);
}

void curl_slist_free_all(struct curl_slist *list) { CURL(curl_slist_free_all)(list); }

CURLU *curl_url(void) { return CURL(curl_url)(); }

void curl_url_cleanup(CURLU *url) { CURL(curl_url_cleanup)(url); }

// Versions of the header differ in whether they take a constant `url`.
CURLUcode lore_curl_url_get(void *url, CURLUPart part, char **text, unsigned int flags)
    __asm__("curl_url_get");

CURLUcode lore_curl_url_get(void *url, CURLUPart part, char **text, unsigned int flags) {
    return CURL(curl_url_get)(url, part, text, flags);
}

CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
    return CURL(curl_url_set)(url, part, text, flags);
}

CURLM *curl_multi_init(void) { return CURL(curl_multi_init)(); }

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *handle) {
    return CURL(curl_multi_add_handle)(multi, handle);
}

CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return CURL(curl_multi_remove_handle)(multi, handle);
}

CURLMcode curl_multi_perform(CURLM *multi, int *running) {
    return CURL(curl_multi_perform)(multi, running);
}

CURLMcode curl_multi_poll(
    CURLM *multi, struct curl_waitfd extra[], unsigned int count, int timeout, int *ready) {
    return CURL(curl_multi_poll)(multi, extra, count, timeout, ready);
}

CURLMcode curl_multi_wakeup(CURLM *multi) { return CURL(curl_multi_wakeup)(multi); }

CURLMsg *curl_multi_info_read(CURLM *multi, int *left) {
    return CURL(curl_multi_info_read)(multi, left);
}

CURLMcode curl_multi_cleanup(CURLM *multi) { return CURL(curl_multi_cleanup)(multi); }
#endif
