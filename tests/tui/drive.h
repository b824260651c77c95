/* Drives the UI with keys by name and compares screens with golden files. */
#ifndef NOTES_TESTS_DRIVE_H
#define NOTES_TESTS_DRIVE_H

#include <locale.h>

#include "unit.h"

#include "tui/term/key.h"
#include "tui/ui.h"
#include "base/fs.h"
#include "fake_app.h"

struct screen {
	struct ui ui;
	struct app *app;
};

static inline void
screen_open(struct screen *s, enum fake_world world, int rows, int cols)
{
	setlocale(LC_ALL, "C.UTF-8");
	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	setenv("TZ", "UTC", 1);
	s->app = fake_open(world);
	ui_init(&s->ui, s->app, NULL);
	ui_resize(&s->ui, rows, cols);
	ui_push(&s->ui, &view_list, NULL);
	ui_draw(&s->ui);
}

static inline void
screen_close(struct screen *s)
{
	ui_release(&s->ui);
	fake_close(s->app);
}

/* Draws, and again once slow work is done. */
static inline void
screen_draw(struct screen *s)
{
	ui_draw(&s->ui);
	while (ui_working(&s->ui))
		ui_work(&s->ui);
	ui_draw(&s->ui);
}

/* "j j Enter 'some text' Esc": names of keys; text in quotes is typed. */
static inline void
screen_keys(struct screen *s, const char *keys)
{
	while (*(keys += strspn(keys, " ")) != '\0') {
		size_t len = strcspn(keys, " ");
		struct key k;
		uint32_t cp;

		if (*keys == '\'' && len > 1) {
			const char *end = strchr(keys + 1, '\'');

			for (keys++; keys < end;) {
				keys += utf8_decode(keys, 4, &cp);
				k = (struct key){ .code = cp };
				ui_key(&s->ui, &k);
				ui_draw(&s->ui);
			}
			keys = end + 1;
			continue;
		}
		if (!key_parse(keys, len, &k))
			fail_msg("no key %.*s", (int)len, keys);
		ui_key(&s->ui, &k);
		if (!s->ui.quit)
			screen_draw(s);
		keys += len;
	}
}

static inline void
screen_text(const struct screen *s, struct buf *out)
{
	canvas_lines(&s->ui.canvas, out);
}

/* No wide cell is cut, whatever was drawn. */
static inline void
screen_whole(const struct screen *s)
{
	const struct canvas *c = &s->ui.canvas;

	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->cols; x++) {
			const struct cell *cell = canvas_at(c, y, x);

			if (cell->width == 2) {
				assert_true(x + 1 < c->cols);
				assert_int_equal(canvas_at(c, y, x + 1)->width,
				    0);
			}
			if (cell->width == 0) {
				assert_true(x > 0);
				assert_int_equal(canvas_at(c, y, x - 1)->width,
				    2);
			}
		}
	}
}

static inline bool
screen_has(const struct screen *s, const char *text)
{
	struct buf b = BUF_INIT;
	bool yes;

	screen_text(s, &b);
	yes = strstr(buf_str(&b), text) != NULL;
	if (!yes)
		fprintf(stderr, "no \"%s\" in\n%s", text, buf_str(&b));
	buf_release(&b);
	return yes;
}

/* Compares with tests/tui/golden/<name>; GOLDEN=write writes it instead. */
static inline void
screen_golden(const struct screen *s, const char *name)
{
	const char *root = getenv("GOLDEN_DIR");
	const char *mode = getenv("GOLDEN");
	char *path = mem_printf("%s/%s",
	    root == NULL ? "tests/tui/golden" : root, name);
	struct buf want = BUF_INIT, got = BUF_INIT;

	screen_whole(s);
	screen_text(s, &got);
	buf_puts(&got, "--\n");
	canvas_roles(&s->ui.canvas, &got);
	if (mode != NULL && strcmp(mode, "write") == 0) {
		assert_int_equal(fs_write(path, buf_str(&got), got.len, 0644,
				     NULL),
		    RC_OK);
	} else {
		if (fs_read(path, 0, &want, NULL) != RC_OK)
			fail_msg("no %s (GOLDEN=write makes it)", path);
		if (strcmp(buf_str(&want), buf_str(&got)) != 0)
			fprintf(stderr, "%s differs; now:\n%s", path,
			    buf_str(&got));
		assert_string_equal(buf_str(&want), buf_str(&got));
	}
	buf_release(&want);
	buf_release(&got);
	free(path);
}

#endif
