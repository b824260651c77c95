/*
 * libFuzzer harness: the first byte chooses the parser, the rest is its text.
 * What was accepted must survive being written and read again.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/event.h"
#include "model/filter.h"
#include "model/ticket.h"

static void
fuzz_filter(const char *text, bool live)
{
	struct filter_context ctx = { .me = "me",
		.prefix = "NOTE",
		.now = 1716000000,
		.live = live };
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct workflow wf;
	struct filter *f;

	workflow_default(&wf);
	ctx.workflow = &wf;
	if (filter_parse(text, &ctx, &f, &err) == RC_OK)
		filter_explain(f, &out);
	else
		assert(f == NULL && err.msg[0] != '\0');
	filter_free(f);
	buf_release(&out);
}

static void
fuzz_event(const char *text, size_t len)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct event ev;

	if (event_decode(text, len, &ev, NULL) != RC_OK)
		return;
	event_encode(&ev, &once);
	event_release(&ev);
	if (event_decode(buf_str(&once), once.len, &ev, NULL) != RC_OK)
		abort();
	event_encode(&ev, &twice);
	if (strcmp(buf_str(&once), buf_str(&twice)) != 0)
		abort();
	event_release(&ev);
	buf_release(&once);
	buf_release(&twice);
}

static void
fuzz_change(const char *text)
{
	struct change_list l = { 0 };
	struct workflow wf;
	struct change *c;
	char *again;

	workflow_default(&wf);
	if (change_parse(text, &l, NULL) != RC_OK) {
		assert(l.n == 0);
		return;
	}
	c = &l.v[0];
	/* A span comes out as plain seconds, which a user would not type. */
	if (change_check(c, &wf, 1716000000, NULL) == RC_OK &&
	    c->value != NULL && ticket_fields[c->field].kind != FIELD_SPAN) {
		again = strdup(c->value);
		if (change_check(c, &wf, 1716000000, NULL) != RC_OK ||
		    strcmp(again, c->value) != 0)
			abort();
		free(again);
	}
	change_list_release(&l);
}

static void
fuzz_key(const char *text, size_t len)
{
	struct ticket_key key, other;
	char out[TICKET_KEY_MAX];

	if (!ticket_key_parse(text, len, &key))
		return;
	ticket_key_format(&key, out);
	if (!ticket_key_parse(out, strlen(out), &other) ||
	    !ticket_key_equal(&key, &other))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sort sort;
	char *text;

	if (size == 0)
		return 0;
	text = malloc(size);
	if (text == NULL)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	switch (data[0] % 6) {
	case 0:
	case 1:
		fuzz_filter(text, data[0] % 6 == 1);
		break;
	case 2:
		fuzz_event(text, size - 1);
		break;
	case 3:
		fuzz_change(text);
		break;
	case 4:
		fuzz_key(text, size - 1);
		break;
	case 5:
		sort_parse(text, &sort, NULL);
		break;
	}
	free(text);
	return 0;
}
