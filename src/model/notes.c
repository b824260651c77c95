#include "model/notes.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "model/workflow.h"

const char *const notes_section_names[SECTION_N] = {
#define X(id, name) [SECTION_##id] = name,
	NOTES_SECTIONS(X)
#undef X
};

const char *const notes_warning_names[NOTES_WARN_N] = {
#define X(id, name) [NOTES_WARN_##id] = name,
	NOTES_WARNINGS(X)
#undef X
};

enum notes_section_id
notes_section_of(const char *type)
{
	const struct ticket_type *t = ticket_type_find(type);

	if (t == NULL)
		return SECTION_TASKS;
	for (int i = 0; i < SECTION_N; i++)
		if (strcmp(notes_section_names[i], t->section) == 0)
			return (enum notes_section_id)i;
	return SECTION_TASKS;
}

static void
sections_init(struct notes_section *s)
{
	for (int i = 0; i < SECTION_N; i++)
		s[i] = (struct notes_section){
			.id = (enum notes_section_id)i,
		};
}

static void
sections_release(struct notes_section *s)
{
	for (int i = 0; i < SECTION_N; i++) {
		for (size_t j = 0; j < s[i].n; j++)
			notes_entry_release(&s[i].entries[j]);
		free(s[i].entries);
	}
}

void
notes_init(struct notes *n)
{
	*n = (struct notes){ .date = DATE_NONE };
	sections_init(n->sections);
}

static void
builds_release(struct notes *n)
{
	for (size_t i = 0; i < n->n_builds; i++) {
		free(n->builds[i].number);
		sections_release(n->builds[i].sections);
	}
	free(n->builds);
}

void
notes_release(struct notes *n)
{
	free(n->version);
	free(n->title);
	free(n->description);
	free(n->build);
	free(n->previous);
	free(n->tag);
	free(n->previous_tag);
	free(n->reason);
	sections_release(n->sections);
	for (size_t i = 0; i < n->skipped.n; i++)
		notes_entry_release(&n->skipped.entries[i]);
	free(n->skipped.entries);
	builds_release(n);
	for (size_t i = 0; i < n->n_warnings; i++)
		free(n->warnings[i].text);
	free(n->warnings);
	for (size_t i = 0; i < n->n_unlinked; i++)
		free(n->unlinked[i].subject);
	free(n->unlinked);
	strv_release(&n->contributors);
	strv_release(&n->new_contributors);
	notes_init(n);
}

struct notes_entry *
notes_entry_add(struct notes_section *s)
{
	struct notes_entry *e;

	s->entries = mem_grow(s->entries, &s->cap, s->n + 1, sizeof(*e));
	e = &s->entries[s->n++];
	*e = (struct notes_entry){ 0 };
	return e;
}

void
notes_entry_release(struct notes_entry *e)
{
	free(e->type);
	free(e->summary);
	free(e->note);
	free(e->description);
	free(e->resolution);
	free(e->resolved_in);
	free(e->commits);
	strv_release(&e->authors);
	strv_release(&e->also_in);
	strv_release(&e->labels);
	free(e->build);
	*e = (struct notes_entry){ 0 };
}

#define NUMBERS_FEW 3 /* that are told one by one */

char *
notes_unknown_numbers(const struct notes *n)
{
	char first[NUMBERS_FEW][TICKET_KEY_MAX];
	size_t count = 0;

	for (size_t i = 0; i < n->n_warnings; i++) {
		if (!n->warnings[i].number)
			continue;
		if (count < NUMBERS_FEW)
			memcpy(first[count], n->warnings[i].key,
			    sizeof(first[0]));
		count++;
	}
	if (count <= NUMBERS_FEW)
		return NULL;
	return mem_printf("%zu numbers in commits are no tickets: %s, %s, %s, "
			  "... (if # is not for tickets: notes config hash "
			  "false)",
	    count, first[0], first[1], first[2]);
}

/* A copy of text without what would break the line. */
static char *
one_line(const char *text)
{
	char *s = mem_strdup(text);

	for (char *p = s; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return s;
}

void
notes_warn(struct notes *n, enum notes_warning_code code, const char *key,
    const struct oid *commit, const char *fmt, ...)
{
	struct notes_warning *w;
	struct buf text = BUF_INIT;
	va_list ap;

	n->warnings = mem_grow(n->warnings, &n->cap_warnings, n->n_warnings + 1,
	    sizeof(*w));
	w = &n->warnings[n->n_warnings++];
	*w = (struct notes_warning){ .code = code };
	if (key != NULL) {
		size_t len = strnlen(key, sizeof(w->key) - 1);

		memcpy(w->key, key, len);
	}
	if (commit != NULL)
		w->commit = *commit;
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	w->text = one_line(buf_str(&text));
	buf_release(&text);
}

static int
text_compare(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int
entry_compare(const void *va, const void *vb)
{
	const struct notes_entry *a = va, *b = vb;
	int c = ticket_key_compare_text(a->key, b->key);

	if (c == 0)
		c = text_compare(a->summary, b->summary);
	if (c == 0 && a->n_commits > 0 && b->n_commits > 0)
		c = oid_compare(&a->commits[0], &b->commits[0]);
	return c;
}

static int
warning_compare(const void *va, const void *vb)
{
	const struct notes_warning *a = va, *b = vb;
	int c = (a->code > b->code) - (a->code < b->code);

	if (c == 0)
		c = ticket_key_compare_text(a->key, b->key);
	if (c == 0)
		c = oid_compare(&a->commit, &b->commit);
	return c != 0 ? c : text_compare(a->text, b->text);
}

static void
sections_sort(struct notes_section *s)
{
	for (int i = 0; i < SECTION_N; i++)
		if (s[i].n > 1)
			qsort(s[i].entries, s[i].n, sizeof(s[i].entries[0]),
			    entry_compare);
}

void
notes_sort(struct notes *n)
{
	sections_sort(n->sections);
	if (n->skipped.n > 1)
		qsort(n->skipped.entries, n->skipped.n,
		    sizeof(n->skipped.entries[0]), entry_compare);
	for (size_t i = 0; i < n->n_builds; i++)
		sections_sort(n->builds[i].sections);
	if (n->n_warnings > 1)
		qsort(n->warnings, n->n_warnings, sizeof(n->warnings[0]),
		    warning_compare);
	strv_sort(&n->contributors);
	strv_sort(&n->new_contributors);
}

size_t
notes_count(const struct notes *n)
{
	size_t count = 0;

	for (int i = 0; i < SECTION_N; i++)
		count += n->sections[i].n;
	return count;
}
