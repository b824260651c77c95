/* Commits without a ticket by Conventional Commits. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen.h"
#include "message/conventional.h"

/* "scope: description", so that entries sort by scope. */
static char *
summary_of(const struct conventional *c, const char *breaking)
{
	struct buf b = BUF_INIT;

	if (c->scope_len > 0) {
		buf_add(&b, c->scope, c->scope_len);
		buf_puts(&b, ": ");
	}
	buf_add(&b, c->description, c->description_len);
	if (breaking != NULL)
		buf_printf(&b, " (%s)", breaking);
	return buf_detach(&b);
}

/* What the footer says, from the message; NULL when it says nothing. */
static enum rc
breaking_text(struct gen *g, const struct oid *oid, char **out, struct err *err)
{
	struct vcs_commit_mem mem = { .parents = NULL };
	struct commit c;
	enum rc rc;

	*out = NULL;
	if (g->app->vcs == NULL)
		return RC_OK;
	rc = vcs_commit_read(g->app->vcs, oid, &mem, &c, err);
	if (rc == RC_OK)
		*out = conventional_breaking(c.message, c.message_len);
	vcs_commit_mem_release(&mem);
	return rc;
}

static struct notes_entry *
same_entry(struct notes_section *s, const char *summary)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->entries[i].key[0] == '\0' &&
		    strcmp(s->entries[i].summary, summary) == 0)
			return &s->entries[i];
	return NULL;
}

/* Commits come newest first, and stand so in the entry. */
static enum rc
add_commit(struct gen *g, enum notes_section_id section, const char *type,
    const struct conventional *c, uint32_t id, const struct gen_row *row,
    struct err *err)
{
	struct notes_section *s = &g->n->sections[section];
	bool breaking = c->breaking || (g->t.flags[id] & HISTORY_BREAKING) != 0;
	char *summary, *text = NULL;
	struct notes_entry *e;
	enum rc rc = RC_OK;

	if (breaking)
		rc = breaking_text(g, &row->oid, &text, err);
	if (rc != RC_OK)
		return rc;
	summary = summary_of(c, text);
	free(text);
	if ((e = same_entry(s, summary)) == NULL) {
		e = notes_entry_add(s);
		e->type = mem_strdup(type);
		e->summary = mem_strdup(summary);
	}
	free(summary);
	e->breaking |= breaking;
	e->commits = mem_realloc(e->commits, e->n_commits + 1,
	    sizeof *e->commits);
	e->commits[e->n_commits++] = row->oid;
	gen_person_push(&e->authors, row->author);
	strv_sort(&e->authors);
	return RC_OK;
}

enum rc
gen_list_conventional(struct gen *g, uint32_t id, const struct gen_row *row,
    bool *taken, struct err *err)
{
	struct conventional c;
	const char *type;

	*taken = false;
	if (!conventional_parse(row->subject, strlen(row->subject), &c))
		return RC_OK;
	*taken = conventional_is_release(&c);
	if (*taken || (type = conventional_ticket_type(&c)) == NULL)
		return RC_OK;
	*taken = true;
	return add_commit(g, notes_section_of(type), type, &c, id, row, err);
}

static enum rc
list_reverted(struct gen *g, uint32_t id, struct err *err)
{
	struct gen_row row = { .time = 0 };
	struct conventional c;
	const char *type = NULL;
	bool linked;
	enum rc rc = gen_is_linked(g, id, &linked, err);

	if (rc != RC_OK || linked)
		return rc;
	rc = gen_row_load(g, id, &row, err);
	if (rc == RC_OK &&
	    conventional_parse(row.subject, strlen(row.subject), &c))
		type = conventional_ticket_type(&c);
	if (type != NULL)
		rc = add_commit(g, SECTION_REVERTED, type, &c, id, &row, err);
	gen_row_release(&row);
	return rc;
}

enum rc
gen_list_conventional_reverted(struct gen *g, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < g->t.n_ties && rc == RC_OK; i++) {
		const struct history_tie_row *tie = &g->t.ties[i];

		if (tie->kind == TIE_REVERTS && tie->target != 0 &&
		    (g->r.in[tie->commit] & IN_RANGE) &&
		    g->r.dead_by[tie->commit] == 0 &&
		    g->r.dead_by[tie->target] == tie->commit &&
		    g->r.reach[tie->target] != 0 &&
		    !(g->r.in[tie->target] & IN_RANGE))
			rc = list_reverted(g, tie->target, err);
	}
	return rc;
}
