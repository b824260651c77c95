/* Tickets without work of their own that a listed one settles. */
#include <string.h>

#include "gen.h"
#include "store/ticket.h"

/* Nothing was done for it, whatever else was. */
static bool
was_refused(const struct ticket *t)
{
	return gen_built_nothing(t) && strcmp(t->resolution, "duplicate") != 0;
}

static bool
work_visit(const struct history_link *l, void *arg)
{
	bool *work = arg;

	*work = l->role >= LINK_CLAIMS;
	return !*work;
}

/*
 * It belongs to these notes when it says so; and when it says nothing, and no
 * commit does, it goes with the ticket that settles it.
 */
static enum rc
belongs(struct gen *g, const struct ticket *t, bool *out, struct err *err)
{
	bool work = false;
	size_t i;
	int at;
	enum rc rc;

	*out = false;
	for (i = 0; i < t->releases.n && !*out; i++) {
		at = truth_release(&g->t, t->releases.v[i]);
		*out = at >= 0 &&
		    (at == g->p.release ||
			(g->p.upgrade && g->t.tips[at] != 0 &&
			    (g->r.in[g->t.tips[at]] & IN_RANGE)));
	}
	if (t->releases.n > 0)
		return RC_OK;
	rc = store_history_links(g->app->store, 0, &t->key, work_visit, &work,
	    err);
	*out = !work;
	return rc == RC_STOPPED ? RC_OK : rc;
}

static enum rc
consider(struct gen *g, const char *text, struct strv *keys, struct err *err)
{
	struct ticket t = { 0 };
	struct ticket_key key;
	bool ok = false, has = false;
	enum rc rc;

	if (!ticket_key_parse(text, strlen(text), &key) ||
	    gen_is_listed(g, &key))
		return RC_OK;
	rc = store_ticket_find(g->app->store, &key, TICKET_FULL, &t, err);
	if (rc == RC_OK && t.category == CATEGORY_DONE && !t.deleted &&
	    !t.no_note && !was_refused(&t))
		rc = belongs(g, &t, &ok, err);
	if (rc == RC_OK && ok)
		rc = gen_reader_has(g, &t, &has, err);
	if (rc == RC_OK && ok && !has) {
		rc = gen_add_entry(g, notes_section_of(t.type), &t, NULL, err);
		strv_push(keys, text);
	}
	ticket_release(&t);
	return rc;
}

static enum rc
follow(struct gen *g, const char *text, struct strv *keys, struct err *err)
{
	struct relation_list list = { 0 };
	struct ticket t = { 0 };
	struct ticket_key key;
	enum rc rc;
	size_t i;

	if (!ticket_key_parse(text, strlen(text), &key))
		return RC_OK;
	rc = store_ticket_find(g->app->store, &key, TICKET_ROW, &t, err);
	if (rc == RC_OK)
		rc = store_relations(g->app->store, t.id, &list, err);
	for (i = 0; i < list.n && rc == RC_OK; i++)
		if (strcmp(list.v[i].name, "duplicated by") == 0 ||
		    strcmp(list.v[i].name, "fixes") == 0)
			rc = consider(g, list.v[i].key, keys, err);
	relation_list_release(&list);
	ticket_release(&t);
	return rc;
}

enum rc
gen_list_related(struct gen *g, struct err *err)
{
	struct strv keys = STRV_INIT;
	enum rc rc = RC_OK;
	size_t s, i;

	for (s = 0; s < SECTION_KNOWN_ISSUES; s++)
		for (i = 0; i < g->n->sections[s].n; i++)
			if (g->n->sections[s].entries[i].key[0] != '\0')
				strv_push(&keys,
				    g->n->sections[s].entries[i].key);
	/* What was listed this way settles others in turn. */
	for (i = 0; i < keys.n && rc == RC_OK; i++)
		rc = follow(g, keys.v[i], &keys, err);
	strv_release(&keys);
	return rc;
}
