#include <string.h>

#include "cli/common.h"
#include "cli/table.h"

#define LOG_CHUNK 200
#define LIMIT_MAX 1000000000L

enum { LOG_LIMIT };

static const struct opt log_opts[] = {
	[LOG_LIMIT] = { 'n', "limit", "N", "at most N lines", NULL },
	{ 0 },
};

struct printing {
	struct out *o;
	struct table table;
	long left;
	size_t rows;
};

static void
log_json(struct out *o, const struct log_line *l)
{
	json_t *json = json_object();

	json_put(json, "n", json_integer(l->n));
	json_put(json, "op", json_integer(l->op));
	json_put(json, "time", json_time(l->time));
	json_put(json, "actor", json_text(l->actor));
	json_put(json, "key", json_text(l->key));
	json_put(json, "text", json_text(l->text));
	json_put(json, "commit", json_text(l->commit));
	json_put(json, "undone", json_boolean(l->undone));
	out_json_item(o, json);
}

static void
log_porcelain(struct out *o, const struct log_line *l)
{
	char time[21];

	date_format_iso(l->time, time);
	out_number(o, l->n);
	out_number(o, l->op);
	out_field(o, time);
	out_field(o, l->actor);
	out_field(o, l->key);
	out_field(o, l->commit);
	out_field(o, l->undone ? "undone" : "");
	out_field(o, l->text);
	out_end(o);
}

/* Who did it, as tickets name people: the local part of an address. */
static void
cell_actor(struct table *t, const char *actor)
{
	struct buf name = BUF_INIT;

	buf_add(&name, actor, strcspn(actor, "@"));
	table_cell(t, STYLE_NONE, buf_str(&name));
	buf_release(&name);
}

static bool
print_line(const struct log_line *l, void *arg)
{
	struct printing *p = arg;
	char day[11];

	if (p->o->form == OUT_JSON) {
		log_json(p->o, l);
	} else if (p->o->form == OUT_PORCELAIN) {
		log_porcelain(p->o, l);
	} else {
		table_number(&p->table, l->n);
		table_cell(&p->table, STYLE_DIM, common_day(l->time, day));
		cell_actor(&p->table, l->actor);
		table_cell(&p->table, STYLE_KEY, l->key);
		table_cell(&p->table, l->undone ? STYLE_DIM : STYLE_NONE,
		    l->text);
		table_cell(&p->table, STYLE_WARN, l->undone ? "undone" : "");
		if (++p->rows % LOG_CHUNK == 0)
			table_print(&p->table, p->o);
	}
	return !out_gone(p->o) && (p->left == 0 || --p->left > 0);
}

static enum rc
log_run(struct cli *c, const struct args *a, struct err *err)
{
	struct printing p = { .o = &c->out };
	struct ticket_key key;
	enum rc rc = RC_OK;

	if (args_has(a, LOG_LIMIT))
		rc = opt_number("--limit", args_get(a, LOG_LIMIT), LIMIT_MAX,
		    &p.left, err);
	if (rc == RC_OK && a->words.n > 0)
		rc = app_key(c->app, a->words.v[0], &key, err);
	if (rc != RC_OK)
		return rc;
	table_column(&p.table, "N");
	table_column(&p.table, "DATE");
	table_column(&p.table, "WHO");
	table_column(&p.table, "KEY");
	table_column(&p.table, "WHAT");
	table_column(&p.table, "");
	p.table.shrinks = 4;
	p.table.drop_empty = true;
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	rc = app_log(c->app, a->words.n > 0 ? &key : NULL, 0, print_line, &p,
	    err);
	table_print(&p.table, &c->out);
	table_release(&p.table);
	if (rc == RC_OK && c->out.form == OUT_JSON)
		out_json_close(&c->out);
	return rc;
}

const struct cmd cmd_log = {
	.name = "log",
	.args = "[KEY]",
	.help = "what changed, when, and by whom",
	.opts = log_opts,
	.values = "key none",
	.max = 1,
	.mode = CMD_READ,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = log_run,
};
