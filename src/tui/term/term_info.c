#include "term_info.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

/* The last ones: they make macros of common words. */
#include <curses.h>
#include <term.h>

static const char *
capability(const char *name)
{
	const char *s = tigetstr(name);

	/* (char *)-1 is "no string capability". */
	return s == NULL || (intptr_t)s == -1 ? NULL : s;
}

/* newterm() reads the entry again, for itself. */
static enum rc
check_type(const char *type, struct err *err)
{
	bool places = capability("cup") != NULL;

	del_curterm(cur_term);
	if (places)
		return RC_OK;
	return err_set(err, RC_FAIL,
	    "terminal \"%s\" cannot place the cursor (see: notes list, "
	    "--plain)",
	    type);
}

/* The terminal's entry, or that of the likeliest relative. */
enum rc
term_info_choose(const char **type, struct strv *warnings, struct err *err)
{
	static const char *const relatives[] = { "xterm-256color", "xterm",
		"screen", "vt100", "ansi" };
	const char *want = getenv("TERM");
	char *text;
	int status;

	*type = want == NULL || *want == '\0' ? "unknown" : want;
	if (setupterm(*type, STDOUT_FILENO, &status) == OK)
		return check_type(*type, err);
	for (size_t i = strstr(*type, "256") == NULL; i < 5; i++) {
		if (setupterm(relatives[i], STDOUT_FILENO, &status) != OK)
			continue;
		text = mem_printf("no entry for TERM=%s, taken for %s", *type,
		    relatives[i]);
		strv_take(warnings, utf8_clean_dup(text, UTF8_ONE_LINE));
		free(text);
		*type = relatives[i];
		return check_type(*type, err);
	}
	return err_set(err, RC_FAIL,
	    "no terminal entry at all (install ncurses-base, or set TERM)");
}

void
term_info_restore(struct buf *out)
{
	static const char *const names[] = { "sgr0", "cnorm", "rmcup" };
	const char *s;

	for (size_t i = 0; i < 3; i++)
		if ((s = capability(names[i])) != NULL)
			buf_puts(out, s);
}
