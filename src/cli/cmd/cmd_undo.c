#include <limits.h>

#include "app/journal.h"
#include "app/ticket.h"
#include "cli/common.h"

#define UNDO_MAX 1000L

enum { UNDO_DRY_RUN, UNDO_OP };

static const struct opt undo_opts[] = {
	[UNDO_DRY_RUN] = { 'n', "dry-run", NULL, "only say what it would do",
	    NULL },
	[UNDO_OP] = { 0, "op", "N", "that operation alone, see log", NULL },
	{ 0 },
};

static const struct opt redo_opts[] = {
	[UNDO_DRY_RUN] = { 'n', "dry-run", NULL, "only say what it would do",
	    NULL },
	{ 0 },
};

typedef enum rc (*undo_fn)(struct app *app, size_t n, struct strv *said,
    struct err *err);

static enum rc
run(struct cli *c, undo_fn verb, size_t n, struct err *err)
{
	struct strv said = STRV_INIT;
	json_t *json;
	enum rc rc = verb(c->app, n, &said, err);

	if (rc == RC_OK && c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "lines", json_texts(&said));
		out_json(&c->out, json);
	}
	for (size_t i = 0; i < said.n && rc == RC_OK; i++) {
		if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, said.v[i]);
			out_end(&c->out);
		} else {
			out_say(&c->out, "%s", said.v[i]);
		}
	}
	strv_release(&said);
	return rc;
}

static enum rc
undo_or_redo(struct cli *c, const struct args *a, undo_fn verb, struct err *err)
{
	long n = 1;
	enum rc rc = RC_OK;

	if (a->words.n > 0)
		rc = opt_number("N", a->words.v[0], UNDO_MAX, &n, err);
	return rc == RC_OK ? run(c, verb, (size_t)n, err) : rc;
}

static void
print_preview(struct cli *c, const char *verb, const struct undo_preview *p)
{
	json_t *json;

	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "op", json_integer(p->op));
		json_put(json, "key", json_text(p->key));
		json_put(json, "text", json_text(p->text));
		json_put(json, "actor", json_text(p->actor));
		json_put(json, "time", json_time(p->time));
		json_put(json, "commit", json_text(p->commit));
		json_put(json, "stays", json_texts(&p->stays));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		out_number(&c->out, p->op);
		out_field(&c->out, p->key);
		out_field(&c->out, p->text);
		out_field(&c->out, p->commit);
		out_end(&c->out);
	} else {
		out_say(&c->out, "%s would change: %s%s%s, by %s", verb, p->key,
		    p->key[0] == '\0' ? "" : " ", p->text, p->actor);
		for (size_t i = 0; i < p->stays.n; i++)
			out_say(&c->out, "left as it is: %s", p->stays.v[i]);
	}
}

/* op -1: of redo. */
static enum rc
preview(struct cli *c, const char *verb, int64_t op, struct err *err)
{
	struct undo_preview p = { 0 };
	enum rc rc;

	rc = op < 0 ? app_redo_preview(c->app, &p, err)
		    : app_undo_preview(c->app, op, &p, err);
	if (rc == RC_OK)
		print_preview(c, verb, &p);
	undo_preview_release(&p);
	return rc;
}

static enum rc
one_undo(struct app *app, size_t op, struct strv *said, struct err *err)
{
	return app_undo_op(app, (int64_t)op, said, err);
}

static enum rc
undo_run(struct cli *c, const struct args *a, struct err *err)
{
	long op = 0;
	enum rc rc = RC_OK;

	if (args_has(a, UNDO_OP))
		rc = opt_number("--op", args_get(a, UNDO_OP), LONG_MAX, &op,
		    err);
	if (rc != RC_OK)
		return rc;
	if (args_has(a, UNDO_DRY_RUN))
		return preview(c, "undo", op, err);
	if (op == 0)
		return undo_or_redo(c, a, app_undo, err);
	return run(c, one_undo, (size_t)op, err);
}

static enum rc
undo_check(const struct args *a, struct err *err)
{
	if (a->words.n > 0 &&
	    (args_has(a, UNDO_OP) || args_has(a, UNDO_DRY_RUN)))
		return err_set(err, RC_USAGE,
		    "--op and --dry-run are about one operation, not \"%s\"",
		    a->words.v[0]);
	return RC_OK;
}

static enum rc
redo_run(struct cli *c, const struct args *a, struct err *err)
{
	if (args_has(a, UNDO_DRY_RUN))
		return preview(c, "redo", -1, err);
	return undo_or_redo(c, a, app_redo, err);
}

const struct cmd cmd_undo = {
	.name = "undo",
	.args = "[N]",
	.help = "take back the last N things done (1)",
	.details =
	    "Works across processes and sessions. A value that somebody has\n"
	    "changed since is left alone, and said so. --op takes the number\n"
	    "of an operation, as in the second field of log --porcelain.",
	.opts = undo_opts,
	.values = "none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.check = undo_check,
	.run = undo_run,
};

const struct cmd cmd_redo = {
	.name = "redo",
	.args = "[N]",
	.help = "do again what undo took back",
	.opts = redo_opts,
	.values = "none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = redo_run,
};
