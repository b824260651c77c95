/*
 * Random notes, random edits by people, random news: nothing that a person
 * wrote is lost, what they took out stays out, news come in, and the second
 * update changes nothing.
 */
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strv.h"
#include "render/render.h"
#include "unit.h"

#define ROUNDS 6000
#define LINES  256

static uint64_t seed, round_no;

static unsigned
pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* ---- the tracker's notes ---- */

static const char *const titles[] = { "New features", "Bug fixes", "기타" };

struct work {
	bool listed;
	unsigned section, wording;
	bool has_text;
};

#define TICKETS 10 /* less the first: no key has the number 0 */

struct tracker {
	struct work v[TICKETS];
	bool facts, links;
};

static void
write_ticket(const struct tracker *t, unsigned i, struct buf *out)
{
	const struct work *const v = &t->v[i];

	if (t->links)
		buf_printf(out, "- [A-%u] the work %u of number %u\n", i,
		    v->wording, i);
	else
		buf_printf(out, "- **A-%u** the work %u of number %u\n", i,
		    v->wording, i);
	if (v->has_text)
		buf_printf(out, "\n  한글 text %u of %u.\n", v->wording, i);
}

static void
write_notes(const struct tracker *t, struct buf *out)
{
	bool first = true;

	buf_puts(out, "# 1.2 (2026-01-02)\n");
	if (t->facts)
		buf_puts(out, "\nSince 1.1, five commits.\n");
	for (unsigned s = 0; s < 3; s++) {
		bool head = true;

		for (unsigned i = 1; i < TICKETS; i++) {
			if (!t->v[i].listed || t->v[i].section != s)
				continue;
			if (head)
				buf_printf(out, "\n## %s\n\n", titles[s]);
			head = false;
			write_ticket(t, i, out);
		}
	}
	for (unsigned i = 1; t->links && i < TICKETS; i++) {
		if (!t->v[i].listed)
			continue;
		buf_printf(out, "%s[A-%u]: https://x.y/A-%u\n",
		    first ? "\n" : "", i, i);
		first = false;
	}
}

static void
draw_tracker(struct tracker *t)
{
	*t = (struct tracker){ .facts = pick(2), .links = pick(3) == 0 };
	for (unsigned i = 1; i < TICKETS; i++)
		t->v[i] = (struct work){ .listed = pick(3) > 0,
			.section = pick(3),
			.has_text = pick(4) == 0 };
}

static void
change_tracker(struct tracker *t)
{
	for (unsigned n = pick(4); n > 0; n--) {
		struct work *const v = &t->v[pick(TICKETS)];

		switch (pick(5)) {
		case 0:
			v->listed = !v->listed;
			break;
		case 1:
			v->section = pick(3);
			break;
		case 2:
			v->has_text = !v->has_text;
			break;
		default:
			v->wording++;
		}
	}
}

/* ---- people ---- */

struct text {
	char *v[LINES];
	unsigned n;
};

struct people {
	struct text file;
	unsigned marks;      /* how many words of their own they wrote */
	bool taken[TICKETS]; /* and not written about */
	bool torn;           /* an entry, by a line in its middle */
};

static void
split(const char *s, struct text *out)
{
	out->n = 0;
	while (*s != '\0' && out->n < LINES - 32) {
		const size_t n = strcspn(s, "\n");

		out->v[out->n++] = mem_strndup(s, n);
		s += n + (s[n] == '\n');
	}
}

static void
text_release(struct text *t)
{
	for (unsigned i = 0; i < t->n; i++)
		free(t->v[i]);
	t->n = 0;
}

static void
put(struct text *t, unsigned at, char *line)
{
	if (t->n == LINES) {
		free(line);
		return;
	}
	memmove(&t->v[at + 1], &t->v[at], (t->n - at) * sizeof(t->v[0]));
	t->v[at] = line;
	t->n++;
}

static void
cut(struct text *t, unsigned at)
{
	free(t->v[at]);
	memmove(&t->v[at], &t->v[at + 1], (t->n - at - 1) * sizeof(t->v[0]));
	t->n--;
}

/* The ticket of an entry's first line, or -1. */
static int
ticket_of(const char *line)
{
	if (strncmp(line, "- **A-", 6) == 0)
		return line[6] - '0';
	return strncmp(line, "- [A-", 5) == 0 ? line[5] - '0' : -1;
}

static bool
is_mine(const char *line)
{
	return strstr(line, "mine") != NULL;
}

static void
take_out(struct people *p)
{
	unsigned at = pick(p->file.n), n = 1;
	const int t = ticket_of(p->file.v[at]);

	if (t < 0 || is_mine(p->file.v[at]))
		return;
	while (at + n < p->file.n &&
	    (p->file.v[at + n][0] == ' ' ||
		(p->file.v[at + n][0] == '\0' && at + n + 1 < p->file.n &&
		    p->file.v[at + n + 1][0] == ' ')))
		n++;
	for (unsigned i = 0; i < n; i++)
		if (is_mine(p->file.v[at + i]))
			return;
	while (n-- > 0)
		cut(&p->file, at);
	p->taken[t] = true;
}

static void
edit_line(struct people *p)
{
	char **const line = &p->file.v[pick(p->file.n)];
	char *new;

	if (strchr("[`", (*line)[0]) != NULL || strncmp(*line, "# ", 2) == 0)
		return;
	new = mem_printf("%s mine%u.", *line, p->marks++);
	free(*line);
	*line = new;
}

/* The entry's first line and what is below it goes somewhere else. */
static void
move_entry(struct people *p)
{
	const unsigned at = pick(p->file.n);
	unsigned to;
	char *line;

	if (ticket_of(p->file.v[at]) < 0 ||
	    (at + 1 < p->file.n && ticket_of(p->file.v[at + 1]) < 0))
		return;
	line = mem_strdup(p->file.v[at]);
	cut(&p->file, at);
	to = 1 + pick(p->file.n);
	while (to < p->file.n && ticket_of(p->file.v[to]) < 0)
		to++;
	put(&p->file, to < p->file.n ? to : at, line);
}

static void
add_lines(struct people *p)
{
	const unsigned at = 1 + pick(p->file.n);
	const unsigned m = p->marks++;

	for (unsigned i = at; i < p->file.n && i < at + 2; i++)
		p->torn |= p->file.v[i][0] == ' ';
	switch (pick(6)) {
	case 0:
		put(&p->file, at, mem_printf("- mine%u.", m));
		return;
	case 1:
		put(&p->file, at, mem_strdup(""));
		put(&p->file, at, mem_printf("Dear all, mine%u.", m));
		put(&p->file, at, mem_strdup(""));
		return;
	case 2:
		put(&p->file, at, mem_strdup(""));
		put(&p->file, at, mem_printf("## 내 것 mine%u.", m));
		put(&p->file, at, mem_strdup(""));
		return;
	case 3:
		put(&p->file, at, mem_strdup("```"));
		put(&p->file, at, mem_printf("# 1.2 mine%u.", m));
		put(&p->file, at, mem_strdup("```"));
		return;
	case 4:
		put(&p->file, at, mem_printf("  - mine%u.", m));
		return;
	default:
		put(&p->file, at,
		    mem_printf("- A-%u and more, mine%u.",
			1 + pick(TICKETS - 1), m));
	}
}

static void
edit(struct people *p)
{
	for (unsigned n = pick(6); n > 0 && p->file.n > 2; n--) {
		switch (pick(4)) {
		case 0:
			take_out(p);
			break;
		case 1:
			edit_line(p);
			break;
		case 2:
			move_entry(p);
			break;
		default:
			add_lines(p);
		}
	}
}

/* ---- what must hold ---- */

static void
join(const struct text *t, const char *eol, struct buf *out)
{
	for (unsigned i = 0; i < t->n; i++) {
		buf_puts(out, t->v[i]);
		buf_puts(out, eol);
	}
}

static unsigned
count(const char *s, const char *word)
{
	unsigned n = 0;

	for (; (s = strstr(s, word)) != NULL; s += strlen(word))
		n++;
	return n;
}

static void
show(const char *word, const char *what, const char *base, const char *file,
    const char *ours, const char *out)
{
	fprintf(stderr,
	    "== round %llu, base\n%s== file\n%s\n== ours\n%s== got\n%s\n",
	    (unsigned long long)round_no, base, file, ours, out);
	fail_msg("round %llu: %s %s", (unsigned long long)round_no, word, what);
}

static void
check_round(const char *base, const char *file, const char *ours,
    const struct people *p, const struct tracker *now, const char *out)
{
	char word[32];

	for (unsigned i = 0; i < p->marks; i++) {
		snprintf(word, sizeof(word), "mine%u.", i);
		if (count(file, word) > count(out, word))
			show(word, "is lost", base, file, ours, out);
	}
	for (unsigned i = 1; i < TICKETS; i++) {
		snprintf(word, sizeof(word), "A-%u", i);
		if (!p->taken[i] && now->v[i].listed &&
		    strstr(out, word) == NULL)
			show(word, "did not come in", base, file, ours, out);
		/* A line of theirs about it stands for it. */
		snprintf(word, sizeof(word), "A-%u and more", i);
		if (!p->taken[i] || p->torn || strstr(file, word) != NULL)
			continue;
		snprintf(word, sizeof(word), "of number %u", i);
		if (strstr(file, word) == NULL && strstr(out, word) != NULL)
			show(word, "came back", base, file, ours, out);
	}
}

static const struct render_place place = { .version = "1.2" };

/* One update of a file; the same once more does nothing. */
static void
update(const struct buf *file, const char *ours, const char *base,
    struct buf *out)
{
	struct buf again = BUF_INIT;
	struct strv conflicts = STRV_INIT;
	struct err err = ERR_INIT;
	bool found;

	assert_int_equal(render_merge(file->ptr, file->len, &place, ours, base,
			     out, &found, &conflicts, &err),
	    RC_OK);
	assert_true(found);
	assert_int_equal(render_merge(out->ptr, out->len, &place, ours, ours,
			     &again, &found, &conflicts, &err),
	    RC_OK);
	assert_string_equal(buf_str(&again), buf_str(out));
	strv_release(&conflicts);
	buf_release(&again);
}

struct around {
	const char *eol, *before, *after;
};

static void
check_around(const struct around *a, const struct buf *out)
{
	const size_t n = strlen(a->before), end = strlen(a->after);

	assert_true(out->len >= n + end);
	assert_memory_equal(out->ptr, a->before, n);
	assert_memory_equal(out->ptr + out->len - end, a->after, end);
	if (strcmp(a->eol, "\r\n") != 0)
		return;
	for (size_t i = 0; i < out->len; i++)
		assert_true(out->ptr[i] != '\n' ||
		    (i > 0 && out->ptr[i - 1] == '\r'));
}

/* The section's lines, for the next edit. */
static void
read_back(const struct around *a, const struct buf *out, struct text *to)
{
	const size_t n = strlen(a->before), end = strlen(a->after);
	char *const s = mem_strndup(out->ptr + n, out->len - n - end);
	char *w = s;

	for (const char *r = s; *r != '\0'; r++)
		if (*r != '\r')
			*w++ = *r;
	*w = '\0';
	text_release(to);
	split(s, to);
	free(s);
}

/* Edits of people and news, by turns, from one draw of the dice. */
static void
play(const struct around *a)
{
	struct buf base = BUF_INIT, ours = BUF_INIT, file = BUF_INIT;
	struct buf out = BUF_INIT;
	struct people p = { 0 };
	struct tracker t;

	draw_tracker(&t);
	write_notes(&t, &base);
	split(buf_str(&base), &p.file);
	for (int turn = 0; turn < 3; turn++) {
		edit(&p);
		change_tracker(&t);
		buf_clear(&ours);
		write_notes(&t, &ours);
		buf_clear(&file);
		buf_puts(&file, a->before);
		join(&p.file, a->eol, &file);
		buf_puts(&file, a->after);
		buf_clear(&out);
		update(&file, buf_str(&ours), buf_str(&base), &out);
		check_around(a, &out);
		check_round(buf_str(&base), buf_str(&file), buf_str(&ours), &p,
		    &t, buf_str(&out));
		read_back(a, &out, &p.file);
		/* What is listed anew later is news. */
		for (unsigned i = 1; i < TICKETS; i++)
			p.taken[i] &= t.v[i].listed;
		buf_clear(&base);
		buf_puts(&base, buf_str(&ours));
	}
	buf_release(&out);
	buf_release(&file);
	buf_release(&ours);
	buf_release(&base);
	text_release(&p.file);
}

static void
test_random(void **state)
{
	static const struct around around[] = {
		{ "\n", "# Log\n\nHello.\n\n", "\n# 1.1\n\n- **A-1** old\n" },
		{ "\r\n", "\xEF\xBB\xBF", "\r\n# 1.1\r\n\r\n- x" },
	};
	const char *const rounds = getenv("ROUNDS");
	const unsigned n = rounds == NULL ? ROUNDS
					  : (unsigned)strtoul(rounds, NULL, 10);

	(void)state;
	for (unsigned i = 0; i < n; i++) {
		seed = round_no = i + 1;
		play(&around[i % 4 == 0]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
