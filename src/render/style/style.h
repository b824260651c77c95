/* What every style is: a name, one line of help, and a tree from notes. */
#ifndef NOTES_RENDER_STYLE_H
#define NOTES_RENDER_STYLE_H

#include <cmark.h>

#include "render/render.h"
#include "words.h"

struct sheet {
	const struct notes *n;
	const struct render_options *o;
	cmark_node *doc;
};

struct style {
	struct render_style info;
	/* Puts the version's heading into the document. */
	void (*heading)(const struct sheet *s);
	/* Puts what stands below it. */
	void (*body)(const struct sheet *s);
	/* A style that writes Markdown itself has this instead of both. */
	enum rc (*markdown)(const struct sheet *s, struct buf *out,
	    struct err *err);
};

extern const struct style style_default;
extern const struct style style_keepachangelog;
extern const struct style style_maven;
extern const struct style style_firefox;
extern const struct style style_android;
extern const struct style style_template;

/* NULL when there is none. */
const struct style *style_find(const char *name);

/* A heading over the entries of one or several of the notes' sections. */
struct style_section {
	/* WORD_N + i: what the project's own section i says */
	enum word title;
	enum notes_section_id from[SECTION_N];
	size_t n_from;
};

/* "Unreleased" in the language, or the version. */
const char *sheet_version(const struct sheet *s);
/* The paragraph that marks a yanked release with the reason. */
void sheet_yanked(const struct sheet *s);
/* The release's own description, if any. */
void sheet_description(const struct sheet *s);
/* "Released on 2019-04-04." where dated, "Build 57." and the range. */
enum facts { FACTS_DATE = 1, FACTS_BUILD = 2, FACTS_RANGE = 4 };
void sheet_facts(const struct sheet *s, unsigned facts);
/* The project's name and a blank, and the version, as heading text. */
void sheet_project_version(const struct sheet *s, cmark_node *heading);
/* Names joined by ", ", first-time contributors marked. */
void sheet_contributors(const struct sheet *s, cmark_node *paragraph);
/* The one line of notes without entries. */
void sheet_empty(const struct sheet *s);

/* A contributor's name, without the mail address. */
void sheet_person(cmark_node *node, const char *who);

/* Appends a word to node as text. */
void sheet_word(const struct sheet *s, cmark_node *node, enum word w,
    const char *a, const char *b);

/* Fills one item of a section's list. */
typedef void (*style_item_fn)(const struct sheet *s, cmark_node *item,
    const struct notes_entry *e, enum notes_section_id id);

/*
 * Writes section headings of the given level, each with a list of its entries.
 * Sections without entries are left out.  By build, there is a heading a build
 * and the sections are one level below it.  No entries at all: one line.
 */
void sheet_sections(const struct sheet *s, const struct style_section *order,
    size_t n, int level, style_item_fn item);

/* What its heading says, which may be text of others. */
const char *sheet_title(const struct sheet *s,
    const struct style_section *section);

/*
 * The style's sections as the project names and orders them: those that it
 * names first, the others behind them.  Returns how many there are in out.
 */
size_t sheet_order(const struct sheet *s, const struct style_section *order,
    size_t n, struct style_section out[SECTION_N]);

#endif
