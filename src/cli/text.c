#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/ulid.h"
#include "model/ticket.h"
#include "pager.h"

/* Forms hold a description, a note and the lines around them. */
#define TEXT_FILE_MAX (2 * TICKET_TEXT_MAX + 16384)

void
text_join(struct buf *out, const struct words *w, size_t from)
{
	for (size_t i = from; i < w->n; i++) {
		if (i > from)
			buf_putc(out, ' ');
		buf_puts(out, w->v[i]);
	}
}

enum rc
text_file(const char *path, struct buf *out, struct err *err)
{
	return fs_read(path, TEXT_FILE_MAX, out, err);
}

static char *
draft_path(const struct cli *c, const char *name)
{
	struct ulid id;
	char *file, *path;

	ulid_new(&id, date_clock_ms());
	file = mem_printf("draft-%s-%s.md", name, id.s);
	path = fs_join(app_dir(c->app), file);
	free(file);
	return path;
}

enum rc
text_draft_edit(struct cli *c, const char *name, struct draft *d,
    struct buf *text, struct err *err)
{
	const char *command;
	enum rc rc;

	draft_drop(d);
	buf_clear(&d->given);
	buf_add(&d->given, buf_str(text), text->len);
	d->path = draft_path(c, name);
	rc = fs_write(d->path, buf_str(text), text->len, 0600, err);
	if (rc != RC_OK)
		goto none;
	command = editor_command(app_git_config(c->app, "core.editor"));
	if ((rc = editor_run(command, d->path, err)) != RC_OK)
		return rc;
	buf_clear(text);
	return text_file(d->path, text, err);
none:
	free(d->path);
	d->path = NULL;
	return rc;
}

static bool
is_untouched(const struct draft *d)
{
	struct buf now = BUF_INIT;
	struct err e = ERR_INIT;
	bool same = text_file(d->path, &now, &e) == RC_OK &&
	    now.len == d->given.len &&
	    memcmp(buf_str(&now), buf_str(&d->given), now.len) == 0;

	buf_release(&now);
	return same;
}

enum rc
draft_keep(struct draft *d, const char *again, struct err *err)
{
	char *msg;

	if (d->path == NULL)
		return err->code;
	if (is_untouched(d)) {
		draft_drop(d);
		return err->code;
	}
	msg = mem_strdup(err->msg);
	err_set(err, err->code, "%s; the draft is kept (go on with: %s %s)",
	    msg, again, d->path);
	free(msg);
	free(d->path);
	d->path = NULL;
	return err->code;
}

void
draft_drop(struct draft *d)
{
	if (d->path == NULL)
		return;
	unlink(d->path);
	free(d->path);
	d->path = NULL;
}

void
draft_release(struct draft *d)
{
	free(d->path);
	buf_release(&d->given);
	d->path = NULL;
}

void
draft_used(const struct cli *c, const char *path)
{
	char *dir, *real, *start;

	if (path == NULL || strcmp(path, "-") == 0)
		return;
	dir = fs_real(app_dir(c->app));
	real = fs_real(path);
	start = dir == NULL ? NULL : fs_join(dir, "draft-");
	if (real != NULL && start != NULL &&
	    strncmp(real, start, strlen(start)) == 0 &&
	    strchr(real + strlen(start), '/') == NULL)
		unlink(real);
	free(dir);
	free(real);
	free(start);
}
