/* People have one name each in a tracker, however it was typed. */
#include <string.h>
#include <strings.h>

#include "app/journal.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/ticket.h"

/* Names looked at for one that differs by its letters' case alone. */
#define NAMES_MAX 1000

static const char *const fields[] = { "assignee", "reporter" };

/* The first of the values that begin with a name is that name, if it is there:
 * two looks at indexes, where the names of all tickets may be many. */
static enum rc
is_in_use(struct app *a, const char *name, bool *in_use, struct err *err)
{
	struct strv first;
	enum rc rc = RC_OK;

	*in_use = strcmp(name, a->me) == 0;
	for (size_t i = 0; rc == RC_OK && i < 2 && !*in_use; i++) {
		rc = store_values(a->store, fields[i], name, 1, &first, err);
		*in_use = rc == RC_OK && strv_has(&first, name);
		if (rc == RC_OK)
			strv_release(&first);
	}
	return rc;
}

static enum rc
read_names(struct app *a, struct strv *out, struct err *err)
{
	struct strv some;
	enum rc rc = RC_OK;

	strv_push(out, a->me);
	for (size_t i = 0; rc == RC_OK && i < 2; i++) {
		rc = store_values(a->store, fields[i], "", NAMES_MAX, &some,
		    err);
		for (size_t k = 0; rc == RC_OK && k < some.n; k++)
			strv_push(out, some.v[k]);
		if (rc == RC_OK)
			strv_release(&some);
	}
	return rc;
}

/* The one of the names that differs by its letters' case, or NULL. */
static const char *
find_spelling(const struct strv *names, const char *name)
{
	struct buf folded = BUF_INIT, b = BUF_INIT;
	const char *found = NULL;

	utf8_fold(&folded, name, strlen(name));
	for (size_t i = 0; found == NULL && i < names->n; i++) {
		buf_clear(&b);
		utf8_fold(&b, names->v[i], strlen(names->v[i]));
		if (strcmp(buf_str(&b), buf_str(&folded)) == 0)
			found = names->v[i];
	}
	buf_release(&b);
	buf_release(&folded);
	return found;
}

enum rc
app_person(struct app *a, char **name, struct err *err)
{
	struct strv names = STRV_INIT;
	const char *known;
	bool in_use;
	enum rc rc;

	if (*name == NULL || **name == '\0')
		return RC_OK;
	if (strcmp(*name, "me") == 0 || strcmp(*name, "@me") == 0 ||
	    strcasecmp(*name, a->actor) == 0) {
		mem_replace(name, a->me);
		return RC_OK;
	}
	/* Where two spellings are in use each is somebody. */
	rc = is_in_use(a, *name, &in_use, err);
	if (rc != RC_OK || in_use)
		return rc;
	if ((rc = read_names(a, &names, err)) == RC_OK &&
	    (known = find_spelling(&names, *name)) != NULL)
		mem_replace(name, known);
	strv_release(&names);
	return rc;
}

bool
app_is_me(const struct app *a, const char *actor)
{
	return actor != NULL &&
	    (strcmp(actor, a->actor) == 0 || strcmp(actor, a->me) == 0);
}
