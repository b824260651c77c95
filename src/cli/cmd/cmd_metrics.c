#include <string.h>

#include "app/metrics.h"
#include "cli/common.h"
#include "metrics_print.h"

enum { METRICS_BY, METRICS_EXPLAIN };

static const struct opt metrics_opts[] = {
	[METRICS_BY] = { 0, "by", "STEP", "week or month (else: what fits)",
	    "step" },
	[METRICS_EXPLAIN] = { 0, "explain", NULL,
	    "the rule of each part, the filter of each figure", NULL },
	{ 0 },
};

static enum rc
step_of(const char *name, enum metrics_step *out, struct err *err)
{
	*out = METRICS_AUTO;
	if (name == NULL)
		return RC_OK;
	if (strcmp(name, "week") == 0)
		*out = METRICS_WEEK;
	else if (strcmp(name, "month") == 0)
		*out = METRICS_MONTH;
	else
		return err_set(err, RC_USAGE,
		    "--by takes week or month, not \"%s\"", name);
	return RC_OK;
}

static enum rc
metrics_check(const struct args *a, struct err *err)
{
	enum metrics_step step;

	return step_of(args_get(a, METRICS_BY), &step, err);
}

static enum rc
metrics_run(struct cli *c, const struct args *a, struct err *err)
{
	enum metrics_step step = METRICS_AUTO;
	struct metrics m;
	enum rc rc;

	if ((rc = step_of(args_get(a, METRICS_BY), &step, err)) != RC_OK)
		return rc;
	metrics_init(&m, step);
	for (int p = 0; rc == RC_OK && p < METRICS_PARTS; p++)
		rc = app_metrics(c->app, (enum metrics_part)p, &m, err);
	if (rc == RC_OK && c->out.form == OUT_JSON)
		out_json(&c->out, metrics_to_json(&m));
	else if (rc == RC_OK && c->out.form == OUT_PORCELAIN)
		metrics_to_porcelain(&c->out, &m);
	else if (rc == RC_OK)
		metrics_to_text(&c->out, &m,
		    args_has(a, METRICS_EXPLAIN) ? METRICS_EXPLAINED
						 : METRICS_FIGURES);
	metrics_release(&m);
	return rc;
}

const struct cmd cmd_metrics = {
	.name = "metrics",
	.help = "how work flows: created, closed, cycle time, age, releases",
	.details =
	    "Counted from the tracker and git alone: tickets created and\n"
	    "closed and how many were open; how long closed ones took, by\n"
	    "type; how old open ones are; who has how many in progress; of\n"
	    "the last releases their tickets, the share with commits, reverts\n"
	    "and the time from the first commit to the release.",
	.examples = "  notes metrics\n"
		    "  notes metrics --by week --explain\n"
		    "  notes metrics --json",
	.opts = metrics_opts,
	.values = "none",
	.max = 0,
	.screen = true,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.check = metrics_check,
	.run = metrics_run,
};
