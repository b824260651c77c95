#include "message/revert.h"

#include <stdlib.h>
#include <string.h>

#include "lead.h"
#include "revert_read.h"
#include "text.h"

/* Most messages say none of this. */
static bool
worth_reading(const char *s, size_t len)
{
	size_t start, end;
	bool type;

	if (memmem(s, len, "evert", 5) != NULL ||
	    memmem(s, len, "herry", 5) != NULL)
		return true;
	lines_subject(s, len, &start, &end);
	start = lead_skip(s, start, end, &type);
	return type || lead_revert_verb(s, start, end) > start;
}

void
revert_parse(const char *message, size_t len, struct revert *out)
{
	struct revert_reader rd = { .s = message, .out = out };

	*out = (struct revert){ 0 };
	if (!worth_reading(message, len))
		return;
	lines_split(message, len, &rd.lines);
	revert_subject(&rd);
	revert_body(&rd, out->kind != REVERT_NONE);
	if (out->kind == REVERT_NONE && rd.named)
		out->kind = REVERT_WHOLE;
	if (out->kind == REVERT_WHOLE && rd.partial)
		out->kind = REVERT_PARTIAL;
	lines_release(&rd.lines);
}

void
revert_release(struct revert *r)
{
	strv_release(&r->ids);
	strv_release(&r->picked);
	free(r->subject);
	*r = (struct revert){ 0 };
}

unsigned
revert_depth(const char *subject, size_t len, const char **inner,
    size_t *inner_len)
{
	static const struct {
		const char *text;
		unsigned depth;
	} wraps[] = { { "revert \"", 1 }, { "reapply \"", 2 },
		{ "reland \"", 2 } };
	unsigned depth = 0;

	while (len > 0 && text_blank(subject[len - 1]))
		len--;
	for (size_t i = 0; i < sizeof(wraps) / sizeof(wraps[0]);) {
		const size_t n = strlen(wraps[i].text);
		const char *close;

		if (!text_starts(subject, len, wraps[i].text) ||
		    (close = memrchr(subject + n, '"', len - n)) == NULL) {
			i++;
			continue;
		}
		depth += wraps[i].depth;
		subject += n;
		len = (size_t)(close - subject);
		i = 0;
	}
	*inner = subject;
	*inner_len = len;
	return depth;
}
