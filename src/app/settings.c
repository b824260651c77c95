#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/generate.h"
#include "app_priv.h"
#include "base/mem.h"
#include "message/version.h"
#include "app/notes/publish.h"

#define STATUS_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

const struct app_setting app_settings[] = {
	{ "prefix", "ticket prefixes, the first one for new tickets", NULL },
	{ "mainline", "branches whose commits act: names or patterns", NULL },
	{ "tags", "pattern of release tags, with {version}", NULL },
	{ "hash", "true: #12 means a ticket of the first prefix", "false" },
	{ "status", "further statuses, as NAME:todo, NAME:doing or NAME:done",
	    NULL },
	{ "wip.STATUS",
	    "how many tickets a status holds on the board before it warns",
	    NULL },
	{ "me", "your name in tickets", "the local part of user.email" },
	{ "project", "the project's name in titles", "the folder's name" },
	{ "url", "address of a ticket, with {key}", NULL },
	{ "compare", "address of what changed, with {from} and {to}", NULL },
	{ "style", "style of notes", "default" },
	{ "lang", "language of headings: en or ko", "en" },
	{ "file", "file that notes are kept in", "CHANGELOG.md" },
	{ "section", "a section's title, as features:TITLE; in this order",
	    NULL },
	{ "commits",
	    "what notes make of commits without a ticket: conventional or "
	    "tickets",
	    "tickets" },
	{ "refuse", "what a commit is refused for: unknown-key, no-key", NULL },
	{ "subject", "how a branch's key goes before a subject", "[{key}] " },
	{ "mouse", "false: the terminal keeps the mouse", "true" },
	{ "theme", "dark or light", "asked of the terminal" },
	{ "columns", "columns of the ticket list in the terminal UI", NULL },
	{ "filter.NAME", "a saved filter: @NAME in lists", NULL },
	{ "key.SCREEN.ACTION", "keys of an action in the terminal UI", NULL },
	{ "ascii", "true: the screens' lines are drawn in ASCII", "false" },
	{ "ambiguous", "columns of signs such as \xC2\xB1: narrow or wide",
	    "asked of the terminal" },
	{ "links", "true, false: addresses can be opened on the screens",
	    "where the terminal is known to" },
	{ NULL, NULL, NULL },
};

void
app_prefix_upper(char *prefix)
{
	for (; *prefix != '\0'; prefix++)
		if (*prefix >= 'a' && *prefix <= 'z')
			*prefix = (char)(*prefix - 'a' + 'A');
}

static enum rc
check_prefix(const char *value, struct err *err)
{
	const char *p = value;
	char one[TICKET_PREFIX_MAX];
	size_t len, n = 0;

	for (;;) {
		p += strspn(p, " ,");
		len = strcspn(p, " ,");
		if (len == 0)
			break;
		if (len < sizeof one) {
			memcpy(one, p, len);
			one[len] = '\0';
			app_prefix_upper(one);
		}
		if (len >= sizeof one || !ticket_prefix_valid(one))
			return err_set(err, RC_INVALID,
			    "\"%.*s\" is no prefix: a letter, then letters, "
			    "digits or _, at most %d bytes",
			    (int)len, p, TICKET_PREFIX_MAX - 1);
		n++;
		p += len;
	}
	return n > 0 ? RC_OK
		     : err_set(err, RC_INVALID, "a prefix cannot be empty");
}

static enum rc
check_tags(const char *value, struct err *err)
{
	return version_pattern_check(value, err);
}

static enum rc
check_bool(const char *value, struct err *err)
{
	static const char *const words[] = { "true", "false", "yes", "no", "on",
		"off", "1", "0" };
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasecmp(value, words[i]) == 0)
			return RC_OK;
	return err_set(err, RC_INVALID, "\"%s\" is neither true nor false",
	    value);
}

static enum rc
check_status(const char *value, struct err *err)
{
	struct workflow wf;

	workflow_default(&wf);
	return workflow_add(&wf, value, err);
}

static enum rc
check_key_form(const char *value, struct err *err)
{
	if (strstr(value, "{key}") != NULL)
		return RC_OK;
	return err_set(err, RC_INVALID, "\"%s\" has no {key} in it", value);
}

static enum rc
check_compare(const char *value, struct err *err)
{
	if (strstr(value, "{from}") != NULL && strstr(value, "{to}") != NULL)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "\"%s\" has not both {from} and {to} in it", value);
}

static enum rc
check_lang(const char *value, struct err *err)
{
	if (strcmp(value, "en") == 0 || strcmp(value, "ko") == 0)
		return RC_OK;
	return err_set(err, RC_INVALID, "no language %s (there are: en, ko)",
	    value);
}

static enum rc
check_two(const char *value, const char *a, const char *b, struct err *err)
{
	if (strcmp(value, a) == 0 || strcmp(value, b) == 0)
		return RC_OK;
	return err_set(err, RC_INVALID, "\"%s\" is neither %s nor %s", value, a,
	    b);
}

static enum rc
check_theme(const char *value, struct err *err)
{
	return check_two(value, "dark", "light", err);
}

static enum rc
check_ambiguous(const char *value, struct err *err)
{
	return check_two(value, "narrow", "wide", err);
}

static enum rc
check_refuse(const char *value, struct err *err)
{
	const char *p = value;
	size_t len;

	for (;;) {
		p += strspn(p, " ,");
		len = strcspn(p, " ,");
		if (len == 0)
			return RC_OK;
		if (!(len == 11 && strncmp(p, "unknown-key", len) == 0) &&
		    !(len == 6 && strncmp(p, "no-key", len) == 0))
			return err_set(err, RC_INVALID,
			    "\"%.*s\" is nothing to refuse for (one or both "
			    "of: unknown-key, no-key)",
			    (int)len, p);
		p += len;
	}
}

static enum rc
check_columns(const char *value, struct err *err)
{
	enum app_column columns[COLUMN_N];
	size_t n;

	return app_columns_parse(value, columns, &n, err);
}

static const struct {
	const char *name;
	enum rc (*check)(const char *value, struct err *err);
} checks[] = {
	{ "prefix", check_prefix },
	{ "tags", check_tags },
	{ "hash", check_bool },
	{ "status", check_status },
	{ "url", check_key_form },
	{ "compare", check_compare },
	{ "subject", check_key_form },
	{ "lang", check_lang },
	{ "section", publish_section_check },
	{ "commits", app_commits_check },
	{ "refuse", check_refuse },
	{ "mouse", check_bool },
	{ "columns", check_columns },
	{ "theme", check_theme },
	{ "ascii", check_bool },
	{ "ambiguous", check_ambiguous },
	{ "links", check_bool },
};

static char *
full_name(const char *name)
{
	return mem_printf("tracker.%s", name);
}

const char *
app_config(const struct app *a, const char *name)
{
	char *full = full_name(name);
	const char *value = config_get(&a->config, full);

	free(full);
	return value;
}

const char *
app_git_config(const struct app *a, const char *name)
{
	return config_get(&a->config, name);
}

const char *
app_config_origin(const struct app *a, const char *name)
{
	char *full = full_name(name);
	const char *origin = "default";
	int level = -1;
	size_t i;

	for (i = 0; i < a->config.n; i++) {
		const struct config_entry *e = &a->config.v[i];

		if (strcmp(e->name, full) != 0 || e->level < level)
			continue;
		level = e->level;
		origin = e->origin;
	}
	free(full);
	return origin;
}

const struct app_setting *
app_setting_find(const char *name)
{
	const struct app_setting *s;
	size_t head;

	for (s = app_settings; s->name != NULL; s++) {
		/* Capitals stand for a part that people choose. */
		head = strcspn(s->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (s->name[head] == '\0'
			? strcasecmp(s->name, name) == 0
			: strncasecmp(s->name, name, head) == 0 &&
			    name[head] != '\0')
			return s;
	}
	return NULL;
}

bool
app_setting_is_family(const struct app_setting *s)
{
	return strpbrk(s->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

/* "wip.in-progress" and how many it may hold. */
static enum rc
check_limit(const char *name, const char *value, struct err *err)
{
	const char *status = strchr(name, '.') + 1;
	size_t len = strlen(value);

	if (strlen(status) >= STATUS_NAME_MAX ||
	    status[strspn(status, STATUS_LETTERS)] != '\0')
		return err_set(err, RC_INVALID,
		    "%s: name the status, as in wip.in-progress", name);
	if (len == 0 || len > 6 || strspn(value, "0123456789") != len)
		return err_set(err, RC_INVALID,
		    "a limit is a number of tickets, 0 for none, not \"%s\"",
		    value);
	return RC_OK;
}

enum rc
app_config_check(const char *name, const char *value, struct err *err)
{
	enum rc rc;
	size_t i;

	if (app_setting_find(name) == NULL)
		return err_set(err, RC_INVALID,
		    "no setting %s (see: notes config)", name);
	if (value != NULL && strncasecmp(name, "wip.", 4) == 0)
		return check_limit(name, value, err);
	for (i = 0; value != NULL && i < sizeof checks / sizeof checks[0]; i++)
		if (strcasecmp(checks[i].name, name) == 0 &&
		    (rc = checks[i].check(value, err)) != RC_OK)
			return rc;
	return RC_OK;
}

enum rc
app_config_set(struct app *a, const char *name, const char *value,
    struct err *err)
{
	const struct app_setting *s = app_setting_find(name);
	char *full;
	enum rc rc;

	if ((rc = app_config_check(name, value, err)) != RC_OK ||
	    (rc = app_require_repo(a, err)) != RC_OK)
		return rc;
	full = full_name(app_setting_is_family(s) ? name : s->name);
	rc = vcs_config_set(a->vcs, CONFIG_REPOSITORY, full, value, err);
	free(full);
	if (rc != RC_OK)
		return rc;
	return app_settings_load(a, err);
}

void
app_prefixes_add(struct app *a, const char *list)
{
	const char *p = list;
	size_t len;
	char *one;

	for (;; p += len) {
		p += strspn(p, " ,");
		if ((len = strcspn(p, " ,")) == 0)
			return;
		one = mem_strndup(p, len);
		app_prefix_upper(one);
		if (ticket_prefix_valid(one) && !strv_has(&a->prefixes, one))
			strv_push(&a->prefixes, one);
		free(one);
	}
}

static void
load_prefixes(struct app *a)
{
	struct strv values = STRV_INIT;
	size_t i;

	strv_release(&a->prefixes);
	config_get_all(&a->config, "tracker.prefix", &values);
	for (i = 0; i < values.n; i++)
		app_prefixes_add(a, values.v[i]);
	strv_release(&values);
}

/* A status that is not well-formed is told of and left out. */
static void
load_workflow(struct app *a)
{
	struct strv values = STRV_INIT;
	struct buf names = BUF_INIT;
	struct err e = ERR_INIT;
	size_t i;

	workflow_default(&a->workflow);
	config_get_all(&a->config, "tracker.status", &values);
	for (i = 0; i < values.n; i++)
		if (workflow_add(&a->workflow, values.v[i], &e) != RC_OK)
			strv_take(&a->warnings,
			    mem_printf("tracker.status: %s", e.msg));
	for (i = 0; i < a->workflow.n; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : " ",
		    a->workflow.status[i].name);
	free(a->statuses);
	a->statuses = buf_detach(&names);
	strv_release(&values);
}

static void
load_identity(struct app *a)
{
	char *identity = vcs_identity(&a->config), *mail, *end;
	const char *me = config_get(&a->config, "tracker.me");

	mail = strchr(identity, '<');
	end = mail == NULL ? NULL : strchr(mail, '>');
	free(a->actor);
	free(a->me);
	if (mail != NULL && end != NULL && end > mail + 1)
		a->actor = mem_strndup(mail + 1, (size_t)(end - mail - 1));
	else
		a->actor = mem_strdup(identity);
	a->me = me != NULL && me[0] != '\0'
	    ? mem_strdup(me)
	    : mem_strndup(a->actor, strcspn(a->actor, "@"));
	free(identity);
}

enum rc
app_settings_load(struct app *a, struct err *err)
{
	struct config fresh = { 0 };
	char *cache = mem_printf("%s/config.cache", a->dir);
	enum rc rc;

	/* Without a tracker's folder there is nowhere to keep a cache. */
	rc = vcs_config_load(a->vcs, a->store == NULL ? NULL : cache, &fresh,
	    err);
	free(cache);
	if (rc != RC_OK)
		return rc;
	if (fresh.broken != NULL && !a->forgiving) {
		err_set(err, RC_INVALID, "%s", fresh.broken);
		config_release(&fresh);
		return RC_INVALID;
	}
	if (fresh.broken != NULL)
		strv_push(&a->warnings, fresh.broken);
	config_release(&a->config);
	a->config = fresh;
	load_prefixes(a);
	load_workflow(a);
	load_identity(a);
	a->hash = config_get_bool(&a->config, "tracker.hash", false);
	return RC_OK;
}

void
app_grammar(const struct app *a, struct grammar *g)
{
	*g = (struct grammar){ .prefixes = a->prefixes,
		.hash = a->hash,
		.statuses = a->statuses };
}
