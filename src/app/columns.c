#include <string.h>

#include "app/config.h"
#include "app_priv.h"

const char *const app_column_names[COLUMN_N] = {
#define X(id, name) name,
	APP_COLUMNS(X)
#undef X
};

static enum rc
unknown(const char *name, size_t len, struct err *err)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < COLUMN_N; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : ", ",
		    app_column_names[i]);
	err_set(err, RC_INVALID, "no column \"%.*s\" (there are: %s)",
	    (int)(len < 40 ? len : 40), name, buf_str(&names));
	buf_release(&names);
	return RC_INVALID;
}

static size_t
find(const char *name, size_t len)
{
	size_t i = 0;

	while (i < COLUMN_N &&
	    (strlen(app_column_names[i]) != len ||
		strncasecmp(app_column_names[i], name, len) != 0))
		i++;
	return i;
}

enum rc
app_columns_parse(const char *text, enum app_column out[COLUMN_N], size_t *n,
    struct err *err)
{
	bool seen[COLUMN_N] = { false };
	size_t len, i;

	for (*n = 0;; text += len) {
		text += strspn(text, " ,");
		if ((len = strcspn(text, " ,")) == 0)
			break;
		if ((i = find(text, len)) == COLUMN_N)
			return unknown(text, len, err);
		if (!seen[i])
			out[(*n)++] = (enum app_column)i;
		seen[i] = true;
	}
	if (*n == 0)
		return err_set(err, RC_INVALID, "a list needs a column");
	return RC_OK;
}
