/* Private to src/store: bringing a database to the newest schema. */
#ifndef NOTES_STORE_MIGRATE_H
#define NOTES_STORE_MIGRATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "schema.h"

struct store;

/* The number of the last file of schema/. */
int64_t migrate_newest(void);
enum rc migrate_version(struct store *st, int64_t *version, struct err *err);

/* Applies the files behind version in the open transaction. */
enum rc migrate_apply(struct store *st, const struct schema_file *files,
    size_t n, int64_t version, struct err *err);

/* Keeps a copy beside the file ("notes.db.v3"), then applies what is missing in
 * one transaction of its own. */
enum rc migrate_upgrade(struct store *st, int64_t version, struct err *err);

/* Copies the database, as it stands, to a new file of mode 0600; the one that
 * is there is replaced. */
enum rc migrate_copy(struct store *st, const char *to, struct err *err);

/* Appends a file's statements without their comments. */
void migrate_strip(const struct schema_file *f, struct buf *out);

#endif
