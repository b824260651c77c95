/* Its releases, history and notes. */
#ifndef NOTES_TESTS_FAKE_NOTES_H
#define NOTES_TESTS_FAKE_NOTES_H

#include "app/commit.h"
#include "app/publish.h"
#include "fake_world.h"

static void
fake_release(struct release_list *l, const char *version,
    enum release_state state, const char *title, int64_t target,
    int64_t released)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct release){ .version = mem_strdup(version),
		.state = state,
		.title = mem_strdup(title),
		.start = DATE_NONE,
		.target = target,
		.released = released };
}

enum rc
app_releases(struct app *a, struct release_list *out, struct err *err)
{
	bool ko = a->world == FAKE_KOREAN;

	(void)err;
	*out = (struct release_list){ 0 };
	if (a->world == FAKE_EMPTY)
		return RC_OK;
	if (a->later) {
		fake_release(out, "2.0", RELEASE_PLANNED, NULL, DATE_NONE,
		    DATE_NONE);
		fake_release(out, "1.3", RELEASE_PLANNED, NULL, DATE_NONE,
		    DATE_NONE);
	}
	if (!a->no_spring) {
		fake_release(out, "1.2", RELEASE_PLANNED, ko ? "봄" : "Spring",
		    FAKE_NOW + 86400 * 12, DATE_NONE);
		out->v[out->n - 1].owner = mem_strdup(a->owner[0] == '\0'
			? ko ? "김개발" : "dev-1"
			: a->owner);
	}
	fake_release(out, "1.1", RELEASE_RELEASED, NULL, DATE_NONE,
	    FAKE_NOW - 86400 * 20);
	fake_release(out, "1.0.1", RELEASE_YANKED, NULL, DATE_NONE,
	    FAKE_NOW - 86400 * 90);
	fake_release(out, "1.0", RELEASE_RELEASED, ko ? "첫 판" :
	"First light",
	    DATE_NONE, FAKE_NOW - 86400 * 100);
	return RC_OK;
}

enum rc
app_release_get(struct app *a, const char *version, struct release *out,
    struct err *err)
{
	struct release_list l = { 0 };
	enum rc rc = app_releases(a, &l, err);

	*out = (struct release){ 0 };
	for (size_t i = 0; i < l.n && out->version == NULL; i++)
		if (strcmp(l.v[i].version, version) == 0)
			release_copy(out, &l.v[i]);
	if (rc == RC_OK && out->version == NULL)
		rc = err_set(err, RC_NOT_FOUND, "no release %s", version);
	release_list_release(&l);
	return rc;
}

enum rc
app_release_add(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	(void)a;
	(void)c;
	return err_set(err, RC_EXISTS, "there is a release %s", version);
}

enum rc
app_release_edit(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	if (strcmp(version, "1.2") != 0)
		return err_set(err, RC_NOT_FOUND, "no release %s", version);
	snprintf(a->owner, sizeof(a->owner), "%s", c->owner);
	a->version++;
	return RC_OK;
}

enum rc
app_release_state(struct app *a, const char *const versions[], size_t n,
    enum release_state state, const struct release_change *c, struct err *err)
{
	(void)state;
	(void)c;
	(void)err;
	snprintf(a->state_of, sizeof(a->state_of), "%s",
	    n == 1 ? versions[0] : "");
	return RC_OK;
}

enum rc
app_release_import_tags(struct app *a, int64_t *added, struct err *err)
{
	(void)a;
	(void)err;
	*added = 2;
	return RC_OK;
}

/* ---- generate.h, scan.h */

enum rc
app_commit_find(struct app *a, const char *rev, struct oid *out,
    struct err *err)
{
	static const char head[] = "aaaaaaaaaaaaaaaaaaaa"
				   "aaaaaaaaaaaaaaaaaaaa";

	if (a->world == FAKE_EMPTY || !oid_from_hex(out, head, 40) ||
	    strcmp(rev, "HEAD") != 0)
		return err_set(err, RC_NOT_FOUND, "no commit %s", rev);
	return RC_OK;
}

enum rc
app_commit_about(struct app *a, const struct oid *commit,
    struct commit_about *out, struct err *err)
{
	*out = (struct commit_about){ .id = *commit };
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND, "no git repository here");
	out->authored = FAKE_NOW - 3 * 86400;
	out->committed = out->authored + (a->empty_commit ? 0 : 3600);
	out->author = mem_strdup(
	    a->world == FAKE_KOREAN ? "김개발 <kim@x>" : "dev-1 <dev-1@x>");
	out->message = mem_strdup(a->world == FAKE_KOREAN
		? "한글 폭을 센다\n\n표의 모든 칸에서 "
		  "두 칸짜리 글자를 두 칸으로 "
		  "세고 반으로 자르지 않으며 "
		  "남는 칸은 비워 둔다.\n\n"
		  "Closes: NOTE-41"
		: "Count wide letters\n\nA letter that takes two columns is "
		  "counted as two in every cell of a table, never cut in "
		  "half.\n\n  - an item that\tis indented\n\nCloses: NOTE-41");
	strv_push(&out->refs, "main");
	strv_push(&out->tickets, "NOTE-41");
	if (!a->empty_commit)
		out->release = mem_strdup("1.2.0");
	return RC_OK;
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
	char hex[OID_HEX_MAX + 1];

	(void)max_bytes;
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND, "no git repository here");
	oid_to_hex(commit, hex);
	if (a->empty_commit)
		return RC_OK;
	buf_printf(out,
	    " src/%c.c | 4 +-\n 2 files changed, 1 insertion(+), "
	    "2 deletions(-)\n\ndiff --git a/src/x.c b/src/x.c\n"
	    "index 1..2 100644\n--- a/src/x.c\n+++ b/src/x.c\n"
	    "@@ -1,3 +1,3 @@ cut\n int\tn;\n-n = strlen(s);\n"
	    "+n = columns(s); /* 한글 \033[31m */\n--- n;\n"
	    "diff --git a/y b/y\n",
	    hex[0]);
	return RC_OK;
}

enum rc
app_generate(struct app *a, const struct generate_options *o, struct notes *out,
    struct err *err)
{
	struct notes_entry *e;

	if (a->generate_rc != RC_OK)
		return err_set(err, a->generate_rc, "stopped");
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND,
		    "no commits yet (see: git log)");
	out->version = mem_strdup(o->version == NULL ? "Unreleased"
						     : o->version);
	out->state = strcmp(out->version, "1.1") == 0 ? RELEASE_RELEASED
						      : RELEASE_PLANNED;
	out->previous = mem_strdup("1.1");
	out->n_commits = 41;
	a->generated++;
	for (size_t i = 0; i < 2; i++) {
		e = notes_entry_add(a->v[i].no_note ? &out->skipped
			: i == 0 ? &out->sections[SECTION_FIXES]
				 : &out->sections[SECTION_FEATURES]);
		e->note = mem_strdup(a->v[i].note);
		ticket_key_format(&a->v[i].key, e->key);
		e->summary = mem_strdup(a->v[i].summary);
		e->type = mem_strdup(a->v[i].type);
	}
	if (strcmp(out->version, "1.2") != 0)
		return RC_OK;
	/* Shipped, but not planned for this one. */
	e = notes_entry_add(&out->sections[SECTION_TASKS]);
	ticket_key_format(&a->v[2].key, e->key);
	e->summary = mem_strdup(a->v[2].summary);
	e->type = mem_strdup(a->v[2].type);
	out->unlinked = mem_calloc(1, sizeof(*out->unlinked));
	out->n_unlinked = out->cap_unlinked = 1;
	out->unlinked[0].subject = mem_strdup("Tidy up");
	out->unlinked[0].commit.len = 20;
	if (a->v[3].note == NULL)
		notes_warn(out, NOTES_WARN_EMPTY_NOTE, "NOTE-44", NULL,
		    "note is empty");
	notes_warn(out, NOTES_WARN_EMPTY_NOTE, "NOTE-4", NULL,
	    "NOTE-4 is claimed by a commit");
	return RC_OK;
}

enum rc
app_render(struct app *a, const struct notes *n, const struct app_render *r,
    struct buf *out, struct err *err)
{
	bool ko = r->lang != NULL && strcmp(r->lang, "ko") == 0;

	if (r->style != NULL && strcmp(r->style, "template") == 0)
		return err_set(err, RC_INVALID, "no template is configured");
	/* More than Markdown is shown of at once. */
	for (size_t i = 0; a->world == FAKE_MANY && i < a->n; i++)
		buf_printf(out, "- %s (NOTE-%u)\n", a->v[i].summary,
		    a->v[i].key.number);
	if (a->world == FAKE_MANY)
		return RC_OK;
	buf_printf(out,
	    "# %s (2026-10-15)\n\n## %s\n\n- %s (NOTE-42)\n\n"
	    "## %s\n\n- %s (NOTE-41)\n",
	    n->version, ko ? "새 기능" : "Added", a->v[1].summary,
	    ko ? "고친 것" : "Fixed", a->v[0].summary);
	return RC_OK;
}

const char *const *
app_formats(void)
{
	static const char *const names[] = { "md", "html", "text", "man",
		"json", NULL };

	return names;
}

const char *const *
app_langs(void)
{
	static const char *const names[] = { "en", "ko", NULL };

	return names;
}

void
app_styles(struct strv *names, struct strv *help)
{
	strv_push(names, "default");
	strv_push(help, "");
	strv_push(names, "keepachangelog");
	strv_push(help, "");
	strv_push(names, "template");
	strv_push(help, "");
}

enum rc
app_update_diff(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, struct app_update *out,
    struct buf *diff, struct err *err)
{
	(void)r;
	*out = (struct app_update){ 0 };
	if (strcmp(path, "nowhere/x") == 0)
		return err_set(err, RC_IO, "nowhere/x: no such file");
	out->changed = a->written++ == 0;
	if (strcmp(path, "conflict.md") == 0)
		strv_push(&out->conflicts, "NOTE-41: edited by hand and in the "
					   "tracker");
	if (out->changed)
		buf_printf(diff,
		    "--- %s\n+++ %s\n@@ -1,2 +1,3 @@\n # %s\n-- old\n"
		    "+- %s\n+- new\n",
		    path, path, n->version, a->v[0].summary);
	return RC_OK;
}

void
app_update_release(struct app_update *u)
{
	strv_release(&u->conflicts);
}

void
revision_release(struct revision *r)
{
	free(r->version);
	free(r->file);
	free(r->style);
	free(r->format);
	free(r->lang);
	free(r->text);
	*r = (struct revision){ 0 };
}

void
revision_list_release(struct revision_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		revision_release(&l->v[i]);
	free(l->v);
	*l = (struct revision_list){ 0 };
}

static void
fake_revision(struct app *a, int64_t n, bool with_text, struct revision *r)
{
	*r = (struct revision){ .version = mem_strdup("1.2"),
		.n = n,
		.made = FAKE_NOW - (4 - n) * 86400,
		.file = mem_strdup("CHANGELOG.md"),
		.style = mem_strdup("default"),
		.format = mem_strdup("md"),
		.lang = mem_strdup(n == 3 ? "ko" : "en"),
		.len = 30 };
	if (with_text)
		r->text = mem_printf("# 1.2\n\n- %s\n- revision %d\n",
		    a->v[0].summary, (int)n);
}

enum rc
app_revisions(struct app *a, const char *version, struct revision_list *out,
    struct err *err)
{
	(void)err;
	*out = (struct revision_list){ 0 };
	if (strcmp(version, "1.2") != 0)
		return RC_OK;
	out->v = mem_calloc(3, sizeof(*out->v));
	for (out->n = 0; out->n < 3; out->n++)
		fake_revision(a, (int64_t)out->n + 1, false, &out->v[out->n]);
	out->cap = 3;
	return RC_OK;
}

enum rc
app_revision(struct app *a, const char *version, int64_t n,
    struct revision *out, struct err *err)
{
	(void)version;
	(void)err;
	fake_revision(a, n, true, out);
	return RC_OK;
}

enum rc
app_revision_compare(struct app *a, const char *version, int64_t n, int64_t m,
    struct buf *out, struct err *err)
{
	(void)a;
	(void)version;
	(void)err;
	buf_printf(out,
	    "--- 1.2 revision %d\n+++ 1.2 revision %d\n@@ -3,2 +3,2 @@\n"
	    " - 한글\n-- revision %d\n+- revision %d\n",
	    (int)n, (int)m, (int)n, (int)m);
	return RC_OK;
}

enum rc
app_scan(struct app *a, bool full, struct scan_result *out, struct err *err)
{
	(void)a;
	(void)full;
	(void)err;
	out->new_commits = 3;
	out->links = 12;
	return RC_OK;
}

void
scan_result_release(struct scan_result *r)
{
	strv_release(&r->warnings);
}

#endif
