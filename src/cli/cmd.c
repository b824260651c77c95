#include "cmd.h"

#include <string.h>

const struct cmd *const commands[] = {
#define X(name) &cmd_##name,
	CMD_LIST(X)
#undef X
	    NULL,
};

const struct cmd *
cmd_find(const struct cmd *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp((*list)->name, name) == 0)
			return *list;
	return NULL;
}

#define NAMES_MAX 64

/*
 * Words that other programs have for what a command here does, for suggestions
 * only.  The first row counts whose command the list has.
 */
static const struct {
	const char *word, *command, *more;
} elsewhere[] = {
	{ "ls", "list", "" },
	{ "tickets", "list", "" },
	{ "issues", "list", "" },
	{ "search", "list", "" },
	{ "find", "list", "" },
	{ "grep", "list", "" },
	{ "board", "list", "" },
	{ "add", "new", "" },
	{ "create", "new", "" },
	{ "create", "add", "" },
	{ "new", "add", "" },
	{ "issue", "new", "" },
	{ "ticket", "new", "" },
	{ "bug", "new", " bug SUMMARY" },
	{ "feature", "new", " feature SUMMARY" },
	{ "improvement", "new", " improvement SUMMARY" },
	{ "task", "new", " task SUMMARY" },
	{ "security", "new", " security SUMMARY" },
	{ "incident", "new", " incident SUMMARY" },
	{ "rm", "drop", "" },
	{ "remove", "drop", "" },
	{ "delete", "drop", "" },
	{ "rm", "edit", " KEY deleted=yes" },
	{ "del", "edit", " KEY deleted=yes" },
	{ "remove", "edit", " KEY deleted=yes" },
	{ "delete", "edit", " KEY deleted=yes" },
	{ "info", "show", "" },
	{ "view", "show", "" },
	{ "cat", "show", "" },
	{ "assign", "edit", " KEY assignee=WHO" },
	{ "label", "edit", " KEY +LABEL" },
	{ "set", "edit", "" },
	{ "done", "close", "" },
	{ "fix", "close", "" },
	{ "resolve", "close", "" },
	{ "tag", "release", " add VERSION" },
	{ "tags", "release", " import-tags" },
	{ "version", "release", "" },
	{ "changelog", "generate", "" },
	{ "notes", "generate", "" },
	{ "render", "generate", "" },
	{ "history", "log", "" },
	{ "hooks", "hook", "" },
	{ "settings", "config", "" },
	{ "stats", "metrics", "" },
	{ "report", "metrics", "" },
};

enum rc
cmd_unknown(const struct cmd *const *list, const char *prefix,
    const char *typed, struct err *err)
{
	const char *names[NAMES_MAX], *nearest, *more = "";
	size_t n = 0;

	for (size_t i = 0; list[i] != NULL && n < NAMES_MAX; i++)
		if (list[i]->group != GROUP_HIDDEN)
			names[n++] = list[i]->name;
	nearest = opt_nearest(typed, names, n);
	for (size_t i = sizeof(elsewhere) / sizeof(elsewhere[0]); i-- > 0;) {
		if (strcmp(elsewhere[i].word, typed) == 0 &&
		    cmd_find(list, elsewhere[i].command) != NULL) {
			nearest = elsewhere[i].command;
			more = elsewhere[i].more;
		}
	}
	if (nearest != NULL)
		return err_set(err, RC_USAGE,
		    "no command %s%s (did you mean %s%s%s?)", prefix, typed,
		    prefix, nearest, more);
	return err_set(err, RC_USAGE, "no command %s%s (see: notes help)",
	    prefix, typed);
}
