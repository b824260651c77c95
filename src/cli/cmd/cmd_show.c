#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"

/* The longest name of a field, and a gap. */
#define LABEL_WIDTH 12

static json_t *
comment_json(const struct comment *cm)
{
	json_t *json = json_object();

	json_put(json, "author", json_text(cm->author));
	json_put(json, "created", json_time(cm->created));
	json_put(json, "edited", json_time(cm->edited));
	json_put(json, "commit", json_text(cm->origin));
	json_put(json, "text", json_text(cm->text));
	return json;
}

static json_t *
relation_json(const struct relation *r)
{
	json_t *json = json_object();

	json_put(json, "relation", json_text(r->name));
	json_put(json, "key", json_text(r->key));
	json_put(json, "status", json_text(r->status));
	json_put(json, "summary", json_text(r->summary));
	return json;
}

static json_t *
link_json(const struct link *l)
{
	json_t *json = json_object();

	json_put(json, "commit", common_oid_json(&l->commit));
	json_put(json, "role", json_text(link_role_name(l->role)));
	json_put(json, "alive", json_boolean(l->alive));
	json_put(json, "merged", json_boolean(l->merged));
	json_put(json, "first_release", json_text(l->first_release));
	json_put(json, "reverted_by", json_text(l->reverted_by));
	json_put(json, "subject", json_text(l->subject));
	json_put(json, "author", json_text(l->author));
	json_put(json, "time", json_time(l->time));
	return json;
}

static json_t *
view_json(const struct ticket_view *v)
{
	const struct ticket *t = &v->ticket;
	json_t *json = common_ticket_json(t), *array;

	json_put(json, "found_in", json_texts(&t->found_in));
	json_put(json, "estimate", json_integer(t->estimate));
	json_put(json, "spent", json_integer(t->spent));
	json_put(json, "deleted", json_boolean(t->deleted));
	json_put(json, "description", json_text(t->description));
	json_put(json, "note", json_text(t->note));
	json_put(json, "no_note", json_boolean(t->no_note));
	array = json_array();
	for (size_t i = 0; i < v->comments.n; i++)
		json_push(array, comment_json(&v->comments.v[i]));
	json_put(json, "comments", array);
	array = json_array();
	for (size_t i = 0; i < v->relations.n; i++)
		json_push(array, relation_json(&v->relations.v[i]));
	json_put(json, "relations", array);
	array = json_array();
	for (size_t i = 0; i < v->links.n; i++)
		json_push(array, link_json(&v->links.v[i]));
	json_put(json, "links", array);
	return json;
}

/* One record for each fact: the name, then its values. */
static void
view_porcelain(struct out *o, const struct ticket_view *v)
{
	char text[OID_HEX_MAX + 1];
	struct buf value = BUF_INIT;

	ticket_key_format(&v->ticket.key, text);
	out_field(o, "key");
	out_field(o, text);
	out_end(o);
	for (int f = 0; f < TF_N; f++) {
		buf_clear(&value);
		ticket_field_text(&v->ticket, (enum ticket_field)f, &value);
		if (value.len == 0)
			continue;
		out_field(o, ticket_fields[f].name);
		out_field(o, buf_str(&value));
		out_end(o);
	}
	for (size_t i = 0; i < v->relations.n; i++) {
		out_field(o, "relation");
		out_field(o, v->relations.v[i].name);
		out_field(o, v->relations.v[i].key);
		out_end(o);
	}
	for (size_t i = 0; i < v->links.n; i++) {
		const struct link *l = &v->links.v[i];

		oid_to_hex(&l->commit, text);
		out_field(o, "link");
		out_field(o, text);
		out_field(o, link_role_name(l->role));
		out_field(o, l->alive ? "alive" : "dead");
		out_field(o, l->first_release);
		out_end(o);
	}
	for (size_t i = 0; i < v->comments.n; i++) {
		out_field(o, "comment");
		out_field(o, v->comments.v[i].author);
		out_field(o, v->comments.v[i].text);
		out_end(o);
	}
	buf_release(&value);
}

static void
label(struct out *o, const char *name)
{
	size_t n = strlen(name);

	out_text(o, STYLE_DIM, name);
	do
		out_raw(o, " ", 1);
	while (++n < LABEL_WIDTH);
}

static void
print_fact(struct out *o, const char *name, const char *value,
    enum out_style style)
{
	if (value == NULL || *value == '\0')
		return;
	label(o, name);
	out_text(o, style, value);
	out_newline(o);
}

static void
print_facts(struct out *o, const struct ticket *t)
{
	static const enum ticket_field shown[] = {
		TF_PRIORITY,
		TF_ASSIGNEE,
		TF_REPORTER,
		TF_COMPONENT,
		TF_LABEL,
		TF_RELEASE,
		TF_FOUND_IN,
		TF_PARENT,
		TF_DUE,
		TF_ESTIMATE,
		TF_SPENT,
	};
	struct buf value = BUF_INIT;
	char day[11];

	buf_puts(&value, t->status);
	if (t->resolution != NULL)
		buf_printf(&value, " (%s)", t->resolution);
	print_fact(o, "status", buf_str(&value),
	    common_category_style(t->category));
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		buf_clear(&value);
		ticket_field_text(t, shown[i], &value);
		print_fact(o, ticket_fields[shown[i]].name, buf_str(&value),
		    STYLE_NONE);
	}
	print_fact(o, "created", common_day(t->created, day), STYLE_NONE);
	print_fact(o, "updated", common_day(t->updated, day), STYLE_NONE);
	if (t->deleted)
		print_fact(o, "deleted", "yes", STYLE_WARN);
	if (t->no_note)
		print_fact(o, "no-note", "yes", STYLE_NONE);
	buf_release(&value);
}

static enum out_style
md_colour(enum md_style style)
{
	switch (style) {
	case MD_HEADING:
	case MD_STRONG:
		return STYLE_STRONG;
	case MD_CODE:
	case MD_CODE_BLOCK:
	case MD_LINK:
		return STYLE_CODE;
	case MD_QUOTE:
	case MD_DIM:
	case MD_RULE:
		return STYLE_DIM;
	default:
		return STYLE_NONE;
	}
}

/* Made ready for a screen; elsewhere Markdown stays what it is. */
static void
print_markdown(struct out *o, const char *text)
{
	struct md_lines lines = { 0 };

	if (!o->tty) {
		out_lines(o, text, strlen(text));
		return;
	}
	app_markdown(text, strlen(text), o->width, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		for (size_t j = 0; j < lines.v[i].n; j++) {
			const struct md_run *run = &lines.v[i].runs[j];

			out_text(o, md_colour(run->style), run->text);
		}
		out_newline(o);
	}
	md_lines_release(&lines);
}

static void
heading(struct out *o, const char *text)
{
	out_newline(o);
	out_text(o, STYLE_HEAD, text);
	out_newline(o);
}

static void
print_relations(struct out *o, const struct relation_list *l)
{
	if (l->n > 0)
		heading(o, "Relations");
	for (size_t i = 0; i < l->n; i++) {
		const struct relation *r = &l->v[i];

		out_printf(o, STYLE_NONE, "  %s ", r->name);
		out_text(o, STYLE_KEY, r->key);
		out_printf(o, STYLE_NONE, " %s", r->summary);
		out_printf(o, common_category_style(r->category), " (%s)",
		    r->status);
		out_newline(o);
	}
}

static void
print_links(struct out *o, const struct link_list *l)
{
	char hex[OID_HEX_MAX + 1];

	if (l->n > 0)
		heading(o, "Commits");
	for (size_t i = 0; i < l->n; i++) {
		const struct link *link = &l->v[i];

		oid_to_short(&link->commit, COMMON_OID_SHORT, hex);
		out_text(o, STYLE_NONE, "  ");
		out_text(o, STYLE_KEY, hex);
		out_printf(o, STYLE_DIM, " %s", link_role_name(link->role));
		if (link->subject != NULL)
			out_printf(o, STYLE_NONE, " %s", link->subject);
		if (link->first_release != NULL)
			out_printf(o, STYLE_DONE, " (in %s)",
			    link->first_release);
		if (link->reverted_by != NULL)
			out_printf(o, STYLE_WARN, " (reverted by %.*s)",
			    COMMON_OID_SHORT, link->reverted_by);
		else if (!link->alive)
			out_text(o, STYLE_WARN, " (not in the mainline)");
		out_newline(o);
	}
}

static void
print_comments(struct out *o, const struct comment_list *l)
{
	char day[11];

	for (size_t i = 0; i < l->n; i++) {
		const struct comment *cm = &l->v[i];

		out_newline(o);
		out_text(o, STYLE_HEAD, cm->author);
		out_printf(o, STYLE_DIM, " %s", common_day(cm->created, day));
		if (cm->edited != DATE_NONE)
			out_text(o, STYLE_DIM, " (edited)");
		out_newline(o);
		print_markdown(o, cm->text == NULL ? "" : cm->text);
	}
}

static void
view_text(struct out *o, const struct ticket_view *v)
{
	const struct ticket *t = &v->ticket;
	char key[TICKET_KEY_MAX];

	ticket_key_format(&t->key, key);
	out_text(o, STYLE_KEY, key);
	out_printf(o, STYLE_DIM, " %s ", t->type);
	out_text(o, STYLE_STRONG, t->summary);
	out_newline(o);
	out_newline(o);
	print_facts(o, t);
	if (t->description != NULL && *t->description != '\0') {
		out_newline(o);
		print_markdown(o, t->description);
	}
	if (t->note != NULL && *t->note != '\0') {
		heading(o, "Release note");
		print_markdown(o, t->note);
	}
	print_relations(o, &v->relations);
	print_links(o, &v->links);
	print_comments(o, &v->comments);
}

static enum rc
show_run(struct cli *c, const struct args *a, struct err *err)
{
	struct ticket_key *keys = NULL;
	bool array = c->out.form == OUT_JSON && a->words.n > 1;
	enum rc rc;

	rc = common_keys(c, &a->words, 0, a->words.n, &keys, err);
	if (array && rc == RC_OK)
		out_json_open(&c->out);
	for (size_t i = 0; i < a->words.n && rc == RC_OK; i++) {
		struct ticket_view view = { 0 };

		rc = app_ticket_view(c->app, &keys[i], &view, err);
		if (rc != RC_OK)
			break;
		if (array)
			out_json_item(&c->out, view_json(&view));
		else if (c->out.form == OUT_JSON)
			out_json(&c->out, view_json(&view));
		else if (c->out.form == OUT_PORCELAIN)
			view_porcelain(&c->out, &view);
		else {
			if (i > 0)
				out_newline(&c->out);
			view_text(&c->out, &view);
		}
		ticket_view_release(&view);
	}
	if (array && rc == RC_OK)
		out_json_close(&c->out);
	free(keys);
	return rc;
}

const struct cmd cmd_show = {
	.name = "show",
	.args = "KEY...",
	.help = "show tickets with comments, relations and commits",
	.details = "With --json one KEY gives an object, several an array.",
	.examples = "  notes show 12\n"
		    "  notes show NOTE-12 --json | jq -r '.links[].commit'",
	.values = "key",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_READ,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = show_run,
};
