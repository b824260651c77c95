#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/notes/gen.h"
#include "app/scan.h"
#include "base/mem.h"
#include "store/ticket.h"
#include "suggest.h"
#include "unlinked.h"

/* Commits between two looks at whether a user wants it to end. */
#define STEP 64

void
unlinked_add(struct app *a, struct unlinked_list *l, const struct gen_row *row,
    const struct suggestion *s)
{
	struct ticket t = { 0 };
	struct unlinked *u;

	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
	u = &l->v[l->n++];
	*u = (struct unlinked){ .commit = row->oid,
		.subject = mem_strdup(row->subject),
		.author = mem_strdup(row->author),
		.time = row->time,
		.likeness = s->found ? s->likeness : 0,
		.sure = s->found && s->sure };
	if (!s->found)
		return;
	ticket_key_format(&s->key, u->suggest);
	if (store_ticket_find(a->store, &s->key, TICKET_ROW, &t, NULL) == RC_OK)
		u->summary = mem_strdup(t.summary);
	ticket_release(&t);
}

void
unlinked_list_release(struct unlinked_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].subject);
		free(l->v[i].author);
		free(l->v[i].summary);
	}
	free(l->v);
	*l = (struct unlinked_list){ 0 };
}

static enum rc
list_range(struct gen *g, struct suggester *sg, enum unlinked_which which,
    struct unlinked_list *out, struct err *err)
{
	struct gen_row row = { .time = 0 };
	struct suggestion s;
	enum rc rc = RC_OK;
	bool linked;
	size_t i;

	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		uint32_t id = g->r.ids[i];

		if (i % STEP == 0 &&
		    (rc = gen_go_on(g, "looking for tickets", i, g->r.n,
			 err)) != RC_OK)
			break;
		if (!gen_is_work(g, id) ||
		    ((g->t.flags[id] & HISTORY_NO_TICKET) != 0) !=
			(which == UNLINKED_DISMISSED))
			continue;
		if ((rc = gen_is_linked(g, id, &linked, err)) != RC_OK ||
		    linked)
			continue;
		if ((rc = gen_row_load(g, id, &row, err)) == RC_OK &&
		    (rc = suggester_find(sg, id,
			 (g->t.flags[id] & HISTORY_TYPO) != 0, row.subject, &s,
			 err)) == RC_OK)
			unlinked_add(g->app, out, &row, &s);
	}
	gen_row_release(&row);
	return rc;
}

enum rc
app_unlinked(struct app *a, const char *version, enum unlinked_which which,
    struct unlinked_list *out, struct err *err)
{
	struct generate_options o = { .version = version };
	struct gen g = { .app = a, .o = &o };
	struct suggester *sg = NULL;
	enum rc rc;

	if ((rc = app_refresh(a, err)) != RC_OK ||
	    (rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = truth_open(a, &g.t, err)) == RC_OK &&
	    (rc = range_plan_make(&g.t, &o, &g.p, err)) == RC_OK &&
	    (rc = range_open(&g.t, g.p.from, g.p.to, &g.r, err)) == RC_OK &&
	    (rc = suggester_open(a, &sg, err)) == RC_OK)
		rc = list_range(&g, sg, which, out, err);
	store_read_end(a->store);
	suggester_close(sg);
	range_close(&g.r);
	range_plan_release(&g.p);
	truth_close(&g.t);
	if (rc != RC_OK)
		unlinked_list_release(out);
	return rc;
}
