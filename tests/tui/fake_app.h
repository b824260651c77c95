/* The verbs of app/app.h, and all the others, on the made-up tracker. */
#ifndef NOTES_TESTS_FAKE_APP_H
#define NOTES_TESTS_FAKE_APP_H

#include "app/demo.h"

#include "fake_board.h"
#include "fake_change.h"
#include "fake_config.h"
#include "fake_journal.h"
#include "fake_metrics.h"
#include "fake_notes.h"
#include "fake_ticket.h"
#include "fake_unlinked.h"
#include "fake_world.h"

void
app_close(struct app *a)
{
	fake_close(a);
}

const char *
app_dir(const struct app *a)
{
	return a->dir;
}

bool
app_is_readonly(const struct app *a)
{
	return a->readonly;
}

const struct workflow *
app_workflow(const struct app *a)
{
	return &a->wf;
}

const char *
app_prefix(const struct app *a)
{
	(void)a;
	return "NOTE";
}

const char *
app_me(const struct app *a)
{
	return a->world == FAKE_KOREAN ? "김개발" : "dev-1";
}

const char *
app_git_config(const struct app *a, const char *name)
{
	(void)a;
	(void)name;
	return NULL;
}

enum rc
app_filter(const struct app *a, const char *text, bool live,
    struct filter **out, struct err *err)
{
	const struct filter_context ctx = { .workflow = &a->wf,
		.me = app_me(a),
		.prefix = "NOTE",
		.now = FAKE_NOW,
		.live = live,
		.saved = fake_filter_text };

	return filter_parse(text, &ctx, out, err);
}

int64_t
app_data_version(struct app *a)
{
	return a->version;
}

enum rc
app_still_there(struct app *a, bool *anew, struct err *err)
{
	*anew = false;
	return a->gone ? err_set(err, RC_NOT_FOUND, "gone: .git") : RC_OK;
}

void
app_on_stop(struct app *a, bool (*stop)(void *arg), void *arg)
{
	a->stop = stop;
	a->stop_arg = arg;
}

void
app_on_wait(struct app *a, bool (*give_up)(void *arg, long pid, int waited_ms),
    void *arg)
{
	a->give_up = give_up;
	a->give_up_arg = arg;
}

void
app_on_progress(struct app *a,
    void (*progress)(void *arg, const char *what, int64_t done, int64_t total),
    void *arg)
{
	(void)a;
	(void)progress;
	(void)arg;
}

const struct strv *
app_warnings(const struct app *a)
{
	static const struct strv none = STRV_INIT;

	(void)a;
	return &none;
}

static void
fake_run(struct md_lines *out, enum md_style style, const char *text,
    size_t len)
{
	struct md_line *line;

	line = &out->v[out->n - 1];
	line->runs = mem_grow(line->runs, &line->cap, line->n + 1,
	    sizeof(*line->runs));
	line->runs[line->n++] = (struct md_run){ style,
		mem_strndup(text, len) };
}

/* Enough of Markdown to see roles: headings, bullets, quotes, code. */
void
app_markdown(const char *text, size_t len, size_t width, struct md_lines *out)
{
	/* As the real one: what is longer is cut. */
	const char *end = text + (len > 65536 ? 65536 : len), *eol;

	*out = (struct md_lines){ 0 };
	for (; text < end; text = eol + 1) {
		size_t n;

		eol = memchr(text, '\n', (size_t)(end - text));
		if (eol == NULL)
			eol = end;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct md_line){ 0 };
		n = utf8_fit(text, (size_t)(eol - text), width, NULL);
		if (n > 0)
			fake_run(out,
			    *text == '#'       ? MD_HEADING
				: *text == '>' ? MD_QUOTE
				: *text == '`' ? MD_CODE_BLOCK
					       : MD_TEXT,
			    text, n);
	}
}

enum rc
app_open(const struct app_options *o, struct app **out, struct err *err)
{
	(void)o;
	*out = NULL;
#ifdef FAKE_WORLD
	*out = fake_open(FAKE_WORLD);
	return RC_OK;
#endif
	return err_set(err, RC_NOT_FOUND, "no tracker here (see: notes init)");
}

enum rc
app_init(const struct app_options *o, const struct app_init *init,
    struct app **out, struct app_init_result *result, struct err *err)
{
	(void)o;
	(void)err;
	*out = fake_open(FAKE_EMPTY);
	result->prefix = mem_strdup(init->prefix == NULL ? "NOTE"
							 : init->prefix);
	result->releases = 2;
	return RC_OK;
}

enum rc
app_init_plan(const struct app_options *o, const struct app_init *init,
    struct app_init_result *result, struct err *err)
{
	(void)o;
	if (init->prefix != NULL && strcmp(init->prefix, "1a") == 0)
		return err_set(err, RC_INVALID, "no prefix \"1a\"");
	*result = (struct app_init_result){ .db = mem_strdup(
						".git/tracker/notes.db"),
		.prefix = mem_strdup(
		    init->prefix == NULL ? "NOTE" : init->prefix),
		.mainline = mem_strdup("main"),
		.tags = mem_strdup("v{version}"),
		.releases = 12 };
	return RC_OK;
}

enum rc
app_demo(char **dir, struct app **out, struct err *err)
{
	(void)err;
	*dir = mem_strdup("/tmp/notes-demo");
	*out = fake_open(FAKE_ENGLISH);
	return RC_OK;
}

void
app_demo_end(char *dir)
{
	free(dir);
}

void
app_init_result_release(struct app_init_result *r)
{
	free(r->db);
	free(r->prefix);
	free(r->mainline);
	free(r->tags);
	*r = (struct app_init_result){ 0 };
}

__attribute__((weak)) void
md_lines_release(struct md_lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].n; k++)
			free(l->v[i].runs[k].text);
		free(l->v[i].runs);
	}
	free(l->v);
	*l = (struct md_lines){ 0 };
}

#endif
