#include "app/publish.h"

#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/release.h"
#include "app/scan.h"
#include "base/fs.h"
#include "base/mem.h"
#include "publish.h"
#include "render/render.h"
#include "store/revision.h"
#include "store/ticket.h"

const char *const check_code_names[CHECK_N] = {
#define X(id, name) [CHECK_##id] = name,
	CHECK_CODES(X)
#undef X
};

struct check {
	struct app *app;
	const char *path;
	struct buf file;
	bool there; /* the file */
	struct finding_list *out;
};

static void
found(struct check *c, enum check_code code, const char *key, char *text)
{
	struct finding_list *const l = c->out;
	struct finding *f;

	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
	f = &l->v[l->n++];
	*f = (struct finding){ .code = code, .text = text };
	memcpy(f->key, key, strnlen(key, sizeof f->key - 1));
}

void
finding_list_release(struct finding_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->v[i].text);
	free(l->v);
	*l = (struct finding_list){ 0 };
}

size_t
finding_list_faults(const struct finding_list *l)
{
	size_t i, n = 0;

	for (i = 0; i < l->n; i++)
		n += l->v[i].code != CHECK_NO_COMMIT;
	return n;
}

/* ---- the tickets ---- */

static void
check_warnings(struct check *c, const struct notes *n)
{
	static const struct {
		enum notes_warning_code warning;
		enum check_code code;
		bool published; /* before that it is no fault */
	} codes[] = {
		{ NOTES_WARN_OPEN_CLAIMED, CHECK_OPEN_TICKET, true },
		{ NOTES_WARN_UNKNOWN_KEY, CHECK_UNKNOWN_KEY, false },
		{ NOTES_WARN_EMPTY_NOTE, CHECK_EMPTY_NOTE, false },
		{ NOTES_WARN_NO_COMMIT, CHECK_NO_COMMIT, false },
	};
	char *numbers = notes_unknown_numbers(n);
	size_t i, k;

	if (numbers != NULL)
		found(c, CHECK_UNKNOWN_KEY, "",
		    mem_printf("%s: %s", n->version, numbers));
	for (k = 0; k < sizeof codes / sizeof codes[0]; k++) {
		if (codes[k].published && n->state != RELEASE_RELEASED)
			continue;
		for (i = 0; i < n->n_warnings; i++)
			if (n->warnings[i].code == codes[k].warning &&
			    (numbers == NULL || !n->warnings[i].number))
				found(c, codes[k].code, n->warnings[i].key,
				    mem_printf("%s: %s", n->version,
					n->warnings[i].text));
	}
	free(numbers);
}

struct planned {
	struct check *check;
	const struct notes *notes;
};

static bool
is_claimed(const struct notes *n, const char *key)
{
	size_t i;

	for (i = 0; i < n->n_warnings; i++)
		if (n->warnings[i].code == NOTES_WARN_OPEN_CLAIMED &&
		    strcmp(n->warnings[i].key, key) == 0)
			return true;
	return false;
}

static bool
planned_visit(const struct ticket *t, void *arg)
{
	const struct planned *const p = arg;
	char key[TICKET_KEY_MAX];

	ticket_key_format(&t->key, key);
	if (t->category != CATEGORY_DONE && !is_claimed(p->notes, key))
		found(p->check, CHECK_OPEN_TICKET, key,
		    mem_printf("%s: %s is planned for it but still %s",
			p->notes->version, key, t->status));
	return true;
}

/* Still open, but the release that was to have them is out. */
static enum rc
check_planned(struct check *c, const struct notes *n, struct err *err)
{
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	struct ticket_query q = { .filter = &f, .detail = TICKET_FULL };
	struct planned p = { .check = c, .notes = n };
	enum rc rc;

	if (n->state != RELEASE_RELEASED)
		return RC_OK;
	strv_push(&f.values, n->version);
	rc = store_ticket_each(c->app->store, &q, planned_visit, &p, err);
	strv_release(&f.values);
	return rc;
}

/* ---- the file ---- */

static bool
is_listed(const struct notes *n, const char *key)
{
	size_t i, k;

	for (i = 0; i < SECTION_N; i++)
		for (k = 0; k < n->sections[i].n; k++)
			if (strcmp(n->sections[i].entries[k].key, key) == 0)
				return true;
	return false;
}

static void
check_section(struct check *c, const struct notes *n)
{
	struct strv keys = STRV_INIT, marks = STRV_INIT;
	const char *const text = buf_str(&c->file);
	size_t i, start, end;

	if (!render_section(text, c->file.len, n->version, &start, &end))
		return;
	render_section_keys(text + start, end - start, &keys, &marks);
	for (i = 0; i < marks.n; i++)
		found(c, CHECK_CONFLICT, marks.v[i],
		    mem_printf("%s: %s has a conflict%s%s that nobody has "
			       "resolved",
			n->version, c->path,
			marks.v[i][0] == '\0' ? "" : " about ", marks.v[i]));
	for (i = 0; i < n->n_warnings; i++) {
		const struct notes_warning *const w = &n->warnings[i];

		if (w->code == NOTES_WARN_REVERTED && !is_listed(n, w->key) &&
		    strv_has(&keys, w->key))
			found(c, CHECK_REVERTED, w->key,
			    mem_printf("%s: %s still lists %s, which was "
				       "reverted",
				n->version, c->path, w->key));
	}
	strv_release(&marks);
	strv_release(&keys);
}

/* What the section of "Unreleased" lists, and this version has. */
static void
read_stale(const struct check *c, const struct notes *n, struct strv *out)
{
	struct strv keys = STRV_INIT, marks = STRV_INIT;
	const char *const text = buf_str(&c->file);
	size_t start, end;

	if (render_section(text, c->file.len, PUBLISH_UNRELEASED, &start, &end))
		render_section_keys(text + start, end - start, &keys, &marks);
	for (size_t i = 0; i < keys.n; i++)
		if (is_listed(n, keys.v[i]))
			strv_push(out, keys.v[i]);
	strv_release(&marks);
	strv_release(&keys);
}

/* Of another line's release the same may be unreleased here. */
static enum rc
check_unreleased(struct check *c, const struct notes *n, struct err *err)
{
	const struct generate_options o = { 0 };
	struct strv keys = STRV_INIT;
	struct notes now;
	enum rc rc = RC_OK;

	notes_init(&now);
	if (n->state == RELEASE_RELEASED)
		read_stale(c, n, &keys);
	if (keys.n > 0)
		rc = app_generate(c->app, &o, &now, err);
	for (size_t i = 0; rc == RC_OK && i < keys.n; i++)
		if (!is_listed(&now, keys.v[i]))
			found(c, CHECK_RELEASED, keys.v[i],
			    mem_printf("%s: %s lists %s as unreleased still "
				       "(run: notes generate --update %s)",
				n->version, c->path, keys.v[i], c->path));
	notes_release(&now);
	strv_release(&keys);
	return rc;
}

/* As the revision in the file was written, else as configured. */
static struct app_render
as_before(const struct revision *base)
{
	const bool any = base->text != NULL;

	return (struct app_render){
		.format = "md",
		.by_build = base->by_build,
		.style = any ? base->style : NULL,
		.lang = any ? base->lang : NULL,
	};
}

static enum rc
check_file(struct check *c, const struct notes *n, const struct revision *base,
    struct err *err)
{
	const struct app_render r = as_before(base);
	struct buf want = BUF_INIT, after = BUF_INIT;
	struct strv conflicts = STRV_INIT;
	bool has = false;
	enum rc rc;

	if (!c->there) {
		found(c, CHECK_NO_FILE, "",
		    mem_printf("%s: there is no file %s", n->version, c->path));
		return RC_OK;
	}
	if ((rc = app_render(c->app, n, &r, &want, err)) != RC_OK ||
	    (rc = publish_merge(c->app, n, &r, base, &want, &c->file, &after,
		 &has, &conflicts, err)) != RC_OK)
		goto out;
	if (!has)
		found(c, CHECK_NO_SECTION, "",
		    mem_printf("%s: no section in %s (run: notes generate %s "
			       "--update %s)",
			n->version, c->path, n->version, c->path));
	else if (after.len != c->file.len ||
	    memcmp(buf_str(&after), buf_str(&c->file), after.len) != 0)
		found(c, CHECK_DIFFERS, "",
		    mem_printf("%s: %s differs from what the tracker would "
			       "write (run: notes generate %s --update %s)",
			n->version, c->path, n->version, c->path));
	check_section(c, n);
out:
	strv_release(&conflicts);
	buf_release(&want);
	buf_release(&after);
	return rc;
}

/* ---- a version, or all ---- */

static enum rc
check_version(struct check *c, const char *version, struct err *err)
{
	struct generate_options o = { .version = version };
	struct revision base;
	struct notes n;
	enum rc rc;

	notes_init(&n);
	if ((rc = publish_base(c->app,
		 version == NULL ? PUBLISH_UNRELEASED : version, c->path,
		 &c->file, &base, err)) != RC_OK)
		goto out;
	o.by_build = base.by_build;
	if ((rc = app_generate(c->app, &o, &n, err)) != RC_OK ||
	    (rc = check_file(c, &n, &base, err)) != RC_OK ||
	    (rc = check_unreleased(c, &n, err)) != RC_OK)
		goto out;
	if (n.state == RELEASE_RELEASED && n.date == DATE_NONE)
		found(c, CHECK_NO_DATE, "",
		    mem_printf("%s: released without a date", n.version));
	rc = check_planned(c, &n, err);
	check_warnings(c, &n);
out:
	revision_release(&base);
	notes_release(&n);
	return rc;
}

static bool
is_published(const struct release *r)
{
	return r->state == RELEASE_RELEASED || r->state == RELEASE_YANKED;
}

static enum rc
check_all(struct check *c, const struct release_list *list, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i, start, end;

	if (!c->there)
		found(c, CHECK_NO_FILE, "",
		    mem_printf("there is no file %s", c->path));
	for (i = 0; i < list->n && rc == RC_OK; i++)
		if (is_published(&list->v[i]) &&
		    render_section(buf_str(&c->file), c->file.len,
			list->v[i].version, &start, &end))
			rc = check_version(c, list->v[i].version, err);
	return rc;
}

/* The newest release that is published; NULL, unreleased work, where none. */
static const char *
newest_version(const struct release_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->v[i].state == RELEASE_RELEASED)
			return list->v[i].version;
	return NULL;
}

/* The file of the configuration, below the work tree; CHANGELOG.md else. */
static char *
changelog_path(struct app *a, const char *file)
{
	const char *name = file;
	const char *tree = a->vcs == NULL ? NULL : vcs_work_tree(a->vcs);

	if (name != NULL)
		return mem_strdup(name);
	name = app_config(a, "file");
	if (name == NULL)
		name = "CHANGELOG.md";
	return tree == NULL ? mem_strdup(name) : fs_join(tree, name);
}

enum rc
app_check(struct app *a, const struct check_options *o,
    struct finding_list *out, struct err *err)
{
	char *const path = changelog_path(a, o->file);
	struct check c = { .app = a, .path = path, .out = out };
	struct scan_result scanned = { 0 };
	struct release_list list = { 0 };
	enum rc rc;

	c.there = o->file != NULL || fs_exists(path);
	if (c.there &&
	    (rc = fs_read(path, PUBLISH_FILE_MAX, &c.file, err)) != RC_OK)
		goto out;
	/* A tag that was just made is a release from the first check on. */
	if (a->vcs != NULL && !a->readonly &&
	    (rc = app_scan(a, false, &scanned, err)) != RC_OK)
		goto out;
	if ((rc = app_releases(a, &list, err)) != RC_OK)
		goto out;
	if (o->all)
		rc = check_all(&c, &list, err);
	else
		rc = check_version(&c,
		    o->version == NULL ? newest_version(&list) : o->version,
		    err);
out:
	scan_result_release(&scanned);
	release_list_release(&list);
	buf_release(&c.file);
	free(path);
	return rc;
}
