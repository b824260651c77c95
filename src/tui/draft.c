#include "draft.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"

#define DRAFT_MAX (1 << 20) /* bytes read back from an editor */

static char *
draft_path(const struct ui *ui, const char *name, const char *kind)
{
	return mem_printf("%s/drafts/%s.%s.md", app_dir(ui->app), name, kind);
}

static enum rc
write_draft(const struct ui *ui, const char *path, const struct buf *text,
    struct err *err)
{
	char *dir = fs_join(app_dir(ui->app), "drafts");
	enum rc rc = fs_mkdir(dir, 0700, err);

	free(dir);
	if (rc != RC_OK)
		return rc;
	return fs_write(path, buf_str(text), text->len, 0600, err);
}

bool
draft_edit(struct ui *ui, const char *name, const char *kind, struct buf *text)
{
	char *path = draft_path(ui, name, kind);
	struct buf got = BUF_INIT;
	struct err err = ERR_INIT;
	bool changed = false;
	enum rc rc = RC_OK;

	if (ui->host.edit == NULL) {
		ui_warn(ui, "no editor here");
		goto out;
	}
	if (!fs_exists(path))
		rc = write_draft(ui, path, text, &err);
	if (rc == RC_OK)
		rc = ui->host.edit(ui->host.arg, path, &err);
	if (rc == RC_OK)
		rc = fs_read(path, DRAFT_MAX, &got, &err);
	if (rc != RC_OK) {
		if (fs_exists(path))
			err_prefix(&err, "text kept in %s", path);
		ui_fail(ui, &err);
		goto out;
	}
	changed = got.len != text->len ||
	    memcmp(buf_str(&got), buf_str(text), got.len) != 0;
	if (!changed) {
		unlink(path);
		ui_say(ui, "nothing changed");
		goto out;
	}
	buf_clear(text);
	buf_add(text, buf_str(&got), got.len);
out:
	ui_stale(ui);
	buf_release(&got);
	free(path);
	return changed;
}

void
draft_done(struct ui *ui, const char *name, const char *kind)
{
	char *path = draft_path(ui, name, kind);

	unlink(path);
	free(path);
}
