#include "app/blame.h"

#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/history.h"
#include "store/release.h"

/* A commit of the file with what the tracker knows of it. */
struct origin {
	struct strv tickets;
	char *subject, *author;
	int64_t time, release; /* row of the release */
};

struct blamer {
	struct app *app;
	bool (*fn)(const struct blame_line *l, void *arg);
	void *arg;
	struct release_list releases;
	struct oid_map index; /* of origins */
	struct origin *v;
	size_t n, cap;
	enum rc rc;
	struct err *err;
};

static bool
commit_visit(const struct history_commit *c, void *arg)
{
	struct origin *o = arg;

	o->subject = mem_strdup(c->subject);
	o->author = mem_strndup(c->author, strcspn(c->author, "<"));
	o->author[strlen(o->author) -
	    (strlen(o->author) > 0 &&
		o->author[strlen(o->author) - 1] == ' ')] = '\0';
	o->time = c->time;
	o->release = c->release;
	return true;
}

static bool
link_visit(const struct history_link *l, void *arg)
{
	struct origin *o = arg;
	char key[TICKET_KEY_MAX];

	if (l->role < LINK_CLAIMS)
		return true;
	ticket_key_format(&l->key, key);
	if (!strv_has(&o->tickets, key))
		strv_push(&o->tickets, key);
	return true;
}

static enum rc
load_origin(struct blamer *b, const struct oid *oid, struct origin *o,
    struct err *err)
{
	uint32_t id = 0;
	enum rc rc = store_history_find(b->app->store, oid, &id, err);

	if (rc != RC_OK || id == 0)
		return rc;
	if ((rc = store_history_commits(b->app->store, &id, 1, commit_visit, o,
		 err)) != RC_OK ||
	    (rc = store_history_links(b->app->store, id, NULL, link_visit, o,
		 err)) != RC_OK)
		return rc;
	strv_sort(&o->tickets);
	return RC_OK;
}

/* Each commit is looked up once, however many lines it has. */
static enum rc
find_origin(struct blamer *b, const struct oid *oid, uint32_t *at,
    struct err *err)
{
	if (oid_map_get(&b->index, oid, at))
		return RC_OK;
	b->v = mem_grow(b->v, &b->cap, b->n + 1, sizeof *b->v);
	*at = (uint32_t)b->n++;
	b->v[*at] = (struct origin){ .time = DATE_NONE };
	oid_map_add(&b->index, oid, *at);
	return load_origin(b, oid, &b->v[*at], err);
}

static const char *
release_name(const struct blamer *b, int64_t row)
{
	for (size_t i = 0; row != 0 && i < b->releases.n; i++)
		if (b->releases.v[i].id == row)
			return b->releases.v[i].version;
	return NULL;
}

static bool
line_visit(const struct vcs_blame_line *l, void *arg)
{
	struct blamer *b = arg;
	const struct origin *o;
	struct blame_line line = { .line = l->line, .commit = l->commit };
	struct buf text = BUF_INIT;
	size_t len = l->len;
	uint32_t at = 0;
	bool more;

	b->rc = find_origin(b, &l->commit, &at, b->err);
	if (b->rc != RC_OK)
		return false;
	if (len > 0 && l->text[len - 1] == '\r')
		len--;
	utf8_clean(&text, l->text, len, UTF8_MULTI_LINE);
	o = &b->v[at];
	line.tickets = &o->tickets;
	line.release = release_name(b, o->release);
	line.subject = o->subject == NULL ? "" : o->subject;
	line.author = o->author == NULL ? "" : o->author;
	line.time = o->time;
	line.text = buf_str(&text);
	more = b->fn(&line, b->arg);
	buf_release(&text);
	return more;
}

static void
blamer_release(struct blamer *b)
{
	for (size_t i = 0; i < b->n; i++) {
		strv_release(&b->v[i].tickets);
		free(b->v[i].subject);
		free(b->v[i].author);
	}
	free(b->v);
	oid_map_release(&b->index);
	release_list_release(&b->releases);
}

enum rc
app_blame(struct app *a, const char *file, size_t line,
    bool (*fn)(const struct blame_line *l, void *arg), void *arg,
    struct err *err)
{
	struct blamer b = { .app = a, .fn = fn, .arg = arg, .err = err };
	struct scan_result scanned = { 0 };
	enum rc rc = app_require_repo(a, err);

	if (rc == RC_OK && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	if (rc != RC_OK ||
	    (rc = store_releases(a->store, &b.releases, err)) != RC_OK)
		return rc;
	rc = vcs_blame(a->vcs, file, line, line_visit, &b, err);
	if (rc == RC_STOPPED)
		rc = b.rc;
	blamer_release(&b);
	return rc;
}
