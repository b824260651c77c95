/* Private to src/store: making and opening a connection. */
#ifndef NOTES_STORE_OPEN_H
#define NOTES_STORE_OPEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

/* Real path of the folder and the name behind it; RC_NOT_FOUND without one. */
enum rc open_path(const char *path, char **real, struct err *err);

/*
 * Looks at the file without opening it (closing it would drop SQLite's locks):
 * a plain file of one name that is not empty.  Its device and inode go to st.
 */
enum rc open_check_file(struct store *st, struct err *err);
/* Things to warn of: permissions, network file systems. */
void open_check_place(struct store *st);

/* Allocates a store that has a path and nothing else. */
struct store *open_new(char *path, enum store_mode mode);

enum open_flag { OPEN_EXISTING, OPEN_CREATE, OPEN_READONLY };

/* Opens st->path with all that docs/SAFETY.md asks of a connection. */
enum rc open_connect(struct store *st, enum open_flag flag, struct err *err);
/* Reads who this database is; RC_CORRUPT when something was planted. */
enum rc open_identify(struct store *st, struct err *err);

#endif
