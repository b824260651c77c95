/* CSV from files: what was read is written so that it reads the same. */
#include <assert.h>
#include <stdint.h>

#include "app/transfer/csv.h"
#include "base/utf8.h"

static void
put_record(const struct csv *c, enum csv_guard guard, struct buf *out)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		csv_put(out, csv_field(c, i), guard);
	}
	buf_puts(out, "\r\n");
}

static void
same(const struct csv *a, const struct csv *b, enum csv_guard guard)
{
	const char *value;
	size_t i;

	assert(a->n == b->n);
	for (i = 0; i < a->n; i++) {
		value = csv_field(b, i);
		if (guard == CSV_GUARDED)
			value = csv_unguard(value);
		assert(strcmp(csv_field(a, i), value) == 0);
	}
}

static void
there_and_back(const struct csv *c, enum csv_guard guard)
{
	struct buf text = BUF_INIT;
	struct csv again;
	bool more;

	/* A first record, so that no field can begin with the file's mark. */
	buf_puts(&text, "key\r\n");
	put_record(c, guard, &text);
	csv_init(&again, text.ptr, text.len);
	assert(csv_read(&again, &more, NULL) == RC_OK && again.n == 1);
	assert(csv_read(&again, &more, NULL) == RC_OK && more);
	same(c, &again, guard);
	assert(csv_read(&again, &more, NULL) == RC_OK && !more);
	csv_release(&again);
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = ERR_INIT;
	struct csv c;
	bool more = true;
	enum rc rc;
	size_t i;

	csv_init(&c, (const char *)data, size);
	while ((rc = csv_read(&c, &more, &err)) == RC_OK && more) {
		assert(c.n > 0 && c.record_line <= c.line);
		for (i = 0; i < c.n; i++)
			assert(utf8_valid(csv_field(&c, i),
			    strlen(csv_field(&c, i))));
		/* One empty field alone is an empty line, which is none. */
		if (c.n == 1 && csv_field(&c, 0)[0] == '\0')
			continue;
		there_and_back(&c, CSV_RAW);
		there_and_back(&c, CSV_GUARDED);
	}
	assert(rc == RC_OK || (rc == RC_INVALID && err.msg[0] != '\0'));
	csv_release(&c);
	return 0;
}
