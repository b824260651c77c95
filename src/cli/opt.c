#include "opt.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

const struct opt global_opts[GLOBAL_N + 1] = {
	[GLOBAL_DIR] = { 'C', "directory", "DIR", "as if started in DIR",
	    "file" },
	[GLOBAL_DB] = { 0, "db", "FILE", "the tracker's database", "file" },
	[GLOBAL_REPO] = { 0, "repo", "DIR", "the repository", "file" },
	[GLOBAL_JSON] = { 0, "json", NULL, "print JSON", NULL },
	[GLOBAL_PORCELAIN] = { 0, "porcelain", NULL,
	    "print stable fields separated by tabs", NULL },
	[GLOBAL_ZERO] = { 'z', "null", NULL,
	    "end records with NUL (with --porcelain, which it implies)", NULL },
	[GLOBAL_COLOR] = { 0, "color", "WHEN", "auto, always or never",
	    "color" },
	[GLOBAL_PLAIN] = { 0, "plain", NULL,
	    "no colours, no pager; without a command: a screen as text", NULL },
	[GLOBAL_QUIET] = { 'q', "quiet", NULL, "print no more than needed",
	    NULL },
	[GLOBAL_HELP] = { 'h', "help", NULL, "show help", NULL },
	[GLOBAL_VERSION] = { 0, "version", NULL, "show the version", NULL },
	[GLOBAL_ASCII] = { 0, "ascii", NULL, "draw the screens' lines in ASCII",
	    NULL },
	[GLOBAL_NO_MOUSE] = { 0, "no-mouse", NULL,
	    "leave the mouse to the terminal", NULL },
};

enum { OPERAND = 1, TABLE_BASE = 256, GLOBAL_BASE = 512 };

void
words_push(struct words *w, const char *s)
{
	w->v = mem_grow(w->v, &w->cap, w->n + 1, sizeof(*w->v));
	w->v[w->n++] = s;
}

void
args_release(struct args *a)
{
	free(a->words.v);
	for (size_t i = 0; i < OPT_TABLE_MAX; i++)
		free(a->opts[i].v);
	*a = (struct args){ 0 };
}

bool
args_has(const struct args *a, size_t opt)
{
	return a->opts[opt].n > 0;
}

const char *
args_get(const struct args *a, size_t opt)
{
	const struct words *w = &a->opts[opt];

	return w->n == 0 ? NULL : w->v[w->n - 1];
}

/* Both tables in getopt's form. */
struct parser {
	const struct opt *table;
	struct option longs[OPT_TABLE_MAX + GLOBAL_N + 1];
	size_t n_longs;
	char shorts[2 * (OPT_TABLE_MAX + GLOBAL_N) + 3];
	size_t n_shorts;
};

static void
parser_add(struct parser *p, const struct opt *table, int base)
{
	for (size_t i = 0; table != NULL && table[i].name != NULL; i++) {
		p->longs[p->n_longs++] = (struct option){
			.name = table[i].name,
			.has_arg = table[i].arg != NULL ? required_argument
							: no_argument,
			.val = base + (int)i,
		};
		if (table[i].letter == 0)
			continue;
		p->shorts[p->n_shorts++] = table[i].letter;
		if (table[i].arg != NULL)
			p->shorts[p->n_shorts++] = ':';
	}
}

static int
find_letter(const struct opt *table, int letter)
{
	for (int i = 0; table != NULL && table[i].name != NULL; i++)
		if (table[i].letter == letter)
			return i;
	return -1;
}

/* What getopt returned as TABLE_BASE + i or GLOBAL_BASE + i, 0 if unknown. */
static int
code_of(const struct parser *p, int c)
{
	int i;

	if (c >= TABLE_BASE)
		return c;
	if ((i = find_letter(p->table, c)) >= 0)
		return TABLE_BASE + i;
	if ((i = find_letter(global_opts, c)) >= 0)
		return GLOBAL_BASE + i;
	return 0;
}

static bool
has_blank(const char *s)
{
	return s[strcspn(s, " \t\n")] != '\0';
}

/* Is the word, which begins with '-', meant as an operand? */
static bool
is_dash_word(const struct parser *p, enum opt_stop stop, const char *s)
{
	bool known;

	if (s[0] != '-' || s[1] == '\0' || s[1] == '-')
		return false;
	known = code_of(p, (unsigned char)s[1]) != 0;
	if (stop == OPT_DASH_WORDS)
		return s[2] != '\0' || !known;
	return stop == OPT_WORDS_TOO && !known && has_blank(s);
}

static int
distance(const char *a, const char *b)
{
	enum { MAX = 24 };
	size_t n = strlen(a), m = strlen(b);
	int d[MAX + 1][MAX + 1];

	if (n > MAX || m > MAX)
		return MAX;
	for (size_t i = 0; i <= n; i++)
		d[i][0] = (int)i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = (int)j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			int best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			if (d[i - 1][j] + 1 < best)
				best = d[i - 1][j] + 1;
			if (d[i][j - 1] + 1 < best)
				best = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	}
	return d[n][m];
}

const char *
opt_nearest(const char *typed, const char *const names[], size_t n)
{
	const char *nearest = NULL;
	size_t len = strlen(typed);
	int best = len < 3 ? 1 : len < 6 ? 2 : 3;

	for (size_t i = 0; i < n; i++) {
		int d = distance(typed, names[i]);

		/* "rel" stands for "release". */
		if (len >= 3 && strncmp(typed, names[i], len) == 0)
			d = 0;
		if (d > best || (d == best && nearest != NULL) ||
		    d >= (int)strlen(names[i]))
			continue;
		nearest = names[i];
		best = d;
	}
	return nearest;
}

static enum rc
unknown_long(const struct parser *p, const char *who, const char *word,
    struct err *err)
{
	const char *names[OPT_TABLE_MAX + GLOBAL_N], *nearest;
	char typed[64];
	size_t len = strcspn(word + 2, "="), fits = 0;

	if (len >= sizeof(typed))
		len = sizeof(typed) - 1;
	memcpy(typed, word + 2, len);
	typed[len] = '\0';
	for (size_t i = 0; i < p->n_longs; i++) {
		names[i] = p->longs[i].name;
		if (strcmp(names[i], typed) == 0)
			return err_set(err, RC_USAGE,
			    "option --%s takes no value", typed);
		if (strncmp(names[i], typed, len) == 0)
			fits++;
	}
	if (fits > 1)
		return err_set(err, RC_USAGE,
		    "option --%s could be several of those of %s", typed, who);
	if (fits == 1)
		return err_set(err, RC_USAGE, "option --%s takes no value",
		    typed);
	nearest = opt_nearest(typed, names, p->n_longs);
	if (nearest != NULL)
		return err_set(err, RC_USAGE,
		    "%s has no option --%s (did you mean --%s?)", who, typed,
		    nearest);
	return err_set(err, RC_USAGE,
	    "%s has no option --%s (see: %s -h; a word that begins with '-' "
	    "goes behind --)",
	    who, typed, who);
}

static enum rc
unknown(const struct parser *p, const char *who, char *argv[], struct err *err)
{
	const char *word = argv[optind - 1];

	if (optopt == 0 || optopt >= TABLE_BASE)
		return unknown_long(p, who, word, err);
	/* A byte of a longer character says nothing. */
	if (isgraph(optopt) && optopt < 0x80)
		return err_set(err, RC_USAGE,
		    "%s has no option -%c (a word that begins with '-' goes "
		    "behind --)",
		    who, optopt);
	return err_set(err, RC_USAGE,
	    "%s does not know this option (a word that begins with '-' goes "
	    "behind --)",
	    who);
}

static enum rc
missing(const struct parser *p, int code, struct err *err)
{
	const struct opt *o = code >= GLOBAL_BASE
	    ? &global_opts[code - GLOBAL_BASE]
	    : &p->table[code - TABLE_BASE];

	return err_set(err, RC_USAGE, "option --%s needs a value: %s", o->name,
	    o->arg);
}

static void
parser_init(struct parser *p, const struct opt *table, enum opt_stop stop,
    char *argv[])
{
	*p = (struct parser){ .table = table };
	p->shorts[p->n_shorts++] = stop == OPT_STOP_AT_WORD ? '+' : '-';
	p->shorts[p->n_shorts++] = ':';
	parser_add(p, table, TABLE_BASE);
	parser_add(p, global_opts, GLOBAL_BASE);
	/* Looking at no word at all makes glibc take the new tables. */
	opterr = 0;
	optind = 0;
	getopt_long(1, argv, p->shorts, p->longs, NULL);
	optind = 1;
}

enum rc
opt_parse(const struct opt *table, enum opt_stop stop, const char *who,
    int argc, char *argv[], struct args *globals, struct args *args, int *used,
    struct err *err)
{
	struct parser p;
	bool in_cluster = false;

	parser_init(&p, table, stop, argv);
	for (;;) {
		int before, c;

		if (!in_cluster && optind < argc &&
		    is_dash_word(&p, stop, argv[optind])) {
			words_push(&args->words, argv[optind++]);
			continue;
		}
		before = optind;
		c = getopt_long(argc, argv, p.shorts, p.longs, NULL);
		if (c == -1)
			break;
		in_cluster = optind == before;
		if (c == OPERAND) {
			words_push(&args->words, optarg);
			continue;
		}
		if (c == '?')
			return unknown(&p, who, argv, err);
		if (c == ':')
			return missing(&p, code_of(&p, optopt), err);
		c = code_of(&p, c);
		if (c >= GLOBAL_BASE)
			words_push(&globals->opts[c - GLOBAL_BASE],
			    optarg == NULL ? "" : optarg);
		else
			words_push(&args->opts[c - TABLE_BASE],
			    optarg == NULL ? "" : optarg);
	}
	*used = optind;
	while (stop != OPT_STOP_AT_WORD && *used < argc)
		words_push(&args->words, argv[(*used)++]);
	return RC_OK;
}

enum rc
opt_number(const char *name, const char *text, long max, long *out,
    struct err *err)
{
	long n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			goto bad;
		n = n * 10 + (*p - '0');
		if (n > max)
			goto bad;
	}
	if (*text == '\0' || n == 0)
		goto bad;
	*out = n;
	return RC_OK;
bad:
	return err_set(err, RC_USAGE,
	    "%s takes a number from 1 to %ld, not \"%s\"", name, max, text);
}
