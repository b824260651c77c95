/*
 * Trackers for tests, in a folder of their own, with a home and an identity
 * that do not depend on the machine: one without a repository, one in a
 * repository that git made.
 */
#ifndef NOTES_TESTS_APP_TRACKER_H
#define NOTES_TESTS_APP_TRACKER_H

#include "unit.h"

#include "app/app.h"
#include "app/release.h"
#include "app/ticket.h"
#include "app/transfer.h"
#include "base/fs.h"
#include "base/mem.h"
#include "store/journal.h"

#include "app/app_priv.h"

struct tracker {
	char		*root;	/* all of it; no repository above it */
	char		*repo;	/* root/repo */
	struct app	*a;
	struct err	 err;
	struct buf	 out;	/* of the last export, form, script */
	struct import_result result;
};

/* The path of root/name; good until the call after the next. */
static inline const char *
tr_path(struct tracker *t, const char *name)
{
	static char path[2][4096];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof path[turn], "%s/%s", t->root, name);
	return path[turn];
}

static inline void
tr_write(struct tracker *t, const char *name, const char *text, size_t len)
{
	if (fs_write(tr_path(t, name), text, len, 0644, &t->err) != RC_OK)
		fail_msg("%s", t->err.msg);
}

/* Runs sh -e in root; the test fails when the script does. */
static inline void
tr_sh(struct tracker *t, const char *script)
{
	const char *const argv[] = { "sh", "-ec", script, NULL };
	struct buf said = BUF_INIT;
	int status = -1;

	buf_clear(&t->out);
	assert_int_equal(fs_run(argv, t->root, NULL, NULL, 0, &t->out, &said,
			     &status, &t->err),
	    RC_OK);
	if (status != 0)
		fail_msg("status %d of: %s\n%s%s", status, script,
		    buf_str(&t->out), buf_str(&said));
	buf_release(&said);
}

static inline void
tr_ok(struct tracker *t, enum rc rc, int line)
{
	if (rc != RC_OK)
		fail_msg("line %d: %d: %s", line, rc, t->err.msg);
}
#define OK(t, call) tr_ok((t), (call), __LINE__)

/* Fails with that code and words of that kind in its message. */
static inline void
tr_fails(struct tracker *t, enum rc got, enum rc want, const char *words,
    int line)
{
	if (got != want)
		fail_msg("line %d: %d instead of %d: %s", line, got, want,
		    t->err.msg);
	if (strstr(t->err.msg, words) == NULL)
		fail_msg("line %d: \"%s\" without \"%s\"", line, t->err.msg,
		    words);
	err_clear(&t->err);
}
#define FAILS(t, call, rc, words)                                             \
	tr_fails((t), (call), (rc), (words), __LINE__)

static inline void
tr_close(struct tracker *t)
{
	app_close(t->a);
	t->a = NULL;
}

/* A tracker without a repository in root/name, open instead of the last. */
static inline void
tr_init(struct tracker *t, const char *name)
{
	struct app_options o = { .dir = t->root, .mode = APP_WRITE };
	struct app_init init = { .prefix = "NOTE" };
	struct app_init_result r;
	char *db = mem_printf("%s/%s/notes.db", t->root, name);

	tr_close(t);
	o.db = db;
	OK(t, app_init(&o, &init, &t->a, &r, &t->err));
	app_init_result_release(&r);
	free(db);
}

static inline enum rc
tr_open(struct tracker *t, const char *name, enum app_mode mode)
{
	char *db = mem_printf("%s/%s/notes.db", t->root, name);
	struct app_options o = { .dir = t->root, .db = db, .mode = mode };
	enum rc rc;

	tr_close(t);
	rc = app_open(&o, &t->a, &t->err);
	free(db);
	return rc;
}

/* A repository in root/repo, with a tracker. */
static inline void
tr_init_repo(struct tracker *t, const char *script)
{
	struct app_options o = { .dir = t->repo, .mode = APP_WRITE };
	struct app_init init = { .prefix = "NOTE" };
	struct app_init_result r;

	tr_sh(t, "git init -q repo");
	tr_sh(t, script);
	tr_close(t);
	OK(t, app_init(&o, &init, &t->a, &r, &t->err));
	app_init_result_release(&r);
}

static inline int
tr_setup(void **state)
{
	static const char *const gone[] = { "NOTES_DB", "SOURCE_DATE_EPOCH",
		"XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
		"GIT_CONFIG", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT",
		"EMAIL", "JENKINS_URL", "GITHUB_ACTIONS", "GITLAB_CI", "TRAVIS",
		"BUILDKITE", "CIRCLECI", "TF_BUILD", "TEAMCITY_VERSION",
		"DRONE" };
	static const char config[] = "[user]\n\tname = Ann\n"
				     "\temail = ann@example.org\n"
				     "[init]\n\tdefaultBranch = main\n"
				     "[gc]\n\tauto = 0\n";
	struct tracker *t = calloc(1, sizeof *t);
	size_t i;

	for (i = 0; i < sizeof gone / sizeof gone[0]; i++)
		unsetenv(gone[i]);
	{
		char *made = unit_mkdir();

		t->root = fs_real(made);
		free(made);
	}
	t->repo = fs_join(t->root, "repo");
	setenv("HOME", t->root, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CEILING_DIRECTORIES", t->root, 1);
	setenv("GIT_AUTHOR_DATE", "1700000000 +0000", 1);
	setenv("GIT_COMMITTER_DATE", "1700000000 +0000", 1);
	tr_write(t, ".gitconfig", config, sizeof config - 1);
	*state = t;
	return 0;
}

static inline int
tr_teardown(void **state)
{
	struct tracker *t = *state;

	tr_close(t);
	buf_release(&t->out);
	import_result_release(&t->result);
	free(t->repo);
	unit_rmdir(t->root);
	free(t);
	return 0;
}

#define TR_TEST(fn) cmocka_unit_test_setup_teardown(fn, tr_setup, tr_teardown)

static inline struct ticket_key
tr_key(const char *text)
{
	struct ticket_key key;

	assert_true(ticket_key_parse(text, strlen(text), &key));
	return key;
}

/* Changes as they are typed, up to a NULL. */
static inline void
tr_changes(struct tracker *t, struct change_list *l, va_list ap)
{
	const char *text;

	while ((text = va_arg(ap, const char *)) != NULL)
		OK(t, change_parse(text, l, &t->err));
}

/* Makes a ticket: tr_new(t, "type=bug", "summary=x", NULL). */
static inline struct ticket_key
tr_new(struct tracker *t, ...)
{
	struct change_list l = { 0 };
	struct ticket_key key;
	va_list ap;

	va_start(ap, t);
	tr_changes(t, &l, ap);
	va_end(ap);
	OK(t, app_ticket_new(t->a, &l, &key, &t->err));
	change_list_release(&l);
	return key;
}

/* Changes one ticket; returns what app_ticket_change() does. */
static inline enum rc
tr_set(struct tracker *t, const char *key, size_t *changed, ...)
{
	struct change_list l = { 0 };
	struct ticket_key k = tr_key(key);
	size_t n;
	va_list ap;
	enum rc rc;

	va_start(ap, changed);
	tr_changes(t, &l, ap);
	va_end(ap);
	rc = app_ticket_change(t->a, &k, 1, &l, &n, &t->err);
	if (changed != NULL)
		*changed = n;
	change_list_release(&l);
	return rc;
}

static inline void
tr_get(struct tracker *t, const char *key, struct ticket *out)
{
	struct ticket_key k = tr_key(key);

	*out = (struct ticket){ .id = 0 };
	OK(t, app_ticket_get(t->a, &k, out, &t->err));
}

/* One field as text; borrowed until the next call. */
static inline const char *
tr_field(struct tracker *t, const char *key, enum ticket_field f)
{
	struct ticket ticket;

	tr_get(t, key, &ticket);
	buf_clear(&t->out);
	ticket_field_text(&ticket, f, &t->out);
	ticket_release(&ticket);
	return buf_str(&t->out);
}

static inline int64_t
tr_count(struct tracker *t)
{
	int64_t n;

	OK(t, app_ticket_count(t->a, NULL, 0, &n, &t->err));
	return n;
}

/* The number of the newest event. */
static inline bool
tr_newest(const struct event *ev, void *arg)
{
	int64_t *n = arg;

	*n = ev->n;
	return false;
}

static inline int64_t
tr_events(struct tracker *t)
{
	int64_t n = 0;
	enum rc rc = store_journal_each(t->a->store, NULL, 0, tr_newest, &n,
	    &t->err);

	assert_true(rc == RC_OK || rc == RC_STOPPED);
	return n;
}

static inline enum rc
tr_import(struct tracker *t, const char *format, const char *text, size_t len)
{
	char *path = mem_printf("%s/import.%s", t->root, format);
	enum rc rc;

	import_result_release(&t->result);
	OK(t, fs_write(path, text, len, 0644, &t->err));
	rc = app_import(t->a, path, NULL, &t->result, &t->err);
	free(path);
	return rc;
}

/* Exports into out. */
static inline const char *
tr_export(struct tracker *t, enum export_format format)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	OK(t, app_export(t->a, format, NULL, false, f, &t->err));
	fclose(f);
	buf_clear(&t->out);
	buf_add(&t->out, text, len);
	free(text);
	return buf_str(&t->out);
}

/* The database is as it should be, and its journal makes the same of it. */
static inline void
tr_fsck(struct tracker *t)
{
	struct strv found = STRV_INIT;
	bool changed;

	OK(t, app_fsck(t->a, true, &found, &changed, &t->err));
	if (found.n > 0)
		fail_msg("fsck: %s", found.v[0]);
	assert_false(changed);
	strv_release(&found);
}

#endif
