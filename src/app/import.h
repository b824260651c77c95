/* The rows that every format of an import is brought to, and how they land. */
#ifndef NOTES_APP_IMPORT_H
#define NOTES_APP_IMPORT_H

#include "app/transfer.h"
#include "app_priv.h"
#include "base/strv.h"

/* What a row tells of a ticket; NULL members say nothing. */
struct import_row {
	struct ticket_key key;
	size_t		 line;		/* for messages */
	struct change_list changes;	/* checked */
	int64_t		 created, updated, resolved;	/* or DATE_NONE */
};

struct importing {
	struct app	*app;
	struct import_result *result;
	int64_t		 group;
	bool		 fresh;		/* the tracker holds no ticket */
	struct strv	 releases;	/* that exist, sorted */
	int64_t		 done, total;
};

/* Makes or changes the ticket of a row; inside the transaction. */
enum rc	import_row_put(struct importing *im, struct import_row *row,
	    struct err *err);
void	import_row_release(struct import_row *row);

/* Makes releases that are named but missing, as planned ones. */
enum rc	import_releases(struct importing *im, const char *list,
	    struct err *err);

enum rc	import_csv(struct importing *im, const char *text, size_t len,
	    struct err *err);
enum rc	import_json(struct importing *im, const char *text, size_t len,
	    struct err *err);

#endif
