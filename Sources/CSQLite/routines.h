#pragma once

// SQLite through the table of its functions that it hands to extensions, so that the same tables serve the program,
// which has SQLite linked in, and an extension, which must use that of its host. Each function is the one of
// SQLite's name; see https://sqlite.org/c3ref/funclist.html.
#include <stdint.h>

#include <sqlite3.h>

// Without it sqlite3ext.h would replace the functions' names by macros.
#define SQLITE_CORE 1
#include <sqlite3ext.h>

typedef sqlite3_api_routines lake_sqlite;

// What SQLite knows as a table or cursor, with the Swift object behind it.
typedef struct {
  sqlite3_vtab base;
  void *object;
} lake_sqlite_table;
typedef struct {
  sqlite3_vtab_cursor base;
  void *object;
} lake_sqlite_cursor;

// The linked SQLite hands its functions to whoever registers as an extension of every new connection.
static inline const lake_sqlite **lake_sqlite_found(void) {
  static const lake_sqlite *found;
  return &found;
}
static inline int lake_sqlite_find(sqlite3 *database, char **message, const lake_sqlite *routines) {
  (void)database, (void)message;
  *lake_sqlite_found() = routines;
  return SQLITE_OK;
}
static inline const lake_sqlite *lake_sqlite_linked(void) {
  sqlite3 *database = NULL;
  if (sqlite3_auto_extension((void (*)(void))lake_sqlite_find) != SQLITE_OK) return NULL;
  sqlite3_open(":memory:", &database);
  sqlite3_close(database);
  sqlite3_cancel_auto_extension((void (*)(void))lake_sqlite_find);
  return *lake_sqlite_found();
}

// Connections.
static inline int lake_sqlite_version(const lake_sqlite *lite) { return lite->libversion_number(); }
static inline int lake_sqlite_open(
    const lake_sqlite *lite, const char *path, sqlite3 **database, int flags) {
  return lite->open_v2(path, database, flags, NULL);
}
static inline int lake_sqlite_close(const lake_sqlite *lite, sqlite3 *database) {
  return lite->close_v2(database);
}
static inline int lake_sqlite_configure(
    const lake_sqlite *lite, sqlite3 *database, int flag, int is_on) {
  return lite->db_config(database, flag, is_on, (int *)0);
}
static inline int lake_sqlite_limit(
    const lake_sqlite *lite, sqlite3 *database, int number, int value) {
  return lite->limit(database, number, value);
}
static inline int lake_sqlite_authorize(
    const lake_sqlite *lite, sqlite3 *database,
    int (*callback)(void *, int, const char *, const char *, const char *, const char *),
    void *object) {
  return lite->set_authorizer(database, callback, object);
}
static inline void lake_sqlite_on_progress(
    const lake_sqlite *lite, sqlite3 *database, int step_count, int (*callback)(void *),
    void *object) {
  lite->progress_handler(database, step_count, callback, object);
}
static inline const char *lake_sqlite_message(const lake_sqlite *lite, sqlite3 *database) {
  return lite->errmsg(database);
}
// In bytes from the start of the statement; -1 where no place is known.
static inline int lake_sqlite_error_offset(const lake_sqlite *lite, sqlite3 *database) {
  return lite->libversion_number() >= 3038000 ? lite->error_offset(database) : -1;
}
static inline void *lake_sqlite_allocate(const lake_sqlite *lite, size_t count) {
  return lite->malloc64(count);
}
static inline void lake_sqlite_free(const lake_sqlite *lite, void *bytes) { lite->free(bytes); }

static inline int lake_sqlite_is_complete(const lake_sqlite *lite, const char *sql) {
  return lite->complete(sql);
}

// Statements.
static inline int lake_sqlite_prepare(
    const lake_sqlite *lite, sqlite3 *database, const char *sql, int byte_count,
    sqlite3_stmt **statement, const char **tail) {
  return lite->prepare_v2(database, sql, byte_count, statement, tail);
}
static inline int lake_sqlite_step(const lake_sqlite *lite, sqlite3_stmt *statement) {
  return lite->step(statement);
}
static inline int lake_sqlite_finalize(const lake_sqlite *lite, sqlite3_stmt *statement) {
  return lite->finalize(statement);
}
static inline int lake_sqlite_column_count(const lake_sqlite *lite, sqlite3_stmt *statement) {
  return lite->column_count(statement);
}
static inline const char *lake_sqlite_column_name(
    const lake_sqlite *lite, sqlite3_stmt *statement, int column) {
  return lite->column_name(statement, column);
}
static inline sqlite3_value *lake_sqlite_column(
    const lake_sqlite *lite, sqlite3_stmt *statement, int column) {
  return lite->column_value(statement, column);
}

// Values.
static inline int lake_sqlite_type(const lake_sqlite *lite, sqlite3_value *value) {
  return lite->value_type(value);
}
static inline int64_t lake_sqlite_integer(const lake_sqlite *lite, sqlite3_value *value) {
  return lite->value_int64(value);
}
static inline double lake_sqlite_real(const lake_sqlite *lite, sqlite3_value *value) {
  return lite->value_double(value);
}
// Of a text its bytes.
static inline const void *lake_sqlite_bytes(const lake_sqlite *lite, sqlite3_value *value) {
  return lite->value_blob(value);
}
static inline int lake_sqlite_byte_count(const lake_sqlite *lite, sqlite3_value *value) {
  return lite->value_bytes(value);
}

// Results.
static inline void lake_sqlite_give_integer(
    const lake_sqlite *lite, sqlite3_context *context, int64_t number) {
  lite->result_int64(context, number);
}
static inline void lake_sqlite_give_real(
    const lake_sqlite *lite, sqlite3_context *context, double number) {
  lite->result_double(context, number);
}
static inline void lake_sqlite_give_null(const lake_sqlite *lite, sqlite3_context *context) {
  lite->result_null(context);
}
// SQLite copies the bytes before the call returns.
static inline void lake_sqlite_give_text(
    const lake_sqlite *lite, sqlite3_context *context, const void *bytes, size_t count) {
  lite->result_text64(context, count == 0 ? "" : (const char *)bytes, count, SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}
static inline void lake_sqlite_give_error(
    const lake_sqlite *lite, sqlite3_context *context, const char *message, int byte_count) {
  lite->result_error(context, message, byte_count);
}

// Virtual tables.
static inline int lake_sqlite_add_module(
    const lake_sqlite *lite, sqlite3 *database, const char *name, const sqlite3_module *module,
    void *object, void (*release)(void *)) {
  return lite->create_module_v2(database, name, module, object, release);
}
static inline int lake_sqlite_add_function(
    const lake_sqlite *lite, sqlite3 *database, const char *name, int argument_count, void *object,
    void (*call)(sqlite3_context *, int, sqlite3_value **), void (*release)(void *)) {
  return lite->create_function_v2(database, name, argument_count, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                  object, call, NULL, NULL, release);
}
static inline void *lake_sqlite_function_object(
    const lake_sqlite *lite, sqlite3_context *context) {
  return lite->user_data(context);
}
static inline int lake_sqlite_declare(
    const lake_sqlite *lite, sqlite3 *database, const char *sql) {
  return lite->declare_vtab(database, sql);
}
static inline int lake_sqlite_mark_harmless(const lake_sqlite *lite, sqlite3 *database) {
  return lite->vtab_config(database, SQLITE_VTAB_INNOCUOUS);
}
static inline const char *lake_sqlite_collation(
    const lake_sqlite *lite, sqlite3_index_info *info, int constraint) {
  return lite->vtab_collation(info, constraint);
}
// Whether the values of an IN can come all at once; asks for it where `wants` is 1.
static inline int lake_sqlite_take_list(
    const lake_sqlite *lite, sqlite3_index_info *info, int constraint, int wants) {
  return lite->libversion_number() >= 3038000 ? lite->vtab_in(info, constraint, wants) : 0;
}
static inline int lake_sqlite_list_first(
    const lake_sqlite *lite, sqlite3_value *list, sqlite3_value **value) {
  return lite->vtab_in_first(list, value);
}
static inline int lake_sqlite_list_next(
    const lake_sqlite *lite, sqlite3_value *list, sqlite3_value **value) {
  return lite->vtab_in_next(list, value);
}
