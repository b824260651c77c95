#include "app/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "cli/common.h"
#include "cli/table.h"

#define ROWS_MAX 2000 /* gathered before they are printed */

struct printer {
	struct cli *c;
	struct table table;
	size_t rows;
};

static void
keys_put(struct buf *out, const struct strv *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		buf_printf(out, "%s%s", i == 0 ? "" : ",", keys->v[i]);
}

static void
print_json(struct out *o, const struct blame_line *l)
{
	json_t *json = json_object();

	json_put(json, "line", json_integer((json_int_t)l->line));
	json_put(json, "commit", common_oid_json(&l->commit));
	json_put(json, "tickets", json_texts(l->tickets));
	json_put(json, "release", json_text(l->release));
	json_put(json, "subject", json_text(l->subject));
	json_put(json, "author", json_text(l->author));
	json_put(json, "date", common_day_json(l->time));
	json_put(json, "text", json_text(l->text));
	out_json_item(o, json);
}

static void
print_porcelain(struct out *o, const struct blame_line *l)
{
	char hex[OID_HEX_MAX + 1] = "";
	struct buf keys = BUF_INIT;

	if (!oid_is_none(&l->commit))
		oid_to_hex(&l->commit, hex);
	keys_put(&keys, l->tickets);
	out_number(o, (int64_t)l->line);
	out_field(o, hex);
	out_field(o, buf_str(&keys));
	out_field(o, l->release == NULL ? "" : l->release);
	out_field(o, l->text);
	out_end(o);
	buf_release(&keys);
}

/* A table's cells are one line each: tabs become blanks as on a terminal. */
static char *
expand_tabs(const char *s)
{
	struct buf b = BUF_INIT;

	for (; *s != '\0'; s++) {
		if (*s != '\t') {
			buf_putc(&b, *s);
			continue;
		}
		do
			buf_putc(&b, ' ');
		while (b.len % 8 != 0);
	}
	return buf_detach(&b);
}

static void
print_row(struct printer *p, const struct blame_line *l)
{
	char hex[OID_HEX_MAX + 1] = "";
	struct buf keys = BUF_INIT;
	char *text = expand_tabs(l->text);

	if (!oid_is_none(&l->commit))
		oid_to_short(&l->commit, COMMON_OID_SHORT, hex);
	keys_put(&keys, l->tickets);
	table_number(&p->table, (int64_t)l->line);
	table_cell(&p->table, STYLE_CODE, hex[0] == '\0' ? "uncommitted" : hex);
	table_cell(&p->table, STYLE_KEY, buf_str(&keys));
	table_cell(&p->table, STYLE_NONE, l->release == NULL ? "" : l->release);
	table_cell(&p->table, STYLE_NONE, text);
	free(text);
	buf_release(&keys);
	if (++p->rows % ROWS_MAX == 0) {
		table_print(&p->table, &p->c->out);
		out_drain(&p->c->out);
	}
}

static bool
line_visit(const struct blame_line *l, void *arg)
{
	struct printer *p = arg;

	if (p->c->out.form == OUT_JSON)
		print_json(&p->c->out, l);
	else if (p->c->out.form == OUT_PORCELAIN)
		print_porcelain(&p->c->out, l);
	else
		print_row(p, l);
	return !out_gone(&p->c->out);
}

/* "FILE:12": the line, unless a file has that very name. */
static enum rc
split_line(const char *word, char **file, size_t *line, struct err *err)
{
	const char *colon = strrchr(word, ':');
	long n;
	enum rc rc;

	*line = 0;
	if (colon == NULL || colon == word || colon[1] == '\0' ||
	    colon[1 + strspn(colon + 1, "0123456789")] != '\0' ||
	    fs_exists(word)) {
		*file = mem_strdup(word);
		return RC_OK;
	}
	rc = opt_number("FILE:LINE", colon + 1, 999999999, &n, err);
	if (rc != RC_OK)
		return rc;
	*line = (size_t)n;
	*file = mem_strndup(word, (size_t)(colon - word));
	return RC_OK;
}

static enum rc
blame_run(struct cli *c, const struct args *a, struct err *err)
{
	static const char *const titles[] = { "LINE", "COMMIT", "TICKET",
		"RELEASE", "TEXT" };
	struct printer p = { .c = c };
	char *file = NULL;
	size_t line;
	enum rc rc;

	rc = split_line(a->words.v[0], &file, &line, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		table_column(&p.table, titles[i]);
	p.table.shrinks = 4;
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	rc = app_blame(c->app, file, line, line_visit, &p, err);
	if (rc == RC_OK && c->out.form == OUT_JSON)
		out_json_close(&c->out);
	if (rc == RC_OK && c->out.form == OUT_TEXT)
		table_print(&p.table, &c->out);
	table_release(&p.table);
	free(file);
	return rc;
}

const struct cmd cmd_blame = {
	.name = "blame",
	.args = "FILE[:LINE]",
	.help = "which ticket a line comes from, and its first release",
	.details = "The file is taken as it lies in the work tree; in a bare\n"
		   "repository, as HEAD has it.",
	.examples = "  notes blame src/main.c\n"
		    "  notes blame src/main.c:12",
	.values = "file none",
	.min = 1,
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_COMMITS,
	.stop = OPT_WORDS_TOO,
	.run = blame_run,
};
