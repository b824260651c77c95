/* Releases that are out, withdrawn, or never were. */
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "cli/common.h"
#include "cli/text.h"
#include "release_cmds.h"

enum { STATE_REASON, STATE_FROM_FILE };

static const struct opt state_opts[] = {
	[STATE_REASON] = { 0, "reason", "TEXT", "why", NULL },
	[STATE_FROM_FILE] = { 0, "from-file", "FILE",
	    "versions from a file, one a line; - is standard input", "file" },
	{ 0 },
};

enum { PUBLISH_DATE };

static const struct opt publish_opts[] = {
	[PUBLISH_DATE] = { 0, "date", "DATE", "when it came out (else: now)",
	    NULL },
	{ 0 },
};

/* One published release: what it took for its commit, or that it was out. */
static void
tell_published(struct cli *c, const struct release *was,
    const struct release *now)
{
	char hex[OID_HEX_MAX + 1], day[11];
	struct buf what = BUF_INIT;

	if (was->state == RELEASE_RELEASED && was->released == now->released) {
		out_say(&c->out, "%s is out already, since %s", now->version,
		    common_day(now->released, day));
		return;
	}
	oid_to_hex(&now->commit, hex);
	if (now->tag == NULL && oid_is_none(&was->commit) &&
	    !oid_is_none(&now->commit) &&
	    app_commit_name(c->app, hex, &what, NULL) == RC_OK)
		out_say(&c->out, "%s published as %s (HEAD: it has no tag)",
		    now->version, buf_str(&what));
	else
		out_say(&c->out, "%s published", now->version);
	buf_release(&what);
}

static enum rc
publish_all(struct cli *c, const struct args *a, struct release *was,
    struct err *err)
{
	struct release_change change = {
		.released = args_get(a, PUBLISH_DATE),
	};
	struct release now = { .id = 0 };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < a->words.n && rc == RC_OK; i++)
		rc = app_release_get(c->app, a->words.v[i], &was[i], err);
	if (rc == RC_OK)
		rc = app_release_state(c->app, a->words.v, a->words.n,
		    RELEASE_RELEASED, &change, err);
	if (rc == RC_OK && c->out.form != OUT_TEXT)
		release_done(c, &a->words, "published");
	for (size_t i = 0;
	     i < a->words.n && rc == RC_OK && c->out.form == OUT_TEXT; i++) {
		rc = app_release_get(c->app, a->words.v[i], &now, err);
		if (rc == RC_OK)
			tell_published(c, &was[i], &now);
		release_release(&now);
	}
	return rc;
}

static enum rc
publish_run(struct cli *c, const struct args *a, struct err *err)
{
	struct release *was = mem_calloc(a->words.n, sizeof(*was));
	enum rc rc;

	release_refresh(c);
	rc = publish_all(c, a, was, err);
	for (size_t i = 0; i < a->words.n; i++)
		release_release(&was[i]);
	free(was);
	return rc;
}

/* Cuts text into its lines, in place; blank ones and # comments don't count. */
static void
split_versions(char *text, struct words *out)
{
	while (*text != '\0') {
		char *end = strchrnul(text, '\n');
		bool last = *end == '\0';

		*end = '\0';
		text += strspn(text, " \t");
		for (size_t n = strlen(text);
		     n > 0 && strchr(" \t\r", text[n - 1]) != NULL; n--)
			text[n - 1] = '\0';
		if (*text != '\0' && *text != '#')
			words_push(out, text);
		if (last)
			return;
		text = end + 1;
	}
}

static enum rc
state_check(const struct args *a, struct err *err)
{
	if (a->words.n == 0 && !args_has(a, STATE_FROM_FILE))
		return err_set(err, RC_USAGE,
		    "which VERSION? (or --from-file FILE)");
	return RC_OK;
}

static enum rc
set_state(struct cli *c, const struct args *a, enum release_state state,
    const char *what, struct err *err)
{
	struct release_change change = {
		.reason = args_get(a, STATE_REASON),
	};
	struct words versions = { 0 };
	struct buf text = BUF_INIT;
	char *lines = NULL;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < a->words.n; i++)
		words_push(&versions, a->words.v[i]);
	if (args_has(a, STATE_FROM_FILE)) {
		rc = text_file(args_get(a, STATE_FROM_FILE), &text, err);
		if (rc != RC_OK)
			goto out;
		lines = buf_detach(&text);
		split_versions(lines, &versions);
	}
	release_refresh(c);
	if (versions.n > 0)
		rc = app_release_state(c->app, versions.v, versions.n, state,
		    &change, err);
	if (rc == RC_OK)
		release_done(c, &versions, what);
out:
	buf_release(&text);
	free(lines);
	free(versions.v);
	return rc;
}

static enum rc
yank_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_state(c, a, RELEASE_YANKED, "yanked", err);
}

static enum rc
drop_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_state(c, a, RELEASE_DROPPED, "dropped", err);
}

const struct cmd release_publish = {
	.name = "publish",
	.args = "VERSION...",
	.help = "say that releases are out",
	.opts = publish_opts,
	.values = "release",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = publish_run,
};

const struct cmd release_yank = {
	.name = "yank",
	.args = "VERSION...",
	.help = "withdraw releases that were out; they still count",
	.opts = state_opts,
	.values = "release",
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.check = state_check,
	.run = yank_run,
};

const struct cmd release_drop = {
	.name = "drop",
	.args = "VERSION...",
	.help = "say that tags were never published: they do not count",
	.examples = "  notes release drop 1.2.0 --reason 'the vote failed'\n"
		    "  notes release drop --from-file never-published.txt",
	.opts = state_opts,
	.values = "release",
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.check = state_check,
	.run = drop_run,
};
