#include "cmd.h"

#include <string.h>

#include "base/utf8.h"
#include "common.h"

#define HELP_COLUMN 28

static const char *const group_titles[GROUP_N] = {
	[GROUP_START] = "start",
	[GROUP_TICKETS] = "tickets",
	[GROUP_COMMITS] = "commits",
	[GROUP_RELEASES] = "releases and notes",
	[GROUP_DATA] = "the tracker itself",
};

void
usage_line(struct buf *out, const struct cmd *cmd, const char *path)
{
	buf_printf(out, "notes %s", path);
	if (cmd->subs != NULL) {
		for (size_t i = 0; cmd->subs[i] != NULL; i++)
			buf_printf(out, "%s%s", i == 0 ? " " : "|",
			    cmd->subs[i]->name);
		buf_puts(out, " ...");
		return;
	}
	if (cmd->args != NULL)
		buf_printf(out, " %s", cmd->args);
	if (cmd->opts != NULL)
		buf_puts(out, " [OPTION...]");
}

/* "  LEFT          RIGHT", RIGHT on a line of its own when LEFT is long. */
static void
two_columns(struct out *o, const char *left, const char *right)
{
	size_t width = utf8_width(left, strlen(left));

	out_text(o, STYLE_NONE, "  ");
	out_text(o, STYLE_KEY, left);
	if (width + 3 > HELP_COLUMN) {
		out_newline(o);
		width = 0;
		out_text(o, STYLE_NONE, "  ");
	}
	for (; width + 2 < HELP_COLUMN; width++)
		out_raw(o, " ", 1);
	out_text(o, STYLE_NONE, right);
	out_newline(o);
}

void
usage_option(const struct opt *opt, struct buf *out)
{
	static const char names[] = "{names}";
	const char *at = strstr(opt->help, names);
	struct buf list = BUF_INIT;

	if (at == NULL || opt->values == NULL) {
		buf_puts(out, opt->help);
		return;
	}
	common_names(opt->values, &list);
	buf_add(out, opt->help, (size_t)(at - opt->help));
	buf_printf(out, "%s%s", buf_str(&list), at + sizeof(names) - 1);
	buf_release(&list);
}

static void
options(struct out *o, const struct opt *table)
{
	struct buf left = BUF_INIT, right = BUF_INIT;

	for (; table->name != NULL; table++) {
		buf_clear(&left);
		if (table->letter != 0)
			buf_printf(&left, "-%c, ", table->letter);
		else
			buf_puts(&left, "    ");
		buf_printf(&left, "--%s", table->name);
		if (table->arg != NULL)
			buf_printf(&left, "=%s", table->arg);
		buf_clear(&right);
		usage_option(table, &right);
		two_columns(o, buf_str(&left), buf_str(&right));
	}
	buf_release(&left);
	buf_release(&right);
}

static void
heading(struct out *o, const char *text)
{
	out_newline(o);
	out_text(o, STYLE_HEAD, text);
	out_newline(o);
}

static void
subcommands(struct out *o, const struct cmd *cmd)
{
	struct buf left = BUF_INIT;

	heading(o, "commands");
	for (size_t i = 0; cmd->subs[i] != NULL; i++) {
		const struct cmd *sub = cmd->subs[i];

		buf_clear(&left);
		buf_printf(&left, "%s %s%s%s", cmd->name, sub->name,
		    sub->args == NULL ? "" : " ",
		    sub->args == NULL ? "" : sub->args);
		two_columns(o, buf_str(&left), sub->help);
	}
	buf_release(&left);
}

void
usage_command(struct out *o, const struct cmd *cmd, const char *path)
{
	struct buf line = BUF_INIT;

	usage_line(&line, cmd, path);
	out_printf(o, STYLE_HEAD, "usage: %s", buf_str(&line));
	buf_release(&line);
	out_newline(o);
	out_newline(o);
	out_text(o, STYLE_NONE, cmd->help);
	out_newline(o);
	if (cmd->details != NULL) {
		out_newline(o);
		out_lines(o, cmd->details, strlen(cmd->details));
	}
	if (cmd->subs != NULL)
		subcommands(o, cmd);
	if (cmd->opts != NULL) {
		heading(o, "options");
		options(o, cmd->opts);
	}
	heading(o, "everywhere");
	options(o, global_opts);
	if (cmd->examples != NULL) {
		heading(o, "examples");
		out_lines(o, cmd->examples, strlen(cmd->examples));
	}
}

static void
screen_names(struct out *o, const struct cli_screens *screens)
{
	struct strv names = STRV_INIT;
	struct buf line = BUF_INIT;
	const char *takes;

	screens->screen_names(&names);
	heading(o, "screens as text: notes --plain SCREEN");
	for (size_t i = 0; i < names.n; i++) {
		takes = screens->screen_takes(names.v[i]);
		buf_printf(&line, "%s%s%s%s%s", line.len == 0 ? "  " : " ",
		    names.v[i], *takes == '\0' ? "" : " ", takes,
		    i + 1 < names.n ? "," : "");
		if (line.len < 60 && i + 1 < names.n)
			continue;
		out_text(o, STYLE_NONE, buf_str(&line));
		out_newline(o);
		buf_clear(&line);
	}
	strv_release(&names);
	buf_release(&line);
}

void
usage_overview(struct out *o, const struct cli_screens *screens)
{
	static const char intro[] =
	    "usage: notes [OPTION...] [COMMAND ...]\n"
	    "\n"
	    "Tickets, the commits that carry them, and the release notes\n"
	    "from both. Without a command: the screens.\n";

	out_lines(o, intro, sizeof(intro) - 1);
	for (int group = GROUP_START; group < GROUP_N; group++) {
		heading(o, group_titles[group]);
		for (size_t i = 0; commands[i] != NULL; i++)
			if ((int)commands[i]->group == group)
				two_columns(o, commands[i]->name,
				    commands[i]->help);
	}
	screen_names(o, screens);
	heading(o, "everywhere");
	options(o, global_opts);
	out_newline(o);
	out_text(o, STYLE_NONE,
	    "More of each: notes help COMMAND, and man notes.");
	out_newline(o);
}
