/*
 * From notes to text: a style turns the document model into a cmark tree, a
 * format turns the tree into bytes.  Text of others only ever becomes text
 * nodes, so no title can inject markup, mention a person or break a line.
 */
#ifndef NOTES_RENDER_RENDER_H
#define NOTES_RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/notes.h"

enum render_format {
	FORMAT_MARKDOWN, FORMAT_HTML, FORMAT_TEXT, FORMAT_MAN, FORMAT_JSON,
	FORMAT_HTML_FRAGMENT, FORMAT_DEBIAN, FORMAT_APPSTREAM,
	FORMAT_N
};

/* "md", "html", "text", "man", "json", ...; FORMAT_N when unknown. */
enum render_format render_format_find(const char *name);
/* All names in order, NULL-ended: for help, completion and messages. */
extern const char *const render_format_names[];

enum render_lang { LANG_EN, LANG_KO, LANG_N };

enum render_lang render_lang_find(const char *name);	/* LANG_N if unknown */
extern const char *const render_lang_names[];

/* What a style may do is data where it can be. */
struct render_style {
	const char	*name;
	const char	*help;		/* one line */
};

/* All styles, ended by one without a name. */
extern const struct render_style *const render_styles[];
bool	render_style_exists(const char *name);

/* A section by another name, in the order of the array. */
struct render_section_name {
	enum notes_section_id id;
	const char	*title;		/* NULL: the style's */
};

struct render_options {
	const char	*style;		/* NULL: "default" */
	enum render_format format;
	enum render_lang lang;
	/* tracker.url: "https://x/browse/{key}", or NULL */
	const char	*url;
	/* tracker.compare: "https://x/compare/{from}...{to}", or NULL */
	const char	*compare;
	const char	*project;	/* name in titles, or NULL */
	/* a team's own style, or NULL; the style when none is named */
	const char	*template_text;
	bool		 by_build;
	/* default style: features tell theirs */
	bool		 with_description;
	/* default and keepachangelog: these come first, so named; the others
	 * follow as the style has them */
	const struct render_section_name *sections;
	size_t		 n_sections;
};

/*
 * Appends the rendered notes.  RC_USAGE: no such style, format or language, or
 * the template style without a template; RC_INVALID: the template is wrong, its
 * line is named.  docs/STYLES.md tells what each style writes.
 */
enum rc	render_notes(const struct notes *n, const struct render_options *o,
	    struct buf *out, struct err *err);

/* The heading line of the version under a style, as it stands in a file: for
 * finding that version's section in one. */
enum rc	render_heading(const struct notes *n, const struct render_options *o,
	    struct buf *out, struct err *err);

/* Less than 0 when version a comes before b. */
typedef int render_order(const char *a, const char *b);

/* The section of a file that is meant. */
struct render_place {
	const char	*version;
	/* where a new one goes among the others, be they ascending or
	 * descending; NULL: above them */
	render_order	*order;
};

/*
 * Replaces the section of a version in the Markdown text (file, len bytes), or
 * inserts it in its place among the other versions, and appends the result to
 * out.  Nothing else changes by a byte.  *found tells whether a section was
 * there.  section takes on the file's line ends and the heading level of its
 * versions, so a check compares the whole result with the file, not the section
 * with its bytes.  RC_INVALID when version is NULL or "".
 */
enum rc	render_update(const char *file, size_t len,
	    const struct render_place *place, const char *section,
	    struct buf *out, bool *found, struct err *err);

/*
 * As render_update(), but the section is merged with the one that is there:
 * what people changed since base, the notes that were put there last, stays.
 * Entries are told apart by their ticket's key.  base NULL: the new notes, and
 * of the file what collides with none of them.  With a base, the section may
 * stand below a heading without the version, if half of base's lines do.  Where
 * both sides changed the same lines, both stand in the result with a comment
 * between them, and conflicts (of lines for people) tells of it.
 */
enum rc	render_merge(const char *file, size_t len,
	    const struct render_place *place, const char *section,
	    const char *base, struct buf *out, bool *found,
	    struct strv *conflicts, struct err *err);

/*
 * A release takes over what stands under "Unreleased" in the file: that section
 * becomes the version's, merged with what people changed there since base, and
 * rest, the notes of what is unreleased still, stays above it where it lists
 * anything.  False, and out untouched: the file has that version already, has
 * no such section, or most of what is listed there is not in the release.
 */
bool	render_take_over(const char *file, size_t len, const char *version,
	    const char *section, const char *base, const char *rest,
	    struct buf *out, struct strv *conflicts);

/*
 * Which of the bases, newest first, the version's section in the file was most
 * likely made from: the one whose lines differ least, the newer of two.  The
 * first own of them are the version's, the others need half of their lines in
 * the file; n: none of them.  Where it is not the newest, *news (the caller
 * frees it) is a line that only the newest has, NULL when there is none: what
 * was never in this file's history was not taken out of it.
 */
size_t	render_nearest(const char *file, size_t len, const char *version,
	    const char *const bases[], size_t n, size_t own, char **news);

/* Tickets that have an entry in a section, and those ("" for what is of none)
 * that stand there with the mark of a conflict. */
void	render_section_keys(const char *section, size_t len,
	    struct strv *keys, struct strv *marks);

/* Appends a unified diff with 3 lines around each change; nothing when both
 * are the same. */
void	render_diff(const char *from, const char *to, const char *from_name,
	    const char *to_name, struct buf *out);

/* The bytes of that section in the file, from its heading to its last line
 * that is not blank; false when there is none. */
bool	render_section(const char *file, size_t len, const char *version,
	    size_t *start, size_t *end);

#endif
