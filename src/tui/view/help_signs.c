#include "help_signs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "model/workflow.h"

bool
help_has_signs(const struct view_class *class)
{
	return class == &view_list || class == &view_board ||
	    class == &view_hub;
}

static void
end_line(struct buf *line, struct strv *lines)
{
	if (line->len > 0)
		strv_push(lines, buf_str(line));
	buf_clear(line);
}

static void
add(struct buf *line, const char *sign, const char *name, size_t cols,
    struct strv *lines)
{
	size_t need = strlen(sign) + strlen(name) + 3;

	if (line->len > 0 && line->len + need > cols)
		end_line(line, lines);
	buf_printf(line, "  %s %s", sign, name);
}

void
help_signs(size_t cols, struct strv *lines)
{
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < priorities_n; i++)
		add(&line, priorities[i].mark, priorities[i].name, cols, lines);
	end_line(&line, lines);
	for (size_t i = 0; i < ticket_types_n; i++)
		if (strcmp(ticket_types[i].abbrev, ticket_types[i].name) != 0)
			add(&line, ticket_types[i].abbrev, ticket_types[i].name,
			    cols, lines);
	end_line(&line, lines);
	buf_release(&line);
}
