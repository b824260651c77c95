/* The rows that every format of an import is brought to, and how they land. */
#ifndef NOTES_APP_IMPORT_H
#define NOTES_APP_IMPORT_H

#include "app/transfer.h"
#include "app/app_priv.h"
#include "base/strv.h"

/* The keys that a file names, and which of them became tickets. */
struct import_keys {
	uint64_t	*slots;		/* size of them, a power of two */
	size_t		 n, size;
	struct strv	 prefixes;
};

/* False when the file has named it before. */
bool	import_keys_add(struct import_keys *k, const struct ticket_key *key);
/* What this import did to the ticket of a key that was added. */
enum import_done {
	IMPORT_MADE = 1,
	IMPORT_CHANGED = 2,
	IMPORT_OTHER = 4	/* the key is another ticket's here */
};
void	import_keys_mark(struct import_keys *k, const struct ticket_key *key,
	    enum import_done done);
bool	import_keys_is(struct import_keys *k, const struct ticket_key *key,
	    enum import_done done);
void	import_keys_release(struct import_keys *k);

/* A value as it was written, and what came of it: few values are written often.
 * One that is not in its place is looked at anew. */
struct import_memo {
	enum ticket_field field;
	char		*raw, *value;	/* owned */
};

#define IMPORT_MEMOS 256

/* What a row tells of a ticket; NULL members say nothing. */
struct import_row {
	struct ticket_key key;
	size_t		 line;		/* for messages */
	struct change_list changes;	/* checked */
	int64_t		 created, updated, resolved;	/* or DATE_NONE */
	bool		 exact;		/* done without a resolution stays so */
};

struct importing {
	struct app	*app;
	struct import_result *result;
	int64_t		 group;
	int64_t		 appended;	/* by import_json_append() */
	bool		 fresh;		/* the tracker holds no ticket */
	bool		 exact;		/* the file is an export of our own */
	struct strv	 releases;	/* that exist */
	struct import_keys keys;
	struct import_memo memo[IMPORT_MEMOS];
	int64_t		 done, total;
};

/* Makes or changes the ticket of a row; inside the transaction. */
enum rc	import_row_put(struct importing *im, struct import_row *row,
	    struct err *err);
void	import_row_release(struct import_row *row);

/*
 * One value of a row as it would be typed: checked, and its releases made when
 * they are missing.  Blanks in a label become '-'.
 */
enum rc	import_value(struct importing *im, struct import_row *row,
	    enum ticket_field field, const char *value, struct err *err);

/* A clean line for the user; text is taken over.  Beyond 20 they are left. */
void	import_warn(struct importing *im, char *text);

/* Makes releases that are named but missing, as planned ones. */
enum rc	import_releases(struct importing *im, const char *list,
	    struct err *err);

/* RC_INVALID, with the command that adds it, when the key's prefix is none of
 * this tracker. */
enum rc	import_check_prefix(const struct importing *im,
	    const struct ticket_key *key, struct err *err);

/* Seconds of a date that date_parse() understands, or of "10/Mar/24 3:04 PM"
 * (UTC).  RC_INVALID names the text. */
enum rc	import_date(const char *text, int64_t *out, struct err *err);

enum rc	import_csv(struct importing *im, const char *text, size_t len,
	    struct err *err);
enum rc	import_json(struct importing *im, const char *text, size_t len,
	    struct err *err);

#endif
