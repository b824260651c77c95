#include "draft.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "history.h"

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
	char *dir;
	enum rc rc;

	/* A repository that is away must not be begun anew under its name. */
	if (!fs_is_dir(app_dir(ui->app)))
		return err_set(err, RC_NOT_FOUND,
		    "gone: %s (put it back and try again)", app_dir(ui->app));
	dir = fs_join(app_dir(ui->app), "drafts");
	rc = fs_mkdir(dir, 0700, err);
	free(dir);
	if (rc != RC_OK)
		return rc;
	return fs_write(path, buf_str(text), text->len, 0600, err);
}

/* What was handed out, for drafts that outlive the program. */
static char *
before_path(const struct ui *ui, const char *name, const char *kind)
{
	return mem_printf("%s/drafts/%s.%s.before", app_dir(ui->app), name,
	    kind);
}

/* Did nobody write into it?  Then it is none worth going on with. */
static bool
is_untouched(const char *path, const char *kept)
{
	struct buf now = BUF_INIT, before = BUF_INIT;
	bool same;

	same = fs_read(path, DRAFT_MAX, &now, NULL) == RC_OK &&
	    (now.len == 0 ||
		(fs_read(kept, DRAFT_MAX, &before, NULL) == RC_OK &&
		    now.len == before.len &&
		    memcmp(now.ptr, before.ptr, now.len) == 0));
	buf_release(&now);
	buf_release(&before);
	return same;
}

/* A draft that is there goes on from the text that it began with. */
static enum rc
hand_out(const struct ui *ui, const char *path, const char *kept,
    const struct buf *text, struct buf *before, struct err *err)
{
	enum rc rc = RC_OK;

	if (fs_exists(path) && !is_untouched(path, kept)) {
		if (before != NULL && fs_exists(kept))
			return fs_read(kept, DRAFT_MAX, before, err);
	} else {
		rc = before == NULL ? RC_OK : write_draft(ui, kept, text, err);
		if (rc == RC_OK)
			rc = write_draft(ui, path, text, err);
	}
	if (before != NULL)
		buf_add(before, buf_str(text), text->len);
	return rc;
}

/* What failed first: the line may be too short for all of it. */
static void
say_kept(struct ui *ui, const char *path, const struct err *err)
{
	struct err all = ERR_INIT;

	if (fs_exists(path))
		err_set(&all, err->code, "%s   (text kept in %s)", err->msg,
		    path);
	ui_fail(ui, all.msg[0] == '\0' ? err : &all);
}

bool
draft_edit(struct ui *ui, const char *name, const char *kind, struct buf *text,
    struct buf *before)
{
	char *path = draft_path(ui, name, kind);
	char *kept = before_path(ui, name, kind);
	const struct buf *from = before == NULL ? text : before;
	struct buf got = BUF_INIT;
	struct err err = ERR_INIT;
	bool changed = false;
	enum rc rc;

	if (ui->host.edit == NULL) {
		ui_warn(ui, "no editor here");
		goto out;
	}
	rc = hand_out(ui, path, kept, text, before, &err);
	if (rc == RC_OK)
		rc = ui->host.edit(ui->host.arg, path, &err);
	if (rc == RC_OK)
		rc = fs_read(path, DRAFT_MAX, &got, &err);
	if (rc != RC_OK) {
		say_kept(ui, path, &err);
		goto out;
	}
	changed = got.len != from->len ||
	    memcmp(buf_str(&got), buf_str(from), got.len) != 0;
	if (!changed) {
		draft_done(ui, name, kind);
		ui_say(ui, "nothing changed");
		goto out;
	}
	buf_clear(text);
	buf_add(text, buf_str(&got), got.len);
out:
	ui_stale(ui);
	buf_release(&got);
	free(path);
	free(kept);
	return changed;
}

void
draft_done(struct ui *ui, const char *name, const char *kind)
{
	char *path = draft_path(ui, name, kind);
	char *kept = before_path(ui, name, kind);

	unlink(path);
	unlink(kept);
	free(path);
	free(kept);
}

/* What goes on with a text of a kind. */
static const struct {
	const char *suffix, *key;
} kinds[] = { { ".form.md", "e" }, { ".comment.md", "C" },
	{ ".note.md", "e in the release" } };

static void
tell_of(const char *name, struct buf *out)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t n = strlen(kinds[i].suffix);
		bool is_new = strncmp(name, "new.", 4) == 0;

		if (len <= n || strcmp(name + len - n, kinds[i].suffix) != 0)
			continue;
		buf_printf(out, "%s%.*s (%s goes on)",
		    out->len == 0 ? "" : ", ", (int)(len - n), name,
		    is_new ? "A" : kinds[i].key);
	}
}

void
draft_offer(struct ui *ui)
{
	char *dir = ui->app == NULL ? NULL
				    : fs_join(app_dir(ui->app), "drafts");
	DIR *d = dir == NULL || app_is_readonly(ui->app) ? NULL : opendir(dir);
	struct buf text = BUF_INIT;
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		size_t len = strlen(e->d_name);
		char *path, *kept;

		if (len <= 3 || strcmp(e->d_name + len - 3, ".md") != 0)
			continue;
		path = fs_join(dir, e->d_name);
		kept = mem_printf("%.*s.before", (int)strlen(path) - 3, path);
		if (!is_untouched(path, kept))
			tell_of(e->d_name, &text);
		free(path);
		free(kept);
	}
	if (d != NULL)
		closedir(d);
	if (text.len > 0)
		ui_warn_too(ui, "unfinished text is kept: %s", buf_str(&text));
	buf_release(&text);
	free(dir);
}

void
draft_keep_typed(struct ui *ui)
{
	mem_replace(&ui->kept, NULL);
	if (ui->asking)
		history_add(ui, ui->ask.history, prompt_text(&ui->prompt));
}
