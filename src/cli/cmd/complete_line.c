#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "complete.h"

/* Where in a command line the last word stands. */
struct place {
	const struct cmd *cmd;     /* NULL: not named yet */
	size_t operand;            /* how many stand before */
	const struct opt *pending; /* an option that waits for its value */
	bool dashes;               /* "--" stands before */
	bool plain;                /* --plain does */
	const char *screen;        /* which is named behind it, or NULL */
};

static const struct opt *
find_in(const struct opt *table, const char *word)
{
	size_t n;

	for (; table != NULL && table->name != NULL; table++) {
		if (word[1] != '-') {
			if (table->letter != 0 && word[1] == table->letter &&
			    word[2] == '\0')
				return table;
			continue;
		}
		n = strlen(table->name);
		if (strncmp(word + 2, table->name, n) == 0 &&
		    (word[2 + n] == '\0' || word[2 + n] == '='))
			return table;
	}
	return NULL;
}

static const struct opt *
find_opt(const struct cmd *cmd, const char *word)
{
	const struct opt *opt = NULL;

	if (cmd != NULL)
		opt = find_in(cmd->opts, word);
	return opt != NULL ? opt : find_in(global_opts, word);
}

/* Goes past one whole word. */
static void
pass(const struct cli *c, struct place *p, const char *word)
{
	const struct opt *opt;
	const struct cmd *sub;

	if (p->pending != NULL) {
		p->pending = NULL;
		return;
	}
	if (word[0] == '-' && word[1] != '\0' && !p->dashes) {
		if (strcmp(word, "--") == 0) {
			p->dashes = true;
			return;
		}
		opt = find_opt(p->cmd, word);
		if (opt != NULL && opt->arg != NULL &&
		    strchr(word, '=') == NULL)
			p->pending = opt;
		if (opt == &global_opts[GLOBAL_PLAIN])
			p->plain = true;
		if (opt != NULL)
			return;
	}
	if (p->cmd == NULL) {
		p->cmd = cmd_find(commands, word);
		if (p->plain && p->screen == NULL &&
		    (p->cmd == NULL || p->cmd->screen) &&
		    c->screens->is_screen(word)) {
			p->screen = word;
			p->cmd = NULL;
		}
		return;
	}
	if (p->cmd->subs != NULL &&
	    (sub = cmd_find(p->cmd->subs, word)) != NULL) {
		p->cmd = sub;
		return;
	}
	p->operand++;
}

static void
offer_options(struct cli *c, const struct opt *table, const char *start)
{
	struct buf name = BUF_INIT, help = BUF_INIT;

	for (; table != NULL && table->name != NULL; table++) {
		buf_clear(&name);
		buf_printf(&name, "--%s%s", table->name,
		    table->arg == NULL ? "" : "=");
		if (strncmp(buf_str(&name), start, strlen(start)) != 0)
			continue;
		out_field(&c->out, buf_str(&name));
		buf_clear(&help);
		usage_option(table, &help);
		out_field(&c->out, buf_str(&help));
		out_end(&c->out);
	}
	buf_release(&name);
	buf_release(&help);
}

static void
offer_subs(struct cli *c, const struct cmd *cmd, const char *start)
{
	for (size_t i = 0; cmd->subs[i] != NULL; i++) {
		if (strncmp(cmd->subs[i]->name, start, strlen(start)) != 0)
			continue;
		out_field(&c->out, cmd->subs[i]->name);
		out_field(&c->out, cmd->subs[i]->help);
		out_end(&c->out);
	}
}

/* The n-th of the fields separated by spaces; the last stands for the rest. */
static char *
nth_field(const char *fields, size_t n)
{
	size_t len;

	for (;;) {
		len = strcspn(fields, " ");
		if (n-- == 0 || fields[len] == '\0')
			return mem_strndup(fields, len);
		fields += len + 1;
	}
}

/* Screens, or what one of them shows. */
static void
offer_screens(struct cli *c, const struct place *p, const char *start)
{
	static const struct {
		const char *takes, *field;
	} fields[] = { { "KEY", "key" }, { "[VERSION]", "release" } };
	struct strv names = STRV_INIT;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (p->screen != NULL &&
		    strcmp(c->screens->screen_takes(p->screen),
			fields[i].takes) == 0)
			complete_field(c, fields[i].field, "", start);
	if (p->screen != NULL)
		return;
	c->screens->screen_names(&names);
	for (size_t i = 0; i < names.n; i++) {
		if (strncmp(names.v[i], start, strlen(start)) != 0 ||
		    cmd_find(commands, names.v[i]) != NULL)
			continue;
		out_field(&c->out, names.v[i]);
		out_field(&c->out, "a screen as text");
		out_end(&c->out);
	}
	strv_release(&names);
}

static void
offer_operand(struct cli *c, const struct place *p, const char *start)
{
	char *field;

	if (p->cmd == NULL && p->plain)
		offer_screens(c, p, start);
	if (p->screen != NULL)
		return;
	if (p->cmd == NULL) {
		complete_field(c, "command", "", start);
	} else if (p->cmd->subs != NULL) {
		offer_subs(c, p->cmd, start);
	} else if (p->cmd->values != NULL) {
		field = nth_field(p->cmd->values, p->operand);
		complete_field(c, field, "", start);
		free(field);
	}
}

void
complete_line(struct cli *c, const struct words *w, size_t from)
{
	struct place p = { 0 };
	const char *cur = w->n > from ? w->v[w->n - 1] : "";
	const char *equals = strchr(cur, '=');
	const struct opt *opt;
	char *lead;

	for (size_t i = from; i + 1 < w->n; i++)
		pass(c, &p, w->v[i]);
	if (p.pending != NULL) {
		if (p.pending->values != NULL)
			complete_field(c, p.pending->values, "", cur);
		return;
	}
	if (strncmp(cur, "--", 2) == 0 && equals != NULL && !p.dashes) {
		opt = find_opt(p.cmd, cur);
		if (opt == NULL || opt->values == NULL)
			return;
		lead = mem_strndup(cur, (size_t)(equals + 1 - cur));
		complete_field(c, opt->values, lead, equals + 1);
		free(lead);
		return;
	}
	if (cur[0] == '-' && !p.dashes) {
		if (p.cmd != NULL)
			offer_options(c, p.cmd->opts, cur);
		offer_options(c, global_opts, cur);
		if (p.cmd == NULL || p.cmd->stop != OPT_DASH_WORDS ||
		    cur[1] == '\0' || cur[1] == '-')
			return;
	}
	offer_operand(c, &p, cur);
}
