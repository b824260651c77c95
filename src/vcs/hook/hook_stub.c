#include "hook_stub.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/*
 * The mark stands on the second line: the form of the script and a sum of all
 * that follows, by which an edited one is told.
 */
static const char shebang[] = "#!/bin/sh\n";
static const char mark[] = "# installed by notes, form ";

enum { FORM = 1 };

/* What a hook's failure means to git decides how its script ends. */
enum ending {
	END_EXEC,   /* git ignores its status: become notes */
	END_REFUSE, /* notes may refuse, its faults may not */
	END_NEVER,  /* nothing bypasses this hook: never fail */
	END_INPUT   /* as END_EXEC, with input for a kept hook, too */
};

static const struct {
	const char *name;
	enum ending end;
} endings[] = {
	{ "prepare-commit-msg", END_NEVER },
	{ "commit-msg", END_REFUSE },
	{ "post-rewrite", END_INPUT },
};

static const char about[] =
    "# \"notes hook uninstall\" removes it.  A hook that was here before is "
    "kept\n"
    "# beside it, with " HOOK_KEPT " behind its name, and runs first.\n";

static const char kept_ignored[] = "if [ -x \"$0" HOOK_KEPT "\" ]; then\n"
				   "\t\"$0" HOOK_KEPT "\" \"$@\"\n"
				   "fi\n";

static const char kept_counts[] = "if [ -x \"$0" HOOK_KEPT "\" ]; then\n"
				  "\t\"$0" HOOK_KEPT "\" \"$@\" || exit $?\n"
				  "fi\n";

static const char find[] = "[ -f \"$notes\" ] || notes=notes\n"
			   "command -v \"$notes\" >/dev/null 2>&1 || ";

/* Input can be read once only: both get a copy. */
static const char kept_input[] =
    "if [ -x \"$0" HOOK_KEPT "\" ]; then\n"
    "\tinput=$(cat; echo .)\n"
    "\tprintf %s \"${input%.}\" | \"$0" HOOK_KEPT "\" \"$@\"\n"
    "\tcommand -v \"$notes\" >/dev/null 2>&1 || exit 0\n"
    "\tprintf %s \"${input%.}\" | \"$notes\" hook run post-rewrite \"$@\"\n"
    "\texit 0\n"
    "fi\n";

static enum ending
ending_of(const char *name)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(endings[i].name, name) == 0)
			return endings[i].end;
	return END_EXEC;
}

static void
add_program(struct buf *out, const char *program)
{
	buf_puts(out, "notes='");
	for (const char *p = program; *p != '\0'; p++) {
		if (*p == '\'')
			buf_puts(out, "'\\''");
		else
			buf_putc(out, *p);
	}
	buf_puts(out, "'\n");
}

static void
add_body(struct buf *out, const char *name, const char *program)
{
	const enum ending end = ending_of(name);

	buf_puts(out, about);
	if (end == END_EXEC)
		buf_puts(out, kept_ignored);
	else if (end != END_INPUT)
		buf_puts(out, kept_counts);
	add_program(out, program);
	if (end == END_INPUT) {
		buf_puts(out, "[ -f \"$notes\" ] || notes=notes\n");
		buf_puts(out, kept_input);
		buf_puts(out, "command -v \"$notes\" >/dev/null 2>&1 || ");
	} else {
		buf_puts(out, find);
	}
	buf_puts(out, "exit 0\n");
	if (end == END_EXEC || end == END_INPUT) {
		buf_printf(out, "exec \"$notes\" hook run %s \"$@\"\n", name);
		return;
	}
	buf_printf(out, "\"$notes\" hook run %s \"$@\"\n", name);
	if (end == END_REFUSE)
		buf_puts(out,
		    "# 3 refuses the message; any other failure is a fault of\n"
		    "# notes and must not stop a commit.\n"
		    "[ $? -ne 3 ]\n");
	else
		buf_puts(out, "exit 0\n");
}

static uint64_t
sum(const char *name, const char *s, size_t len)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);

	while (*name != '\0')
		h = (h ^ (unsigned char)*name++) * UINT64_C(0x100000001B3);
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001B3);
	return h;
}

void
hook_stub_build(const char *name, const char *program, struct buf *out)
{
	struct buf body = BUF_INIT;

	add_body(&body, name, program);
	buf_puts(out, shebang);
	buf_printf(out, "%s%d, sum %016" PRIx64 "\n", mark, FORM,
	    sum(name, buf_str(&body), body.len));
	buf_add(out, body.ptr, body.len);
	buf_release(&body);
}

enum hook_text
hook_stub_tell(const char *name, const char *text, size_t len)
{
	const char *p, *body;
	char *end;
	long form;
	uint64_t said;

	if (len != strlen(text) || (p = strstr(text, mark)) == NULL)
		return HOOK_TEXT_FOREIGN;
	form = strtol(p + sizeof(mark) - 1, &end, 10);
	if (p != text + sizeof(shebang) - 1 ||
	    strncmp(text, shebang, sizeof(shebang) - 1) != 0 ||
	    strncmp(end, ", sum ", 6) != 0)
		return HOOK_TEXT_CHANGED;
	said = strtoull(end + 6, &end, 16);
	if (*end != '\n')
		return HOOK_TEXT_CHANGED;
	body = end + 1;
	if (sum(name, body, len - (size_t)(body - text)) != said)
		return HOOK_TEXT_CHANGED;
	return form == FORM ? HOOK_TEXT_OURS : HOOK_TEXT_OLD;
}

char *
hook_stub_program(const char *text)
{
	static const char word[] = "\nnotes='";
	const char *p = strstr(text, word);
	struct buf out = BUF_INIT;

	if (p == NULL)
		return NULL;
	for (p += sizeof(word) - 1; *p != '\0' && *p != '\n'; p++) {
		if (strncmp(p, "'\\''", 4) == 0) {
			buf_putc(&out, '\'');
			p += 3;
		} else if (*p == '\'') {
			return buf_detach(&out);
		} else {
			buf_putc(&out, *p);
		}
	}
	buf_release(&out);
	return NULL;
}
