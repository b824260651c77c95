#include <string.h>

#include "complete.h"

static enum rc
complete_run(struct cli *c, const struct args *a, struct err *err)
{
	(void)err;
	c->out.form = OUT_PORCELAIN;
	if (strcmp(a->words.v[0], "line") == 0)
		complete_line(c, &a->words, 1);
	else
		complete_field(c, a->words.v[0], "",
		    a->words.n > 1 ? a->words.v[1] : "");
	return RC_OK;
}

const struct cmd cmd_complete = {
	.name = "complete",
	.args = "FIELD [START]",
	.help = "values that begin with START, for completion scripts",
	.details =
	    "\"line WORD...\" completes the last word of a command line.",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_BARE,
	.group = GROUP_HIDDEN,
	.stop = OPT_DASH_WORDS,
	.run = complete_run,
};
