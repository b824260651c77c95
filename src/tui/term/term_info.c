#include "term_info.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* The last ones: they make macros of common words. */
#include <curses.h>
#include <term.h>

/* Without the delays ("$<5>") that were for terminals on slow wires. */
static char *
capability(const char *name)
{
	const char *s = tigetstr(name), *end;
	struct buf out = BUF_INIT;

	/* (char *)-1 is "no string capability". */
	if (s == NULL || (intptr_t)s == -1)
		return NULL;
	for (; *s != '\0'; s++) {
		end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
		if (end == NULL)
			buf_putc(&out, *s);
		else
			s = end;
	}
	if (out.len == 0) {
		buf_release(&out);
		return NULL;
	}
	return buf_detach(&out);
}

static int
number(const char *name)
{
	int n = tigetnum(name);

	return n > 0 ? n : 0;
}

static void
read_entry(struct term_info *i)
{
	struct paint_caps *c = &i->caps;

#define X(name) c->name = capability(#name);
	PAINT_CAPS(X)
#undef X

	c->bce = tigetflag("bce") == 1;
	c->wrap = tigetflag("am") == 1 && tigetflag("xenl") != 1;
	c->ansi = c->cup != NULL && strcmp(c->cup, "\033[%i%p1%d;%p2%dH") == 0;
	/* Who names both default colours so knows the rest as well. */
	c->sgr = c->ansi && c->op != NULL && strcmp(c->op, "\033[39;49m") == 0;
	i->colours = c->setaf == NULL || c->setab == NULL ? 0
							  : number("colors");
	i->rows = number("lines");
	i->cols = number("cols");
	i->smcup = capability("smcup");
	i->rmcup = capability("rmcup");
}

static enum rc
check_entry(struct term_info *i, struct err *err)
{
	read_entry(i);
	del_curterm(cur_term);
	if (i->caps.cup != NULL && i->caps.clear != NULL)
		return RC_OK;
	term_info_release(i);
	return err_set(err, RC_FAIL,
	    "terminal \"%s\" cannot place the cursor (see: notes list, "
	    "--plain)",
	    i->type);
}

enum rc
term_info_read(struct term_info *i, struct strv *warnings, struct err *err)
{
	static const char *const relatives[] = { "xterm-256color", "xterm",
		"screen", "vt100", "ansi" };
	const char *want = getenv("TERM");
	char *text;
	int status;

	*i = (struct term_info){ .type = want };
	if (want == NULL || *want == '\0')
		i->type = want = "unknown";
	if (setupterm(want, STDOUT_FILENO, &status) == OK)
		return check_entry(i, err);
	for (size_t k = strstr(want, "256") == NULL; k < 5; k++) {
		if (setupterm(relatives[k], STDOUT_FILENO, &status) != OK)
			continue;
		text = mem_printf("no entry for TERM=%s, taken for %s", want,
		    relatives[k]);
		strv_take(warnings, utf8_clean_dup(text, UTF8_ONE_LINE));
		free(text);
		i->type = relatives[k];
		return check_entry(i, err);
	}
	return err_set(err, RC_FAIL,
	    "no terminal entry at all (install ncurses-base, or set TERM)");
}

void
term_info_release(struct term_info *i)
{
	const char *type = i->type;

#define X(name) free(i->caps.name);
	PAINT_CAPS(X)
#undef X
	free(i->smcup);
	free(i->rmcup);
	*i = (struct term_info){ .type = type };
}
