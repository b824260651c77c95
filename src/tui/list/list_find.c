/* The ticket list: "/". */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"
#include "model/filter.h"

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

/* text as a filter of its own, quoted, together with what is shown. */
static char *
find_filter(const struct list_view *v, const char *text)
{
	struct buf b = BUF_INIT;

	if (*v->filter != '\0')
		buf_printf(&b, "(%s) ", v->filter);
	buf_putc(&b, '"');
	for (; *text != '\0'; text++)
		if (*text != '"' && *text != '\\')
			buf_putc(&b, *text);
	buf_putc(&b, '"');
	return buf_detach(&b);
}

/* n is free again then; text may be the search itself. */
static void
no_match(struct ui *ui, const char *text)
{
	ui_warn(ui, "no match for \"%s\"", text);
	mem_replace(&ui->search, NULL);
}

/* The store finds: no row is read that does not match. */
void
list_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct list_view *v = self(base);
	const struct ticket *t = list_selected(&v->list);
	struct ticket_list got = { 0 };
	struct ticket_query q = { .sort = v->list.sort,
		.limit = 1,
		.after = t == NULL ? 0 : t->id,
		.backwards = step < 0 };
	struct filter *f = NULL;
	struct err err = ERR_INIT;
	char *both = find_filter(v, text);
	bool round = false;
	enum rc rc;

	rc = app_filter(ui->app, both, true, &f, &err);
	q.filter = f;
	if (rc == RC_OK)
		rc = app_ticket_page(ui->app, &q, &got, &err);
	if (rc == RC_OK && got.n == 0) {
		round = true;
		q.after = 0;
		rc = app_ticket_page(ui->app, &q, &got, &err);
	}
	if (rc == RC_OK && got.n > 0)
		rc = list_goto(&v->list, ui->app, got.v[0].id, &err);
	if (rc == RC_OK && got.n > 0)
		rc = list_view_pane_load(ui, v, false, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
	else if (got.n == 0)
		no_match(ui, text);
	else
		ui_say(ui, "%s%s   n next, N previous, Esc ends", text,
		    round ? " (round the end)" : "");
	ticket_list_release(&got);
	filter_free(f);
	free(both);
}
