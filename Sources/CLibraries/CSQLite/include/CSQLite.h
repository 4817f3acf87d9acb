#ifndef GB_CSQLITE_H
#define GB_CSQLITE_H

#include <sqlite3.h>
#include <stddef.h>

/* The destructor constants are casts, which Swift cannot import. The bytes are copied. An empty
 * value needs an address too, or it would be bound as NULL. */
static inline int gb_sqlite_bind_text(sqlite3_stmt *_Nonnull statement, int index,
                                      const void *_Nullable bytes, sqlite3_uint64 count) {
  if (bytes == NULL || count == 0)
    return sqlite3_bind_text64(statement, index, "", 0, SQLITE_STATIC, SQLITE_UTF8);
  return sqlite3_bind_text64(statement, index, (const char *)bytes, count, SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

static inline int gb_sqlite_bind_blob(sqlite3_stmt *_Nonnull statement, int index,
                                      const void *_Nullable bytes, sqlite3_uint64 count) {
  if (bytes == NULL || count == 0)
    return sqlite3_bind_blob64(statement, index, "", 0, SQLITE_STATIC);
  return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
