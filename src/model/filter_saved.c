#include "filter_node.h"

#include <string.h>

static enum rc
unknown(const struct parser *p, const char *name, size_t at,
    const struct buf *names)
{
	return parser_fail(p, at,
	    "no saved filter @%s (%s%s; put it in quotes to search for text)",
	    name, names->len > 0 ? "there are: " : "none is saved yet",
	    buf_str(names));
}

/* The error's column is that of "@name"; what is wrong in it stands behind. */
static enum rc
within(const struct parser *p, const char *name, size_t at,
    const struct err *inner)
{
	static const char lead[] = "filter, ";
	const char *msg = inner->msg;

	if (strncmp(msg, lead, strlen(lead)) == 0)
		msg += strlen(lead);
	return parser_fail(p, at, "in @%s: %s", name, msg);
}

static bool
is_within(const struct parser *p, const char *name)
{
	for (; p != NULL; p = p->outer)
		if (p->saved != NULL && strcmp(p->saved, name) == 0)
			return true;
	return false;
}

enum rc
filter_saved_node(struct parser *p, const char *name, size_t at, bool open,
    struct filter **out)
{
	struct filter_context ctx = *p->ctx;
	struct buf names = BUF_INIT;
	struct err err = ERR_INIT;
	struct parser inner = { .ctx = &ctx,
		.saved = name,
		.outer = p,
		.depth = p->depth + 1,
		.terms = p->terms,
		.err = &err };
	enum rc rc = RC_OK;

	ctx.live = false;
	inner.text = ctx.saved(ctx.saved_arg, name, &names);
	if (inner.text == NULL) {
		rc = open ? RC_OK : unknown(p, name, at, &names);
	} else if (is_within(p, name)) {
		rc = parser_fail(p, at, "@%s goes round in a circle", name);
	} else if (inner.depth > NESTING_MAX) {
		rc = parser_fail(p, at, "nested too deeply (at most %d)",
		    NESTING_MAX);
	} else {
		rc = parser_run(&inner, out);
		if (rc != RC_OK)
			rc = within(p, name, at, &err);
		p->terms = inner.terms;
	}
	buf_release(&names);
	return rc;
}
