// What triplake uses of libpq, declared by hand: the library is opened at first use and never linked, and its headers
// are not needed to build. All numbers are part of its stable interface (libpq-fe.h, postgres_ext.h).
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

enum {
  LAKE_PG_CONNECTION_OK = 0,
  LAKE_PG_COMMAND_OK = 1,
  LAKE_PG_TUPLES_OK = 2,
  LAKE_PG_COPY_IN = 4,
  LAKE_PG_DIAG_SQLSTATE = 'C',
  LAKE_PG_DIAG_MESSAGE_PRIMARY = 'M',
};

// An element of what PQconninfoParse returns; the last one has no keyword.
typedef struct {
  char *keyword;
  char *variable;
  char *compiled;
  char *value;
  char *label;
  char *display;
  int size;
} lake_pg_option;

// The functions of an open library; connections and results are pointers to what only it knows.
typedef struct {
  void *(*connect)(const char *settings);
  int (*status)(const void *connection);
  char *(*error_message)(const void *connection);
  char *(*database)(const void *connection);
  char *(*host)(const void *connection);
  void (*finish)(void *connection);
  void *(*execute)(void *connection, const char *sql);
  int (*result_status)(const void *result);
  char *(*result_field)(const void *result, int field);
  char *(*changed_rows)(void *result);
  int (*row_count)(const void *result);
  char *(*value)(const void *result, int row, int column);
  int (*is_null)(const void *result, int row, int column);
  void (*clear)(void *result);
  int (*put_copy_data)(void *connection, const char *bytes, int count);
  int (*put_copy_end)(void *connection, const char *failure);
  void *(*next_result)(void *connection);
  lake_pg_option *(*parse_settings)(const char *settings, char **message);
  void (*free_settings)(lake_pg_option *options);
  void (*free_memory)(void *memory);
  void *(*set_notice_processor)(void *connection, void (*)(void *, const char *), void *);
} lake_pg;

// Opens the library. Returns 1, or 0 where it is missing or lacks a function.
static inline int lake_pg_open(const char *name, lake_pg *pg) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
  pg->connect = (void *(*)(const char *))dlsym(library, "PQconnectdb");
  pg->status = (int (*)(const void *))dlsym(library, "PQstatus");
  pg->error_message = (char *(*)(const void *))dlsym(library, "PQerrorMessage");
  pg->database = (char *(*)(const void *))dlsym(library, "PQdb");
  pg->host = (char *(*)(const void *))dlsym(library, "PQhost");
  pg->finish = (void (*)(void *))dlsym(library, "PQfinish");
  pg->execute = (void *(*)(void *, const char *))dlsym(library, "PQexec");
  pg->result_status = (int (*)(const void *))dlsym(library, "PQresultStatus");
  pg->result_field = (char *(*)(const void *, int))dlsym(library, "PQresultErrorField");
  pg->changed_rows = (char *(*)(void *))dlsym(library, "PQcmdTuples");
  pg->row_count = (int (*)(const void *))dlsym(library, "PQntuples");
  pg->value = (char *(*)(const void *, int, int))dlsym(library, "PQgetvalue");
  pg->is_null = (int (*)(const void *, int, int))dlsym(library, "PQgetisnull");
  pg->clear = (void (*)(void *))dlsym(library, "PQclear");
  pg->put_copy_data = (int (*)(void *, const char *, int))dlsym(library, "PQputCopyData");
  pg->put_copy_end = (int (*)(void *, const char *))dlsym(library, "PQputCopyEnd");
  pg->next_result = (void *(*)(void *))dlsym(library, "PQgetResult");
  pg->parse_settings =
      (lake_pg_option * (*)(const char *, char **)) dlsym(library, "PQconninfoParse");
  pg->free_settings = (void (*)(lake_pg_option *))dlsym(library, "PQconninfoFree");
  pg->free_memory = (void (*)(void *))dlsym(library, "PQfreemem");
  pg->set_notice_processor =
      (void *(*)(void *, void (*)(void *, const char *), void *))dlsym(
          library, "PQsetNoticeProcessor");
  return pg->connect && pg->status && pg->error_message && pg->database && pg->host &&
         pg->finish && pg->execute && pg->result_status && pg->result_field && pg->changed_rows &&
         pg->row_count && pg->value && pg->is_null && pg->clear && pg->put_copy_data && pg->put_copy_end &&
         pg->next_result && pg->parse_settings && pg->free_settings && pg->free_memory &&
         pg->set_notice_processor;
}

static inline void lake_pg_pass_over(void *unused, const char *notice) {
  (void)unused, (void)notice;
}

// "NOTICE: schema already exists, skipping" would go to standard error otherwise.
static inline void lake_pg_drop_notices(const lake_pg *pg, void *connection) {
  pg->set_notice_processor(connection, lake_pg_pass_over, NULL);
}

// Whether connection settings, a URL or `keyword=value` pairs, hold a password in the open: 1, 0, or -1 where they
// cannot be read.
static inline int lake_pg_holds_password(const lake_pg *pg, const char *settings) {
  char *message = NULL;
  lake_pg_option *options = pg->parse_settings(settings, &message);
  if (message != NULL) pg->free_memory(message);
  if (options == NULL) return -1;
  int found = 0;
  for (lake_pg_option *option = options; option->keyword != NULL; option++)
    if (option->value != NULL &&
        (strcmp(option->keyword, "password") == 0 || strcmp(option->keyword, "sslpassword") == 0))
      found = 1;
  pg->free_settings(options);
  return found;
}
