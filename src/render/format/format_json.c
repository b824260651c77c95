/*
 * The notes as JSON: a contract (docs of "notes generate --format json"), so
 * keys keep their order and new ones stand behind.
 */
#include "format_json.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "format.h"
#include "render/digest.h"

static json_t *
text_or_null(const char *s)
{
	return json_text(s != NULL && *s != '\0' ? s : NULL);
}

static json_t *
oid_json(const struct oid *id)
{
	char hex[OID_HEX_MAX + 1];

	if (oid_is_none(id))
		return json_null();
	oid_to_hex(id, hex);
	return json_text(hex);
}

static json_t *
day_json(int64_t t)
{
	char day[11];

	if (t == DATE_NONE)
		return json_null();
	date_format_day(t, day);
	return json_text(day);
}

static json_t *
entry_json(const struct notes_entry *e)
{
	json_t *const o = json_object();
	json_t *const commits = json_array();

	for (size_t i = 0; i < e->n_commits; i++)
		json_push(commits, oid_json(&e->commits[i]));
	json_put(o, "key", text_or_null(e->key));
	json_put(o, "type", text_or_null(e->type));
	json_put(o, "summary", json_text(e->summary == NULL ? "" : e->summary));
	json_put(o, "note", text_or_null(e->note));
	json_put(o, "commits", commits);
	json_put(o, "also_in", json_texts(&e->also_in));
	json_put(o, "resolution", text_or_null(e->resolution));
	json_put(o, "resolved_in", text_or_null(e->resolved_in));
	json_put(o, "labels", json_texts(&e->labels));
	json_put(o, "authors", json_texts(&e->authors));
	json_put(o, "build", text_or_null(e->build));
	json_put(o, "breaking", json_boolean(e->breaking));
	return o;
}

static json_t *
sections_json(const struct notes_section *sections, enum render_lang lang)
{
	json_t *const list = json_array();

	for (int i = 0; i < SECTION_N; i++) {
		const struct notes_section *const sec = &sections[i];
		json_t *const entries = json_array();
		json_t *const o = json_object();

		for (size_t k = 0; k < sec->n; k++)
			json_push(entries, entry_json(&sec->entries[k]));
		json_put(o, "id", json_text(notes_section_names[i]));
		json_put(o, "title",
		    json_text(digest_title(lang, (enum notes_section_id)i)));
		json_put(o, "entries", entries);
		if (sec->n > 0)
			json_push(list, o);
		else
			json_decref(o);
	}
	return list;
}

static json_t *
warnings_json(const struct notes *n)
{
	json_t *const list = json_array();

	for (size_t i = 0; i < n->n_warnings; i++) {
		const struct notes_warning *const w = &n->warnings[i];
		json_t *const o = json_object();

		json_put(o, "code", json_text(notes_warning_names[w->code]));
		json_put(o, "key", text_or_null(w->key));
		json_put(o, "commit", oid_json(&w->commit));
		json_put(o, "text", json_text(w->text == NULL ? "" : w->text));
		json_push(list, o);
	}
	return list;
}

static json_t *
unlinked_json(const struct notes *n)
{
	json_t *const list = json_array();

	for (size_t i = 0; i < n->n_unlinked; i++) {
		const struct notes_unlinked *const u = &n->unlinked[i];
		json_t *const o = json_object();

		json_put(o, "commit", oid_json(&u->commit));
		json_put(o, "subject",
		    json_text(u->subject == NULL ? "" : u->subject));
		json_put(o, "suggest", text_or_null(u->suggest));
		json_push(list, o);
	}
	return list;
}

static json_t *
builds_json(const struct notes *n, enum render_lang lang)
{
	json_t *const list = json_array();

	for (size_t i = 0; i < n->n_builds; i++) {
		const struct notes_build *const b = &n->builds[i];
		json_t *const o = json_object();

		json_put(o, "number", text_or_null(b->number));
		json_put(o, "date", day_json(b->time));
		json_put(o, "commit", oid_json(&b->commit));
		json_put(o, "sections", sections_json(b->sections, lang));
		json_push(list, o);
	}
	return list;
}

json_t *
format_json_notes(const struct notes *n, const struct render_options *o)
{
	json_t *const root = json_object();

	json_put(root, "version",
	    n->version != NULL && strcmp(n->version, "Unreleased") == 0
		? json_null()
		: text_or_null(n->version));
	json_put(root, "date", day_json(n->date));
	json_put(root, "build", text_or_null(n->build));
	json_put(root, "previous", text_or_null(n->previous));
	json_put(root, "from", oid_json(&n->from));
	json_put(root, "to", oid_json(&n->to));
	json_put(root, "commits", json_integer((json_int_t)n->n_commits));
	json_put(root, "sections", sections_json(n->sections, o->lang));
	json_put(root, "warnings", warnings_json(n));
	json_put(root, "unlinked", unlinked_json(n));
	json_put(root, "state", json_text(release_state_name(n->state)));
	json_put(root, "title", text_or_null(n->title));
	json_put(root, "description", text_or_null(n->description));
	json_put(root, "reason", text_or_null(n->reason));
	json_put(root, "contributors", json_texts(&n->contributors));
	json_put(root, "new_contributors", json_texts(&n->new_contributors));
	if (o->by_build)
		json_put(root, "builds", builds_json(n, o->lang));
	return root;
}

static enum rc
json_write(const struct render_job *job, struct buf *out, struct err *err)
{
	json_t *const root = format_json_notes(job->notes, job->options);

	(void)err;
	json_dump(root, JSON_PRETTY, out);
	if (out->len > 0 && out->ptr[out->len - 1] != '\n')
		buf_putc(out, '\n');
	json_decref(root);
	return RC_OK;
}

const struct format format_json = {
	.name = "json",
	.write = json_write,
};
