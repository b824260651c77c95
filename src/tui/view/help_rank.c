#include "help_rank.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/keys/keys.h"

static bool
in_word(char c)
{
	return (c & 0x80) != 0 || (c >= '0' && c <= '9') ||
	    (c >= 'a' && c <= 'z');
}

/* A whole word 1, the beginning of one 2, a part 3; -1: not in text. */
static int
rank_in(const char *text, const char *word)
{
	int best = HELP_RANK_WORST + 1;
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
		bool begins = at == text || !in_word(at[-1]);
		int rank = !begins ? HELP_RANK_WORST : in_word(at[len]) ? 2 : 1;

		best = rank < best ? rank : best;
	}
	return best > HELP_RANK_WORST ? -1 : best;
}

static bool
is_key(const char *keys, const char *word)
{
	size_t len = 0;

	while (keys_token(&keys, &len))
		if (strlen(word) == len && strncmp(keys, word, len) == 0)
			return true;
	return false;
}

int
help_rank(const struct ui *ui, const struct view_class *class,
    const struct action *a, const char *title, const char *folded)
{
	const char *keys = keymap_keys(&ui->keymap, class, a);
	struct buf text = BUF_INIT, fold = BUF_INIT, fold_keys = BUF_INIT;
	int worst = 0;
	size_t len;

	buf_printf(&text, "%s %s %s %s", a->name, keys, a->help, title);
	utf8_fold(&fold, buf_str(&text), text.len);
	utf8_fold(&fold_keys, keys, strlen(keys));
	for (; worst >= 0 && *folded != '\0'; folded += len) {
		char *word;
		int rank;

		folded += strspn(folded, " ");
		len = strcspn(folded, " ");
		if (len == 0)
			break;
		word = mem_strndup(folded, len);
		rank = rank_in(buf_str(&fold), word);
		if (rank > 0 &&
		    (strncmp(a->name, word, len) == 0 ||
			is_key(buf_str(&fold_keys), word)))
			rank = 0;
		worst = rank < 0 || rank > worst ? rank : worst;
		free(word);
	}
	buf_release(&text);
	buf_release(&fold);
	buf_release(&fold_keys);
	return worst;
}
