/* What several commands share: keys, what changed, tickets as JSON. */
#ifndef NOTES_CLI_COMMON_H
#define NOTES_CLI_COMMON_H

#include "app/ticket.h"
#include "cmd.h"

/* Digits of an object id that people are shown. */
#define COMMON_OID_SHORT 10

/* Whole keys of words[from..to); *keys is the caller's to free. */
enum rc	common_keys(struct cli *c, const struct words *w, size_t from,
	    size_t to, struct ticket_key **keys, struct err *err);

/* Tells that changed of n tickets changed: "NOTE-12 done", JSON
 * {"keys","changed"}, or a porcelain line for each key. */
void	common_changed(struct cli *c, const struct ticket_key *keys, size_t n,
	    size_t changed, const char *what);

/* The keys that "notes list --json" promises. */
json_t	*common_ticket_json(const struct ticket *t);

enum out_style common_category_style(enum category category);

/* What stands behind a noun that n counts: "s", or "" for one. */
const char *common_s(int64_t n);

/* All names of a "format" or "style" as a list in words. */
void	common_names(const char *field, struct buf *out);

/* Warnings on standard error, unless quiet. */
void	common_warnings(const struct cli *c, const struct strv *lines);

/* "YYYY-MM-DD", or "" for DATE_NONE. */
const char *common_day(int64_t t, char out[11]);
json_t	*common_day_json(int64_t t);

/* Lines of text made elsewhere, as {head..., "lines":[...]} under --json (json
 * is taken over), a record each in porcelain. */
void	common_lines(struct cli *c, const struct buf *text, json_t *json);

/* An object id as JSON text, null for none. */
json_t	*common_oid_json(const struct oid *oid);

#endif
