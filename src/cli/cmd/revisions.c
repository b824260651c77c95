#include "revisions.h"

#include <limits.h>
#include <string.h>

#include "app/publish.h"
#include "base/date.h"
#include "cli/common.h"
#include "cli/table.h"

static json_t *
revision_json(const struct revision *r)
{
	json_t *const json = json_object();
	char made[21];

	date_format_iso(r->made, made);
	json_put(json, "version", json_text(r->version));
	json_put(json, "revision", json_integer(r->n));
	json_put(json, "made", json_text(made));
	json_put(json, "file", json_text(r->file));
	json_put(json, "style", json_text(r->style));
	json_put(json, "format", json_text(r->format));
	json_put(json, "lang", json_text(r->lang));
	json_put(json, "bytes", json_integer((json_int_t)r->len));
	json_put(json, "from", common_oid_json(&r->from));
	json_put(json, "to", common_oid_json(&r->to));
	return json;
}

static void
list_json(struct cli *c, const struct revision_list *l)
{
	out_json_open(&c->out);
	for (size_t i = 0; i < l->n; i++)
		out_json_item(&c->out, revision_json(&l->v[i]));
	out_json_close(&c->out);
}

static void
list_porcelain(struct cli *c, const struct revision_list *l)
{
	char made[21];

	for (size_t i = 0; i < l->n; i++) {
		const struct revision *const r = &l->v[i];

		date_format_iso(r->made, made);
		out_field(&c->out, r->version);
		out_number(&c->out, r->n);
		out_field(&c->out, made);
		out_field(&c->out, r->file);
		out_field(&c->out, r->style);
		out_field(&c->out, r->format);
		out_field(&c->out, r->lang);
		out_number(&c->out, (int64_t)r->len);
		out_end(&c->out);
	}
}

static void
list_text(struct cli *c, const struct revision_list *l)
{
	struct table t = { .shrinks = 3 };
	char day[11];

	table_column(&t, "version");
	table_column(&t, "revision");
	table_column(&t, "made");
	table_column(&t, "file");
	table_column(&t, "style");
	table_column(&t, "format");
	table_column(&t, "lang");
	table_column(&t, "bytes");
	for (size_t i = 0; i < l->n; i++) {
		const struct revision *const r = &l->v[i];

		table_cell(&t, STYLE_KEY, r->version);
		table_number(&t, r->n);
		table_cell(&t, STYLE_NONE, common_day(r->made, day));
		table_cell(&t, STYLE_NONE, r->file);
		table_cell(&t, STYLE_DIM, r->style);
		table_cell(&t, STYLE_DIM, r->format);
		table_cell(&t, STYLE_DIM, r->lang);
		table_number(&t, (int64_t)r->len);
	}
	table_print(&t, &c->out);
	table_release(&t);
}

enum rc
revisions_list(struct cli *c, const char *version, struct err *err)
{
	struct revision_list l = { 0 };
	enum rc rc = app_revisions(c->app, version, &l, err);

	if (rc == RC_OK && c->out.form == OUT_JSON)
		list_json(c, &l);
	else if (rc == RC_OK && c->out.form == OUT_PORCELAIN)
		list_porcelain(c, &l);
	else if (rc == RC_OK && l.n > 0)
		list_text(c, &l);
	else if (rc == RC_OK)
		out_say(&c->out, "no revision is kept");
	revision_list_release(&l);
	return rc;
}

static void
put(struct cli *c, const char *text, size_t len)
{
	if (c->out.tty)
		out_lines(&c->out, text, len);
	else
		out_raw(&c->out, text, len);
}

enum rc
revisions_print(struct cli *c, const char *version, const char *n,
    struct err *err)
{
	struct revision r = { 0 };
	json_t *json;
	long number;
	enum rc rc;

	if ((rc = opt_number("--revision", n, INT_MAX, &number, err)) !=
		RC_OK ||
	    (rc = app_revision(c->app, version, number, &r, err)) != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = revision_json(&r);
		json_put(json, "text", json_text(r.text));
		out_json(&c->out, json);
	} else {
		put(c, r.text, strlen(r.text));
	}
	revision_release(&r);
	return RC_OK;
}

enum rc
revisions_compare(struct cli *c, const char *version, const char *n,
    const char *m, struct err *err)
{
	struct buf diff = BUF_INIT;
	long from, to = 0;
	enum rc rc;

	if ((rc = opt_number("--compare", n, INT_MAX, &from, err)) != RC_OK ||
	    (m != NULL &&
		(rc = opt_number("--compare", m, INT_MAX, &to, err)) != RC_OK))
		return rc;
	rc = app_revision_compare(c->app, version, from, to, &diff, err);
	if (rc == RC_OK && c->out.form == OUT_JSON)
		common_lines(c, &diff, json_object());
	else if (rc == RC_OK)
		put(c, buf_str(&diff), diff.len);
	buf_release(&diff);
	return rc;
}
