/*
 * What only the terminal itself can say: how bright its background is, and how
 * many columns it gives characters that East Asian terminals may show in two.
 * The last question is one that all terminals answer (DA1), so the wait is for
 * that answer and no longer; what comes later counts as well.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/utf8.h"
#include "term_priv.h"

/* A terminal that says nothing costs this much, once; nobody sees it. */
#define ANSWER_MS 40

static const char ask_background[] = "\033]11;?\033\\";
/* A sign of ambiguous width and a syllable of two columns; then, where is the
 * cursor?  Row 2: modified F3 looks like row 1. */
static const char ask_width[] = "\033[2;1H\302\261\352\260\240\033[6n"
				"\033[2;1H\033[K";
static const char ask_last[] = "\033[c";

/* Others show the question. */
static bool
knows_colours(const char *type)
{
	static const char *const known[] = { "xterm", "tmux", "screen", "rxvt",
		"foot", "alacritty", "st-", "kitty", "wezterm", "contour",
		"ghostty", "konsole", "vte", "gnome", "mintty" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(type, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

static enum paint_text
lines(const struct term *t)
{
	return t->ascii ? PAINT_ASCII_LINES : PAINT_UTF8;
}

bool
term_told(struct term *t, const struct input_event *ev)
{
	enum paint_text text = t->paint.text;

	if (ev->type == IN_TONE && !t->fixed_tone && ev->tone != t->tone) {
		t->tone = ev->tone;
		paint_looks(&t->paint, t->depth, t->tone);
		term_repaint(t);
	}
	if (ev->type != IN_WIDTH || t->fixed_width)
		return false;
	/* Lines of two columns each are none. */
	t->paint.text = ev->step == 0 ? PAINT_ASCII
	    : ev->step == 2           ? PAINT_ASCII_LINES
				      : lines(t);
	utf8_set_ambiguous(ev->step == 2 ? 2 : 1);
	if (t->paint.text == text)
		return false;
	term_repaint(t);
	return true;
}

/* Answers are taken at once, keys are for later. */
static void
sort_early(struct term *t)
{
	struct input_event ev;

	while (t->early_n < EARLY_MAX && input_next(&t->input, false, &ev)) {
		if (ev.type == IN_ANSWERED)
			t->asking = false;
		else if (ev.type == IN_TONE || ev.type == IN_WIDTH)
			term_told(t, &ev);
		else if (ev.type != IN_PASTE)
			t->early[t->early_n++] = ev;
	}
}

static void
wait_for_answers(struct term *t)
{
	int64_t end = date_clock_ms() + ANSWER_MS, left;
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	while (t->asking && (left = end - date_clock_ms()) > 0) {
		if (poll(&p, 1, (int)left) <= 0)
			return;
		if (!term_take_bytes(t)) {
			t->gone = true;
			return;
		}
		sort_early(t);
	}
}

static bool
word_is(const char *word, const char *what)
{
	return word != NULL && strcmp(word, what) == 0;
}

void
term_ask(struct term *t, const struct term_options *o)
{
	struct buf ask = BUF_INIT;
	bool wide = word_is(o->ambiguous, "wide");

	t->ascii = o->ascii;
	t->fixed_tone = word_is(o->theme, "light") || word_is(o->theme, "dark");
	t->tone = t->fixed_tone
	    ? (word_is(o->theme, "light") ? TONE_LIGHT : TONE_DARK)
	    : theme_tone(getenv("COLORFGBG"));
	t->fixed_width = wide || word_is(o->ambiguous, "narrow");
	utf8_set_ambiguous(wide ? 2 : 1);
	t->paint.text = wide ? PAINT_ASCII_LINES : lines(t);
	paint_looks(&t->paint, t->depth, t->tone);
	if (!t->info.caps.ansi)
		return;
	if (!t->fixed_tone && t->depth != DEPTH_NONE &&
	    knows_colours(t->info.type))
		buf_puts(&ask, ask_background);
	if (!t->fixed_width)
		buf_puts(&ask, ask_width);
	if (ask.len > 0) {
		buf_puts(&ask, ask_last);
		t->asking = true;
		term_send(t, buf_str(&ask), ask.len);
		wait_for_answers(t);
	}
	buf_release(&ask);
}
