/* Its releases, history and notes. */
#ifndef NOTES_TESTS_FAKE_NOTES_H
#define NOTES_TESTS_FAKE_NOTES_H

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
	fake_release(out, "1.2", RELEASE_PLANNED, ko ? "봄" : "Spring",
	    FAKE_NOW + 86400 * 12, DATE_NONE);
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
app_release_add(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	(void)a;
	(void)c;
	return err_set(err, RC_EXISTS, "there is a release %s", version);
}

enum rc
app_release_state(struct app *a, const char *const versions[], size_t n,
    enum release_state state, const struct release_change *c, struct err *err)
{
	(void)a;
	(void)versions;
	(void)n;
	(void)state;
	(void)c;
	(void)err;
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
app_commit_diff(struct app *a, const struct oid *commit, size_t max_bytes,
    struct buf *out, struct err *err)
{
	char hex[OID_HEX_MAX + 1];

	(void)max_bytes;
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND, "no git repository here");
	oid_to_hex(commit, hex);
	buf_printf(out,
	    " src/%c.c | 4 +-\n\ndiff --git a/src/x.c b/src/x.c\n"
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
	out->previous = mem_strdup("1.1");
	out->n_commits = 41;
	for (size_t i = 0; i < 2; i++) {
		e = notes_entry_add(&out->sections[i == 0 ? SECTION_FIXES
							  : SECTION_FEATURES]);
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
	notes_warn(out, NOTES_WARN_EMPTY_NOTE, "NOTE-44", NULL,
	    "note is empty");
	return RC_OK;
}

enum rc
app_render(struct app *a, const struct notes *n, const struct app_render *r,
    struct buf *out, struct err *err)
{
	bool ko = r->lang != NULL && strcmp(r->lang, "ko") == 0;

	(void)err;
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
}

enum rc
app_update_file(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, bool *changed,
    struct err *err)
{
	(void)a;
	(void)n;
	(void)r;
	(void)path;
	(void)err;
	*changed = true;
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
