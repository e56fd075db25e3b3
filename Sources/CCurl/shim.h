// What triplake uses of libcurl, declared by hand: the library is opened at first use and never linked, and its
// headers are not needed to build. All numbers are part of its stable interface (curl/curl.h).
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

enum {
  LAKE_CURLOPT_NOPROGRESS = 43,
  LAKE_CURLOPT_UPLOAD = 46,
  LAKE_CURLOPT_POST = 47,
  LAKE_CURLOPT_POSTFIELDSIZE = 60,
  LAKE_CURLOPT_NOSIGNAL = 99,
  LAKE_CURLOPT_USE_SSL = 119,
  LAKE_CURLOPT_TIMEOUT_MS = 155,
  LAKE_CURLOPT_CONNECTTIMEOUT_MS = 156,
  LAKE_CURLOPT_PROTOCOLS = 181,
  LAKE_CURLOPT_WRITEDATA = 10001,
  LAKE_CURLOPT_URL = 10002,
  LAKE_CURLOPT_READDATA = 10009,
  LAKE_CURLOPT_ERRORBUFFER = 10010,
  LAKE_CURLOPT_USERAGENT = 10018,
  LAKE_CURLOPT_HTTPHEADER = 10023,
  LAKE_CURLOPT_XFERINFODATA = 10057,
  LAKE_CURLOPT_CAINFO = 10065,
  LAKE_CURLOPT_COPYPOSTFIELDS = 10165,
  LAKE_CURLOPT_USERNAME = 10173,
  LAKE_CURLOPT_PASSWORD = 10174,
  LAKE_CURLOPT_MAIL_FROM = 10186,
  LAKE_CURLOPT_MAIL_RCPT = 10187,
  LAKE_CURLOPT_WRITEFUNCTION = 20011,
  LAKE_CURLOPT_READFUNCTION = 20012,
  LAKE_CURLOPT_XFERINFOFUNCTION = 20219,
  LAKE_CURLINFO_RESPONSE_CODE = 0x200002,
  LAKE_CURLUSESSL_NONE = 0,
  LAKE_CURLUSESSL_ALL = 3,
  LAKE_CURLPROTO_HTTP = 1 << 0,
  LAKE_CURLPROTO_HTTPS = 1 << 1,
  LAKE_CURLPROTO_SMTP = 1 << 16,
  LAKE_CURLPROTO_SMTPS = 1 << 17,
  LAKE_CURL_ERROR_SIZE = 256,
};

// The functions of an open library.
typedef struct {
  void *(*easy_init)(void);
  int (*easy_setopt)(void *handle, int option, ...);
  int (*easy_perform)(void *handle);
  int (*easy_getinfo)(void *handle, int information, ...);
  void (*easy_cleanup)(void *handle);
  const char *(*easy_strerror)(int code);
  void *(*slist_append)(void *list, const char *text);
  void (*slist_free_all)(void *list);
} lake_curl;

// Opens the library and prepares it. Returns 1, or 0 where it is missing or lacks a function.
static inline int lake_curl_open(const char *name, lake_curl *curl) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
  int (*global_init)(long) = (int (*)(long))dlsym(library, "curl_global_init");
  curl->easy_init = (void *(*)(void))dlsym(library, "curl_easy_init");
  curl->easy_setopt = (int (*)(void *, int, ...))dlsym(library, "curl_easy_setopt");
  curl->easy_perform = (int (*)(void *))dlsym(library, "curl_easy_perform");
  curl->easy_getinfo = (int (*)(void *, int, ...))dlsym(library, "curl_easy_getinfo");
  curl->easy_cleanup = (void (*)(void *))dlsym(library, "curl_easy_cleanup");
  curl->easy_strerror = (const char *(*)(int))dlsym(library, "curl_easy_strerror");
  curl->slist_append = (void *(*)(void *, const char *))dlsym(library, "curl_slist_append");
  curl->slist_free_all = (void (*)(void *))dlsym(library, "curl_slist_free_all");
  if (global_init == NULL || curl->easy_init == NULL || curl->easy_setopt == NULL ||
      curl->easy_perform == NULL || curl->easy_getinfo == NULL || curl->easy_cleanup == NULL ||
      curl->easy_strerror == NULL || curl->slist_append == NULL || curl->slist_free_all == NULL)
    return 0;
  return global_init(3 /* CURL_GLOBAL_ALL */) == 0;
}

// curl_easy_setopt and curl_easy_getinfo are variadic.
static inline int lake_curl_set_number(const lake_curl *curl, void *handle, int option, long value) {
  return curl->easy_setopt(handle, option, value);
}

static inline int lake_curl_set_text(
    const lake_curl *curl, void *handle, int option, const char *value) {
  return curl->easy_setopt(handle, option, value);
}

static inline int lake_curl_set_pointer(
    const lake_curl *curl, void *handle, int option, void *value) {
  return curl->easy_setopt(handle, option, value);
}

static inline long lake_curl_response_code(const lake_curl *curl, void *handle) {
  long code = 0;
  return curl->easy_getinfo(handle, LAKE_CURLINFO_RESPONSE_CODE, &code) == 0 ? code : 0;
}

static inline size_t lake_curl_drop(char *bytes, size_t size, size_t count, void *unused) {
  (void)bytes, (void)unused;
  return size * count;
}

// Passes over what a server answers, which would go to standard output otherwise.
static inline int lake_curl_drop_answer(const lake_curl *curl, void *handle) {
  return curl->easy_setopt(handle, LAKE_CURLOPT_WRITEFUNCTION, lake_curl_drop);
}

// Bytes that are sent, from the beginning on.
typedef struct {
  const char *bytes;
  size_t count;
} lake_curl_text;

static inline size_t lake_curl_take(char *target, size_t size, size_t count, void *source) {
  lake_curl_text *text = (lake_curl_text *)source;
  size_t taken = size * count < text->count ? size * count : text->count;
  memcpy(target, text->bytes, taken);
  text->bytes += taken;
  text->count -= taken;
  return taken;
}

// Sends `text`, which must stay where it is until the transfer has ended.
static inline int lake_curl_send(const lake_curl *curl, void *handle, lake_curl_text *text) {
  int code = curl->easy_setopt(handle, LAKE_CURLOPT_READFUNCTION, lake_curl_take);
  if (code == 0) code = curl->easy_setopt(handle, LAKE_CURLOPT_READDATA, text);
  return code == 0 ? curl->easy_setopt(handle, LAKE_CURLOPT_UPLOAD, 1L) : code;
}

// Asked about once a second while a transfer runs; anything but 0 ends it.
typedef int (*lake_curl_question)(void *context, long long, long long, long long, long long);

static inline int lake_curl_ask(
    const lake_curl *curl, void *handle, lake_curl_question question, void *context) {
  int code = curl->easy_setopt(handle, LAKE_CURLOPT_XFERINFOFUNCTION, question);
  if (code == 0) code = curl->easy_setopt(handle, LAKE_CURLOPT_XFERINFODATA, context);
  return code == 0 ? curl->easy_setopt(handle, LAKE_CURLOPT_NOPROGRESS, 0L) : code;
}
