/* What mends a doubt: in words, as a command, and done. */
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "hub_priv.h"
#include "model/workflow.h"
#include "app/app.h"

/* %k the key, %v this release, %t the other one, %c the commit. */
static const struct {
	const char *words, *command;
} texts[] = {
	[HUB_FIX_NONE] = { "", "" },
	[HUB_FIX_CLOSE] = { "close %k", "notes close %k" },
	[HUB_FIX_REOPEN] = { "reopen %k", "notes reopen %k" },
	[HUB_FIX_ACCEPT] = { "%k was fixed", "notes close %k --as fixed" },
	[HUB_FIX_ADD] = { "put %k into %v", "notes edit %k release+=%v" },
	[HUB_FIX_MOVE] = { "move %k to %t",
	    "notes edit %k release-=%v release+=%t" },
	[HUB_FIX_NO_NOTE] = { "keep %k out of the notes",
	    "notes edit %k no-note=yes" },
	[HUB_FIX_LINK] = { "link the commit to %k", "notes link %k %c" },
	[HUB_FIX_NOTE] = { "write the note of %k", "notes edit %k" },
	[HUB_FIX_OPEN] = { "open %k", "notes show %k" },
	[HUB_FIX_DIFF] = { "look at the commit", "notes scan --explain %c" },
	[HUB_FIX_UNLINKED] = { "look at those commits", "notes unlinked %v" },
	[HUB_FIX_STATE] = { "publish %v", "notes release publish %v" },
};

/* Out of this release, where there is no other to go to. */
static const char take_out_words[] = "take %k out of %v",
		  take_out_command[] = "notes edit %k release-=%v";

static void
fill(const char *pattern, const struct hub *hub, const struct hub_warning *w,
    struct buf *out)
{
	char hex[OID_HEX_MAX + 1];

	for (; *pattern != '\0'; pattern++) {
		if (*pattern != '%') {
			buf_putc(out, *pattern);
			continue;
		}
		switch (*++pattern) {
		case 'k':
			buf_puts(out, w->key);
			break;
		case 'v':
			buf_puts(out, hub->release.version);
			break;
		case 't':
			buf_puts(out, w->to == NULL ? "" : w->to);
			break;
		default:
			oid_to_hex(&w->commit, hex);
			hex[hex[0] == '\0' ? 0 : 12] = '\0';
			buf_puts(out, hex);
			break;
		}
	}
}

void
hub_fix_words(const struct hub *hub, const struct hub_warning *w,
    enum hub_fix fix, struct buf *out)
{
	fill(fix == HUB_FIX_MOVE && w->to == NULL ? take_out_words
						  : texts[fix].words,
	    hub, w, out);
}

void
hub_fix_command(const struct hub *hub, const struct hub_warning *w,
    enum hub_fix fix, struct buf *out)
{
	fill(fix == HUB_FIX_MOVE && w->to == NULL ? take_out_command
						  : texts[fix].command,
	    hub, w, out);
}

static enum rc
change(struct app *a, const struct ticket_key *key, struct change_list *l,
    struct err *err)
{
	size_t changed;
	enum rc rc = app_ticket_change(a, key, 1, l, &changed, err);

	change_list_release(l);
	return rc;
}

static enum rc
status(struct app *a, const struct ticket_key *key, enum category category,
    const char *resolution, struct err *err)
{
	const struct status *s = workflow_first(app_workflow(a), category);
	size_t changed;

	if (s == NULL)
		return err_set(err, RC_INVALID, "no status is of category %s",
		    category_name(category));
	return app_ticket_status(a, key, 1, s->name, resolution, &changed, err);
}

enum rc
app_hub_fix(struct app *a, const struct hub *hub, const struct hub_warning *w,
    enum hub_fix fix, struct err *err)
{
	const char *version = hub->release.version;
	struct change_list l = { 0 };
	char hex[OID_HEX_MAX + 1];
	struct ticket_key key;

	if (fix == HUB_FIX_NONE || fix > HUB_FIX_LINK ||
	    !ticket_key_parse(w->key, strlen(w->key), &key))
		return err_set(err, RC_INVALID, "nothing mends this by itself");
	switch (fix) {
	case HUB_FIX_CLOSE:
		return status(a, &key, CATEGORY_DONE, NULL, err);
	case HUB_FIX_REOPEN:
		return status(a, &key, CATEGORY_TODO, NULL, err);
	case HUB_FIX_ACCEPT:
		return status(a, &key, CATEGORY_DONE, "fixed", err);
	case HUB_FIX_LINK:
		oid_to_hex(&w->commit, hex);
		return app_ticket_link(a, &key, hex, false, err);
	case HUB_FIX_ADD:
		change_push(&l, CHANGE_ADD, TF_RELEASE, version);
		break;
	case HUB_FIX_MOVE:
		change_push(&l, CHANGE_REMOVE, TF_RELEASE, version);
		if (w->to != NULL)
			change_push(&l, CHANGE_ADD, TF_RELEASE, w->to);
		break;
	default:
		change_push(&l, CHANGE_SET, TF_NO_NOTE, "yes");
		break;
	}
	return change(a, &key, &l, err);
}
