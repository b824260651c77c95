#include "doubts.h"

#include <stdlib.h>

#define SHOWN_MAX 3 /* of each code */

static void
put_option(struct buf *out, const char *name, const char *value)
{
	if (value != NULL)
		buf_printf(out, " --%s %s", name, value);
}

/* What makes the same notes again. */
static void
put_command(struct buf *out, const struct generate_options *o)
{
	buf_puts(out, "notes generate");
	if (o->version != NULL)
		buf_printf(out, " %s", o->version);
	put_option(out, "from", o->from);
	put_option(out, "to", o->to);
	put_option(out, "build", o->build);
	if (o->by_build)
		buf_puts(out, " --by-build");
}

/* The way out, behind the first warning of its code. */
static void
put_way_out(struct buf *out, enum notes_warning_code code,
    const struct generate_options *o)
{
	/* Of another range it would list other commits. */
	if (code == NOTES_WARN_UNLINKED && o->from == NULL && o->to == NULL &&
	    o->build == NULL)
		buf_printf(out,
		    " (see: notes unlinked%s%s; --commits conventional lists "
		    "those of Conventional Commits)",
		    o->version == NULL ? "" : " ",
		    o->version == NULL ? "" : o->version);
}

static void
tell_rest(size_t n, enum notes_warning_code code,
    const struct generate_options *o)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "... and %zu more (", n);
	put_command(&line, o);
	buf_puts(&line, " --format json lists them");
	if (code == NOTES_WARN_UNKNOWN_KEY)
		buf_puts(&line, "; many tickets come in by: notes import FILE");
	buf_puts(&line, ")");
	say_warning(buf_str(&line));
	buf_release(&line);
}

void
doubts_tell(const struct cli *c, const struct notes *n,
    const struct generate_options *o)
{
	size_t of_code[NOTES_WARN_N] = { 0 }, seen[NOTES_WARN_N] = { 0 };
	struct buf line = BUF_INIT;
	char *numbers;

	if (c->out.quiet)
		return;
	if ((numbers = notes_unknown_numbers(n)) != NULL)
		say_warning(numbers);
	for (size_t i = 0; i < n->n_warnings; i++)
		of_code[n->warnings[i].code] += numbers == NULL ||
		    !n->warnings[i].number;
	for (size_t i = 0; i < n->n_warnings; i++) {
		const struct notes_warning *w = &n->warnings[i];
		size_t all = of_code[w->code], nth;

		if (numbers != NULL && w->number)
			continue;
		nth = ++seen[w->code];
		if (nth <= SHOWN_MAX) {
			buf_clear(&line);
			buf_puts(&line, w->text);
			if (nth == 1)
				put_way_out(&line, w->code, o);
			say_warning(buf_str(&line));
		} else if (nth == all) {
			tell_rest(all - SHOWN_MAX, w->code, o);
		}
	}
	free(numbers);
	buf_release(&line);
}
