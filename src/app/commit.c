#include "app/commit.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/history.h"
#include "store/release.h"

/* Where there are more, what a tag names is not looked up for this. */
#define REFS_PEELED 2000

static char *
clean(const char *text, size_t len, enum utf8_lines lines)
{
	struct buf out = BUF_INIT;

	utf8_clean(&out, text, len, lines);
	return buf_detach(&out);
}

/* The message without the blank lines around it. */
static char *
clean_message(const char *text, size_t len)
{
	struct buf lf = BUF_INIT;
	size_t start = 0, at = 0;
	char *out;

	for (size_t i = 0; i < len; i++)
		if (text[i] != '\r' || i + 1 == len || text[i + 1] != '\n')
			buf_putc(&lf, text[i]);
	text = buf_str(&lf);
	for (at = 0; text[at] == '\n' || text[at] == ' ' || text[at] == '\t';
	     at++)
		if (text[at] == '\n')
			start = at + 1;
	len = lf.len;
	while (len > start && strchr(" \t\n", text[len - 1]) != NULL)
		len--;
	out = clean(text + start, len - start, UTF8_MULTI_LINE);
	buf_release(&lf);
	return out;
}

static const char *
short_name(const char *name)
{
	static const char *const places[] = { "refs/heads/", "refs/remotes/",
		"refs/tags/" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strncmp(name, places[i], strlen(places[i])) == 0)
			return name + strlen(places[i]);
	return name;
}

static enum rc
find_refs(struct app *a, const struct oid *id, struct strv *out,
    struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	enum rc rc = vcs_refs(a->vcs, &refs, err);

	if (rc == RC_OK && refs.n <= REFS_PEELED)
		rc = vcs_refs_peel(a->vcs, &refs, err);
	for (size_t i = 0; rc == RC_OK && i < refs.n; i++) {
		const struct vcs_ref *r = &refs.v[i];
		const char *name = short_name(r->name);

		if ((oid_equal(&r->commit, id) || oid_equal(&r->oid, id)) &&
		    !strv_has(out, name))
			strv_take(out, utf8_clean_dup(name, UTF8_ONE_LINE));
	}
	vcs_ref_list_release(&refs);
	return rc;
}

static bool
commit_visit(const struct history_commit *c, void *arg)
{
	*(int64_t *)arg = c->release;
	return true;
}

static bool
link_visit(const struct history_link *l, void *arg)
{
	struct strv *keys = arg;
	char key[TICKET_KEY_MAX];

	ticket_key_format(&l->key, key);
	if (l->role >= LINK_CLAIMS && !strv_has(keys, key))
		strv_push(keys, key);
	return true;
}

/* What the last scan found out; nothing of a commit that it has not seen. */
static enum rc
find_work(struct app *a, struct commit_about *c, struct err *err)
{
	struct release_list releases = { 0 };
	int64_t row = 0;
	uint32_t id = 0;
	enum rc rc = store_history_find(a->store, &c->id, &id, err);

	if (rc != RC_OK || id == 0)
		return rc;
	if ((rc = store_history_commits(a->store, &id, 1, commit_visit, &row,
		 err)) != RC_OK ||
	    (rc = store_history_links(a->store, id, NULL, link_visit,
		 &c->tickets, err)) != RC_OK ||
	    (rc = store_releases(a->store, &releases, err)) != RC_OK)
		return rc;
	strv_sort(&c->tickets);
	for (size_t i = 0; row != 0 && i < releases.n; i++)
		if (releases.v[i].id == row)
			mem_replace(&c->release, releases.v[i].version);
	release_list_release(&releases);
	return RC_OK;
}

enum rc
app_commit_about(struct app *a, const struct oid *commit,
    struct commit_about *out, struct err *err)
{
	struct vcs_commit_mem mem = { 0 };
	struct commit c;
	enum rc rc = app_require_repo(a, err);

	*out = (struct commit_about){ .id = *commit };
	if (rc != RC_OK ||
	    (rc = vcs_commit_read(a->vcs, commit, &mem, &c, err)) != RC_OK)
		goto out;
	out->author = clean(c.author, c.author_len, UTF8_ONE_LINE);
	out->authored = c.author_time;
	out->committed = c.commit_time;
	out->message = clean_message(c.message, c.message_len);
	if ((rc = find_refs(a, commit, &out->refs, err)) == RC_OK)
		rc = find_work(a, out, err);
out:
	vcs_commit_mem_release(&mem);
	if (rc != RC_OK)
		commit_about_release(out);
	return rc;
}

void
commit_about_release(struct commit_about *c)
{
	free(c->author);
	free(c->message);
	free(c->release);
	strv_release(&c->refs);
	strv_release(&c->tickets);
	*c = (struct commit_about){ 0 };
}

enum rc
app_commit_diff(struct app *a, const struct oid *commit, size_t max_bytes,
    struct buf *out, struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	return rc == RC_OK ? vcs_diff(a->vcs, commit, max_bytes, out, err) : rc;
}

enum rc
app_commit_find(struct app *a, const char *rev, struct oid *out,
    struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	return rc == RC_OK ? vcs_resolve(a->vcs, rev, out, err) : rc;
}
