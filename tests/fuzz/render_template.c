/* A team's template: any text is filled or refused by name of its line. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/render.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const text = mem_strndup((const char *)data, size);
	const struct render_options o = { .template_text = text };
	struct notes n;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	notes_init(&n);
	n.version = mem_strdup("1.0");
	n.date = 0;
	notes_entry_add(&n.sections[SECTION_FIXES])->summary =
	    mem_strdup("<b>*x*");
	if (render_notes(&n, &o, &out, &err) != RC_OK)
		assert(strstr(err.msg, "template") != NULL);
	buf_release(&out);
	notes_release(&n);
	free(text);
	return 0;
}
