/*
 * AppStream release metadata, "Releases" in
 * https://www.freedesktop.org/software/appstream/docs/.
 */
#include "format.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "render/digest.h"
#include "render/doc.h"
#include "render/style/entry.h"
#include "render/markup.h"
#include "render/style/words.h"

static void
put_attribute(struct buf *out, const char *name, const char *value)
{
	struct buf clean = BUF_INIT;

	doc_clean(&clean, value, strlen(value));
	buf_printf(out, " %s=\"", name);
	markup_text(out, buf_str(&clean));
	buf_putc(out, '"');
	buf_release(&clean);
}

static void
put_description(const struct render_job *job, struct buf *out)
{
	const struct notes *const n = job->notes;

	buf_puts(out, "    <description>\n");
	for (int i = 0; i < SECTION_N; i++) {
		const struct notes_section *const sec = &n->sections[i];

		if (sec->n == 0)
			continue;
		buf_puts(out, "      <p>");
		markup_text(out,
		    digest_title(job->options->lang, (enum notes_section_id)i));
		buf_puts(out, "</p>\n      <ul>\n");
		for (size_t k = 0; k < sec->n; k++) {
			struct buf text = BUF_INIT;

			digest_entry(n, job->options, &sec->entries[k], &text);
			buf_puts(out, "        <li>");
			markup_text(out, buf_str(&text));
			buf_puts(out, "</li>\n");
			buf_release(&text);
		}
		buf_puts(out, "      </ul>\n");
	}
	if (notes_count(n) == 0) {
		buf_puts(out, "      <p>");
		markup_text(out, word(job->options->lang, WORD_EMPTY));
		buf_puts(out, "</p>\n");
	}
	buf_puts(out, "    </description>\n");
}

/* Tickets that were solved; an issue has an address or none. */
static void
put_issues(const struct render_job *job, struct buf *out)
{
	static const enum notes_section_id solved[] = {
		SECTION_FIXES,
		SECTION_SECURITY,
	};
	const struct sheet sheet = { .n = job->notes, .o = job->options };
	bool any = false;

	for (size_t i = 0; i < sizeof(solved) / sizeof(*solved); i++) {
		const struct notes_section *const sec =
		    &job->notes->sections[solved[i]];

		for (size_t k = 0; k < sec->n; k++) {
			struct buf url = BUF_INIT;

			if (sec->entries[k].key[0] == '\0')
				continue;
			if (!any)
				buf_puts(out, "    <issues>\n");
			any = true;
			entry_url(&sheet, &sec->entries[k], &url);
			buf_puts(out, "      <issue");
			if (url.len > 0)
				put_attribute(out, "url", buf_str(&url));
			buf_putc(out, '>');
			markup_text(out, sec->entries[k].key);
			buf_puts(out, "</issue>\n");
			buf_release(&url);
		}
	}
	if (any)
		buf_puts(out, "    </issues>\n");
}

static enum rc
appstream_write(const struct render_job *job, struct buf *out, struct err *err)
{
	const struct notes *const n = job->notes;
	char day[11];

	(void)err;
	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<releases>\n  <release");
	put_attribute(out, "version", n->version == NULL ? "" : n->version);
	put_attribute(out, "type",
	    n->state == RELEASE_PLANNED ? "development" : "stable");
	if (n->date != DATE_NONE) {
		date_format_day(n->date, day);
		put_attribute(out, "date", day);
	}
	if (n->sections[SECTION_SECURITY].n > 0)
		put_attribute(out, "urgency", "high");
	buf_puts(out, ">\n");
	put_description(job, out);
	put_issues(job, out);
	buf_puts(out, "  </release>\n</releases>\n");
	return RC_OK;
}

const struct format format_appstream = {
	.name = "appstream",
	.write = appstream_write,
};
