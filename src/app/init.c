#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/release.h"
#include "app_priv.h"
#include "base/fs.h"
#include "base/mem.h"
#include "message/version.h"
#include "open.h"

void
app_init_result_release(struct app_init_result *r)
{
	free(r->db);
	free(r->prefix);
	free(r->mainline);
	free(r->tags);
	*r = (struct app_init_result){ 0 };
}

/* The letters of the project's name: "my-tool" gives MYTOOL. */
static char *
guess_prefix(const struct app *a)
{
	char *name = open_project_name(a), *out;
	struct buf b = BUF_INIT;
	const char *p;

	for (p = name; *p != '\0' && b.len < 10; p++) {
		if (*p >= 'a' && *p <= 'z')
			buf_putc(&b, (char)(*p - 'a' + 'A'));
		else if ((*p >= 'A' && *p <= 'Z') ||
		    (*p >= '0' && *p <= '9' && b.len > 0))
			buf_putc(&b, *p);
	}
	out = buf_detach(&b);
	free(name);
	if (ticket_prefix_valid(out))
		return out;
	free(out);
	return mem_strdup("NOTE");
}

/* Prefixes of keys that lead subjects of the newest commits, counted. */
#define GUESS_COMMITS  500
#define GUESS_PREFIXES 32

struct seen {
	struct {
		char prefix[TICKET_PREFIX_MAX];
		int n;
	} v[GUESS_PREFIXES];
	size_t n, commits;
};

static void
count_prefix(struct seen *s, const char *prefix)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->v[i].prefix, prefix) == 0)
			break;
	if (i == GUESS_PREFIXES)
		return;
	if (i == s->n)
		snprintf(s->v[s->n++].prefix, TICKET_PREFIX_MAX, "%s", prefix);
	s->v[i].n++;
}

static bool
guess_visit(const struct commit *c, void *arg)
{
	struct seen *s = arg;
	const char *p = c->message, *end = p + c->message_len;
	struct ticket_key key;
	size_t len = 0;

	while (p < end && (*p == '[' || *p == '(' || *p == ' '))
		p++;
	while (p + len < end && len < TICKET_KEY_MAX &&
	    ((p[len] >= 'A' && p[len] <= 'Z') ||
		(p[len] >= '0' && p[len] <= '9') || p[len] == '-' ||
		p[len] == '_'))
		len++;
	if (ticket_key_parse(p, len, &key))
		count_prefix(s, key.prefix);
	return ++s->commits < GUESS_COMMITS;
}

/* What leads three subjects or more is the project's own; NULL when none is. */
static char *
prefix_from_history(struct app *a, const struct vcs_ref_list *refs)
{
	struct seen s = { .n = 0 };
	struct err quiet = ERR_INIT;
	struct vcs_walk w = { .fn = guess_visit, .arg = &s };
	struct oid *tips = mem_calloc(refs->n + 1, sizeof *tips);
	size_t i, best = 0;

	for (i = 0; i < refs->n; i++)
		if (refs->v[i].kind == VCS_BRANCH ||
		    refs->v[i].kind == VCS_HEAD)
			tips[w.n_tips++] = refs->v[i].oid;
	w.tips = tips;
	if (a->vcs != NULL && w.n_tips > 0)
		(void)vcs_walk(a->vcs, &w, &quiet);
	free(tips);
	for (i = 1; i < s.n; i++)
		if (s.v[i].n > s.v[best].n)
			best = i;
	return s.n > 0 && s.v[best].n >= 3 ? mem_strdup(s.v[best].prefix)
					   : NULL;
}

static bool
has_branch(const struct vcs_ref_list *refs, const char *name)
{
	char *full = mem_printf("refs/heads/%s", name);
	bool found = false;
	size_t i;

	for (i = 0; i < refs->n && !found; i++)
		found = strcmp(refs->v[i].name, full) == 0;
	free(full);
	return found;
}

/* What origin calls its default, then the usual names, then HEAD's branch. */
static char *
guess_mainline(struct app *a, const struct vcs_ref_list *refs, const char *head)
{
	static const char remote[] = "refs/remotes/origin/";
	const char *usual[] = { config_get(&a->config, "init.defaultbranch"),
		"main", "master", "trunk" };
	size_t i;

	for (i = 0; i < refs->n; i++)
		if (strcmp(refs->v[i].name, "refs/remotes/origin/HEAD") == 0 &&
		    refs->v[i].symref != NULL &&
		    strncmp(refs->v[i].symref, remote, sizeof remote - 1) == 0)
			return mem_strdup(refs->v[i].symref + sizeof remote -
			    1);
	for (i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (usual[i] != NULL && has_branch(refs, usual[i]))
			return mem_strdup(usual[i]);
	return mem_strdup(head);
}

static char *
guess_tags(const struct vcs_ref_list *refs)
{
	const char **tags = mem_calloc(refs->n + 1, sizeof *tags);
	char *pattern;
	size_t i, n = 0;

	for (i = 0; i < refs->n; i++)
		if (refs->v[i].kind == VCS_TAG)
			tags[n++] = refs->v[i].name + strlen("refs/tags/");
	pattern = version_guess_pattern(tags, n);
	free(tags);
	return pattern;
}

/* What was not said is read off the repository. */
static enum rc
settle(struct app *a, const struct app_init *init, struct app_init_result *r,
    struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	struct vcs_head head = { 0 };
	enum rc rc = RC_OK;

	if (a->vcs != NULL && (rc = vcs_refs(a->vcs, &refs, err)) != RC_OK)
		return rc;
	if (init->prefix != NULL)
		r->prefix = mem_strdup(init->prefix);
	else if (app_config(a, "prefix") != NULL)
		r->prefix = mem_strdup(app_config(a, "prefix"));
	else
		r->prefix = prefix_from_history(a, &refs);
	if (r->prefix == NULL)
		r->prefix = guess_prefix(a);
	if ((rc = app_config_check("prefix", r->prefix, err)) != RC_OK ||
	    (init->tags != NULL &&
		(rc = app_config_check("tags", init->tags, err)) != RC_OK))
		goto out;
	app_prefix_upper(r->prefix);
	r->mainline = mem_strdup(init->mainline);
	r->tags = mem_strdup(init->tags);
	if (a->vcs == NULL)
		goto out;
	rc = vcs_head(a->vcs, &head, err);
	if (rc == RC_OK && r->mainline == NULL)
		r->mainline = app_config(a, "mainline") != NULL
		    ? mem_strdup(app_config(a, "mainline"))
		    : guess_mainline(a, &refs, head.branch);
	if (rc == RC_OK && r->tags == NULL)
		r->tags = app_config(a, "tags") != NULL
		    ? mem_strdup(app_config(a, "tags"))
		    : guess_tags(&refs);
	/* New tags of the commonest form make releases from the first on. */
	if (rc == RC_OK && r->tags == NULL)
		r->tags = mem_strdup("v{version}");
out:
	vcs_ref_list_release(&refs);
	vcs_head_release(&head);
	return rc;
}

static enum rc
set_if_new(struct app *a, const char *name, const char *value, struct err *err)
{
	const char *have = app_config(a, name);

	if (value == NULL || (have != NULL && strcmp(have, value) == 0))
		return RC_OK;
	return app_config_set(a, name, value, err);
}

static enum rc
write_meta(struct app *a, const char *prefix, struct err *err)
{
	struct event ev;
	int64_t group = 0;
	char now[32];

	snprintf(now, sizeof now, "%" PRId64, date_now());
	app_event_init(a, &ev, EVENT_META, store_tracker(a->store), group,
	    NULL);
	event_put(&ev, "created", now);
	event_put(&ev, "prefix", prefix);
	return app_event_append(a, &ev, &group, err);
}

static enum rc
write_config(struct app *a, const struct app_init_result *r, struct err *err)
{
	enum rc rc;

	if ((rc = set_if_new(a, "prefix", r->prefix, err)) != RC_OK ||
	    (rc = set_if_new(a, "mainline", r->mainline, err)) != RC_OK)
		return rc;
	return set_if_new(a, "tags", r->tags, err);
}

static enum rc
fill(struct app *a, struct app_init_result *r, struct err *err)
{
	enum rc rc;

	if ((rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = write_meta(a, r->prefix, err)) == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
	if (rc == RC_OK && a->vcs != NULL)
		rc = write_config(a, r, err);
	if (rc == RC_OK)
		rc = open_settle(a, err);
	if (rc != RC_OK || a->vcs == NULL)
		return rc;
	return app_release_import_tags(a, &r->releases, err);
}

static enum rc
count_tags(struct app *a, struct app_init_result *r, struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	enum rc rc;

	if (a->vcs == NULL || r->tags == NULL)
		return RC_OK;
	rc = vcs_refs(a->vcs, &refs, err);
	for (size_t i = 0; i < refs.n; i++) {
		char *version;

		if (refs.v[i].kind != VCS_TAG)
			continue;
		version = version_from_tag(r->tags,
		    refs.v[i].name + strlen("refs/tags/"));
		r->releases += version != NULL;
		free(version);
	}
	vcs_ref_list_release(&refs);
	return rc;
}

enum rc
app_init_plan(const struct app_options *o, const struct app_init *init,
    struct app_init_result *result, struct err *err)
{
	struct app *a = mem_calloc(1, sizeof *a);
	enum rc rc;

	*result = (struct app_init_result){ 0 };
	a->mode = APP_READ;
	if ((rc = open_vcs(o, &a->vcs, err)) == RC_OK) {
		a->db = open_db_path(o, a->vcs);
		a->dir = open_folder_of(a->db);
		result->db = mem_strdup(a->db);
		if ((rc = app_settings_load(a, err)) == RC_OK &&
		    (rc = settle(a, init, result, err)) == RC_OK)
			rc = count_tags(a, result, err);
	}
	if (rc != RC_OK)
		app_init_result_release(result);
	app_close(a);
	return rc;
}

enum rc
app_init(const struct app_options *o, const struct app_init *init,
    struct app **out, struct app_init_result *result, struct err *err)
{
	struct app *a = mem_calloc(1, sizeof *a);
	bool made = false;
	char *lock = NULL;
	enum rc rc;

	*out = NULL;
	*result = (struct app_init_result){ 0 };
	a->mode = APP_WRITE;
	if ((rc = open_vcs(o, &a->vcs, err)) != RC_OK)
		goto fail;
	a->db = open_db_path(o, a->vcs);
	a->dir = open_folder_of(a->db);
	result->db = mem_strdup(a->db);
	if (fs_exists(a->db)) {
		rc = err_set(err, RC_EXISTS, "there is a tracker already: %s",
		    a->db);
		goto fail;
	}
	if ((rc = app_settings_load(a, err)) != RC_OK ||
	    (rc = settle(a, init, result, err)) != RC_OK ||
	    (rc = fs_mkdir(a->dir, 0700, err)) != RC_OK ||
	    (rc = store_create(a->db, &a->store, err)) != RC_OK)
		goto fail;
	made = true;
	if ((rc = fill(a, result, err)) != RC_OK)
		goto fail;
	*out = a;
	return RC_OK;
fail:
	if (made) {
		store_close(a->store);
		a->store = NULL;
		lock = fs_join(a->dir, "notes.lock");
		unlink(a->db);
		unlink(lock);
		free(lock);
	}
	app_init_result_release(result);
	app_close(a);
	return rc;
}
