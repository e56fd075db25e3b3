#include <stddef.h>
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift cannot import: SQLite copies the bytes before the call returns.
static inline int lake_sqlite_bind_text(
    sqlite3_stmt *statement, int index, const void *bytes, size_t count) {
  return sqlite3_bind_text64(statement, index, count == 0 ? "" : (const char *)bytes, count,
                             SQLITE_TRANSIENT, SQLITE_UTF8);
}

// sqlite3_db_config is variadic.
static inline int lake_sqlite_set_flag(sqlite3 *database, int flag, int is_on) {
  return sqlite3_db_config(database, flag, is_on, (int *)0);
}

#include "routines.h"
