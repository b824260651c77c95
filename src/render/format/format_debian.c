/*
 * A Debian changelog entry, deb-changelog(5): two blanks before the details,
 * one before the trailer.  Who signs is DEBFULLNAME and DEBEMAIL, as for
 * dch(1), or else nobody in particular.
 */
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "render/digest.h"
#include "render/doc.h"
#include "render/flow.h"
#include "lines.h"
#include "slug.h"
#include "render/style/words.h"

#define DEBIAN_COLUMNS 78

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * deb-version(7): [A-Za-z0-9.+~-], a digit first.  '~' sorts before the end,
 * so that 1.0~rc1 comes before 1.0.
 */
static void
debian_version(const struct notes *n, struct buf *out)
{
	const char *s = n->version;

	if (s == NULL || strcmp(s, "Unreleased") == 0) {
		buf_puts(out, "0~unreleased");
		return;
	}
	if (*s == 'v' || *s == 'V')
		s++;
	if (*s < '0' || *s > '9')
		buf_puts(out, "0~");
	for (; *s != '\0'; s++) {
		if (*s == '-' && is_alpha(s[1]))
			buf_putc(out, '~');
		else if (is_alpha(*s) || (*s >= '0' && *s <= '9') ||
		    strchr(".+~-", *s) != NULL)
			buf_putc(out, *s);
		else if ((unsigned char)*s < 0x80)
			buf_putc(out, '.');
	}
}

static void
debian_date(int64_t t, struct buf *out)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const time_t when = (time_t)date_clamp(t);
	struct tm tm;

	gmtime_r(&when, &tm);
	buf_printf(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d +0000",
	    days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* A name or address without what ends one in the trailer. */
static void
signer(struct buf *out, const char *value, const char *fallback)
{
	struct buf clean = BUF_INIT;

	if (value != NULL)
		doc_clean(&clean, value, strlen(value));
	if (clean.len == 0 || strpbrk(buf_str(&clean), "<>") != NULL)
		buf_puts(out, fallback);
	else
		buf_puts(out, buf_str(&clean));
	buf_release(&clean);
}

static void
put_line(struct flow *f, const char *indent, const char *marker,
    const char *text)
{
	flow_push(f, MD_TEXT, indent);
	flow_marker(f, marker);
	flow_text(f, MD_TEXT, text, strlen(text));
	flow_break(f);
	flow_pop(f);
}

static void
details(const struct render_job *job, struct flow *f)
{
	const struct notes *const n = job->notes;
	struct buf text = BUF_INIT;

	if (n->state == RELEASE_YANKED) {
		struct buf raw = BUF_INIT;

		word_fill(&raw, job->options->lang,
		    n->reason == NULL ? WORD_YANKED : WORD_YANKED_BECAUSE,
		    n->reason, NULL);
		doc_clean(&text, buf_str(&raw), raw.len);
		put_line(f, "    ", "  * ", buf_str(&text));
		buf_release(&raw);
	}
	for (int i = 0; i < SECTION_N; i++) {
		const struct notes_section *const sec = &n->sections[i];

		if (sec->n > 0)
			put_line(f, "    ", "  * ",
			    digest_title(job->options->lang,
				(enum notes_section_id)i));
		for (size_t k = 0; k < sec->n; k++) {
			buf_clear(&text);
			digest_entry(n, job->options, &sec->entries[k], &text);
			put_line(f, "      ", "    - ", buf_str(&text));
		}
	}
	if (notes_count(n) == 0)
		put_line(f, "    ", "  * ",
		    word(job->options->lang, WORD_EMPTY));
	buf_release(&text);
}

static enum rc
debian_write(const struct render_job *job, struct buf *out, struct err *err)
{
	const struct notes *const n = job->notes;
	struct md_lines lines = { 0 };
	struct flow flow = { .out = &lines, .width = DEBIAN_COLUMNS };
	const bool out_there = n->state == RELEASE_RELEASED ||
	    n->state == RELEASE_YANKED;

	(void)err;
	slug_add(out,
	    job->options->project == NULL ? "" : job->options->project);
	buf_puts(out, " (");
	debian_version(n, out);
	buf_printf(out, ") %s; urgency=%s\n\n",
	    out_there ? "unstable" : "UNRELEASED",
	    n->sections[SECTION_SECURITY].n > 0 ? "high" : "medium");
	details(job, &flow);
	flow_release(&flow);
	lines_plain(&lines, out);
	md_lines_release(&lines);
	buf_puts(out, "\n -- ");
	signer(out, getenv("DEBFULLNAME"), "Maintainers");
	buf_puts(out, " <");
	signer(out, getenv("DEBEMAIL"), "maintainers@localhost");
	buf_puts(out, ">  ");
	debian_date(n->date == DATE_NONE ? 0 : n->date, out);
	buf_putc(out, '\n');
	return RC_OK;
}

const struct format format_debian = {
	.name = "debian",
	.write = debian_write,
};
