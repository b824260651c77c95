#include <stdio.h>

#include "cli/cmd.h"

static enum rc
help_run(struct cli *c, const struct args *a, struct err *err)
{
	const struct cmd *cmd, *sub;
	char path[64];

	if (a->words.n == 0) {
		usage_overview(&c->out, c->screens);
		return RC_OK;
	}
	if ((cmd = cmd_find(commands, a->words.v[0])) == NULL)
		return cmd_unknown(commands, "", a->words.v[0], err);
	if (a->words.n == 1 || cmd->subs == NULL) {
		usage_command(&c->out, cmd, cmd->name);
		return RC_OK;
	}
	snprintf(path, sizeof(path), "%s ", cmd->name);
	if ((sub = cmd_find(cmd->subs, a->words.v[1])) == NULL)
		return cmd_unknown(cmd->subs, path, a->words.v[1], err);
	snprintf(path, sizeof(path), "%s %s", cmd->name, sub->name);
	usage_command(&c->out, sub, path);
	return RC_OK;
}

const struct cmd cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.help = "show help",
	.values = "command command none",
	.max = 2,
	.mode = CMD_BARE,
	.group = GROUP_START,
	.stop = OPT_WORDS_TOO,
	.run = help_run,
};
