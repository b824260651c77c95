#include "hook_message.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "message/reference.h"
#include "store/ticket.h"

/* core.commentChar is one character; "auto" and strings mean '#' here. */
static char
comment_char(const struct app *a)
{
	const char *c = config_get(&a->config, "core.commentchar");

	return c != NULL && c[0] != '\0' && c[1] == '\0' ? c[0] : '#';
}

static size_t
line_len(const char *p, const char *end)
{
	const char *eol = memchr(p, '\n', (size_t)(end - p));

	return eol == NULL ? (size_t)(end - p) : (size_t)(eol - p) + 1;
}

void
hook_message_strip(const struct app *a, const char *text, size_t len,
    struct buf *out)
{
	static const char scissors[] = " ------------------------ >8";
	const char *p = text, *end = text + len;
	char c = comment_char(a);
	size_t n;

	while (p < end) {
		n = line_len(p, end);
		if (n > sizeof scissors && *p == c &&
		    memcmp(p + 1, scissors, sizeof scissors - 1) == 0)
			return;
		if (*p != c)
			buf_add(out, p, n);
		p += n;
	}
}

static void
say(struct strv *lines, char *line)
{
	strv_take(lines, utf8_clean_dup(line, UTF8_ONE_LINE));
	free(line);
}

static void
check_reference(struct app *a, const struct reference *r, struct strv *lines,
    size_t *unknown)
{
	char typed[TICKET_KEY_MAX], meant[TICKET_KEY_MAX];
	struct ticket_key found;
	struct err e = ERR_INIT;

	ticket_key_format(&r->key, typed);
	if (r->typo) {
		if (!store_ticket_exists(a->store, &r->meant))
			return;
		ticket_key_format(&r->meant, meant);
		say(lines,
		    mem_printf("%s is no key here: did you mean %s?", typed,
			meant));
		(*unknown)++;
		return;
	}
	if (store_ticket_exists(a->store, &r->key))
		return;
	if (app_key(a, typed, &found, &e) != RC_OK)
		say(lines, mem_strdup(e.msg));
	(*unknown)++;
}

/* True when the list of tracker.refuse names the word. */
static bool
refuses(const struct app *a, const char *word)
{
	const char *list = app_config(a, "refuse");

	return list != NULL && strstr(list, word) != NULL;
}

/* Subjects that git writes by itself, or folds into another commit's. */
static bool
is_of_git(const char *message)
{
	static const char *const begins[] = { "Merge branch ",
		"Merge branches ", "Merge remote-tracking branch ",
		"Merge tag ", "Merge commit ", "Merge pull request ",
		"Revert \"", "Reapply \"", "fixup! ", "squash! ", "amend! " };
	size_t i;

	for (i = 0; i < sizeof begins / sizeof begins[0]; i++)
		if (strncmp(message, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

enum rc
hook_message_check(struct app *a, const char *text, size_t len,
    struct strv *lines, bool *refuse, struct err *err)
{
	struct reference_list refs = { 0 };
	struct buf message = BUF_INIT;
	size_t i, unknown = 0, claims = 0;
	struct grammar g;

	(void)err;
	hook_message_strip(a, text, len, &message);
	app_grammar(a, &g);
	reference_parse(buf_str(&message), message.len, &g, &refs);
	for (i = 0; i < refs.n; i++) {
		check_reference(a, &refs.v[i], lines, &unknown);
		claims += !refs.v[i].typo && refs.v[i].role >= LINK_CLAIMS;
	}
	if (unknown > 0 && refuses(a, "unknown-key")) {
		*refuse = true;
		say(lines,
		    mem_printf("refused for an unknown key "
			       "(tracker.refuse; git commit --no-verify "
			       "passes it)"));
	} else if (claims == 0 && refuses(a, "no-key") &&
	    !is_of_git(buf_str(&message))) {
		*refuse = true;
		say(lines,
		    mem_printf("refused, no ticket is named: begin with "
			       "[%s-1] or the like (tracker.refuse; git commit "
			       "--no-verify passes it)",
			a->prefixes.n > 0 ? a->prefixes.v[0] : "KEY"));
	}
	reference_list_release(&refs);
	buf_release(&message);
	return RC_OK;
}

static bool
names_a_key(const struct app *a, const char *text, size_t len)
{
	struct reference_list refs = { 0 };
	struct buf message = BUF_INIT;
	struct grammar g;
	bool found;

	hook_message_strip(a, text, len, &message);
	app_grammar(a, &g);
	reference_parse(buf_str(&message), message.len, &g, &refs);
	found = refs.n > 0;
	reference_list_release(&refs);
	buf_release(&message);
	return found;
}

/* The key of a ticket that the branch is named after. */
static bool
branch_key(struct app *a, char shown[TICKET_KEY_MAX])
{
	struct vcs_head head = { 0 };
	struct ticket_key key;
	struct grammar g;
	bool found;

	app_grammar(a, &g);
	found = a->vcs != NULL && vcs_head(a->vcs, &head, NULL) == RC_OK &&
	    head.branch != NULL &&
	    reference_from_branch(head.branch, &g, &key) &&
	    store_ticket_exists(a->store, &key);
	if (found)
		ticket_key_format(&key, shown);
	vcs_head_release(&head);
	return found;
}

/* The words that prepare puts first on this branch; false when it does not. */
static bool
branch_lead(struct app *a, struct buf *out)
{
	const char *form = app_config(a, "subject"), *at;
	char shown[TICKET_KEY_MAX];

	if (!branch_key(a, shown))
		return false;
	if (form == NULL || strstr(form, "{key}") == NULL)
		form = "[{key}] ";
	at = strstr(form, "{key}");
	buf_add(out, form, (size_t)(at - form));
	buf_puts(out, shown);
	buf_puts(out, at + strlen("{key}"));
	return true;
}

/*
 * "fix: x" (https://www.conventionalcommits.org/en/v1.0.0/) must keep its first
 * word for other tools: the length of its type, or 0.
 */
static size_t
conventional_type(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] >= 'a' && text[n] <= 'z')
		n++;
	if (n == 0 || n == len)
		return 0;
	if (text[n] == '(')
		return n;
	return (text[n] == ':' ||
		   (text[n] == '!' && n + 1 < len && text[n + 1] == ':'))
	    ? n
	    : 0;
}

static size_t
trimmed(const struct buf *b)
{
	size_t n = b->len;

	while (n > 0 && strchr(" \t\r\n", b->ptr[n - 1]) != NULL)
		n--;
	return n;
}

bool
hook_message_is_lead(struct app *a, const char *text, size_t len)
{
	struct buf lead = BUF_INIT, message = BUF_INIT;
	bool same = false;

	if (branch_lead(a, &lead)) {
		hook_message_strip(a, text, len, &message);
		same = trimmed(&message) == trimmed(&lead) &&
		    memcmp(buf_str(&message), buf_str(&lead), trimmed(&lead)) ==
			0;
	}
	buf_release(&lead);
	buf_release(&message);
	return same;
}

bool
hook_message_prepare(struct app *a, const char *text, size_t len,
    struct buf *out)
{
	char shown[TICKET_KEY_MAX];
	size_t n;

	/* fixup! and squash! must keep their first word for git to see. */
	if (len > 7 &&
	    (memcmp(text, "fixup! ", 7) == 0 ||
		(len > 8 && memcmp(text, "squash! ", 8) == 0) ||
		memcmp(text, "amend! ", 7) == 0))
		return false;
	if (names_a_key(a, text, len))
		return false;
	if ((n = conventional_type(text, len)) > 0) {
		/* The key goes where a scope stands, unless there is one. */
		if (text[n] == '(' || !branch_key(a, shown))
			return false;
		buf_add(out, text, n);
		buf_printf(out, "(%s)", shown);
		buf_add(out, text + n, len - n);
		return true;
	}
	if (!branch_lead(a, out))
		return false;
	buf_add(out, text, len);
	return true;
}
