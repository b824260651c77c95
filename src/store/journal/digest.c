#include "digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/file/db.h"

/*
 * Each row is hashed with the ULIDs of what it hangs on in place of row
 * numbers, and the hashes are added up, so that neither numbers nor order
 * matter and nothing has to be sorted.
 */
static const char *const contents[] = {
	"SELECT 'ticket', t.ulid, p.name, t.number, t.type, t.status, "
	"t.category, t.priority, t.deleted, t.no_note, t.created, t.updated, "
	"t.resolved, t.due, t.estimate, t.spent, t.n_comments, t.summary, "
	"t.resolution, t.assignee, t.reporter, t.component, t.parent, t.rank, "
	"t.note, t.description FROM ticket t JOIN prefix p ON p.id = t.prefix",
	"SELECT 'label', t.ulid, s.value FROM label s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'release of', t.ulid, s.value FROM ticket_release s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'found in', t.ulid, s.value FROM found_in s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'relation', t.ulid, s.name, s.value FROM relation s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'link', t.ulid, s.name, s.value FROM link_manual s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'more', t.ulid, s.field, s.value FROM add_more s "
	"JOIN ticket t ON t.id = s.ticket",
	"SELECT 'gone', writer, field, value FROM add_gone",
	"SELECT 'comment', c.ulid, t.ulid, c.created, c.edited, c.hidden, "
	"c.author, c.origin, c.text FROM comment c "
	"JOIN ticket t ON t.id = c.ticket",
	"SELECT 'release', ulid, version, state, deleted, start, target, "
	"released, oid, tag, previous, title, reason, owner, "
	"description FROM release",
	"SELECT 'build', ulid, version, number, deleted, result, time, oid, "
	"ci, url FROM build",
	"SELECT 'meta', name, value FROM meta",
	"SELECT 'no ticket', m.oid, r.bits, j.n FROM no_ticket m "
	"JOIN journal j ON j.seq = m.event JOIN replica r ON r.id = j.replica",
	"SELECT 'counter', kind, name, n FROM counter",
	"SELECT 'op', n, last, undoes, redoes, live, undone FROM op",
	"SELECT 'version', v.kind, v.field, r.bits, j.n, "
	"j.object FROM field_version v JOIN journal j ON j.seq = v.event "
	"JOIN replica r ON r.id = j.replica",
};

/* The finisher of splitmix64 (Steele, Lea, Flood: "Fast splittable
 * pseudorandom number generators", 2014). */
static uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static void
add_word(uint64_t h[2], uint64_t word)
{
	h[0] = (h[0] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	h[0] ^= h[0] >> 32;
	h[1] = (h[1] + word) * UINT64_C(0xff51afd7ed558ccd);
	h[1] ^= h[1] >> 29;
}

static void
add_bytes(uint64_t h[2], const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t word;

	add_word(h, len);
	for (; len >= sizeof(word); p += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		add_word(h, word);
	}
	word = 0;
	if (len > 0)
		memcpy(&word, p, len);
	add_word(h, word);
}

static void
add_row(struct digest *d, sqlite3_stmt *stmt)
{
	uint64_t h[2] = { UINT64_C(0x243f6a8885a308d3),
		UINT64_C(0x13198a2e03707344) };

	for (int i = 0; i < sqlite3_column_count(stmt); i++) {
		const int type = sqlite3_column_type(stmt, i);

		add_word(h, (uint64_t)type);
		if (type == SQLITE_INTEGER)
			add_word(h, (uint64_t)db_int(stmt, i));
		else if (type != SQLITE_NULL)
			add_bytes(h, sqlite3_column_blob(stmt, i),
			    (size_t)sqlite3_column_bytes(stmt, i));
	}
	for (unsigned i = 0; i < 4; i++)
		d->lane[i] += mix(h[i / 2] + (i + 1) * h[(i + 1) % 2]);
}

enum rc
digest_compute(struct store *st, struct digest *out, struct err *err)
{
	enum rc rc = RC_OK;
	bool row;

	*out = (struct digest){ { 0 } };
	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
		sqlite3_stmt *stmt = NULL;

		rc = db_prepare_text(st, &stmt, contents[i], err);
		if (rc != RC_OK)
			return rc;
		while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
			add_row(out, stmt);
		db_finish(st, stmt);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc
store_digest(struct store *st, char out[65], struct err *err)
{
	struct digest d;
	enum rc rc;

	out[0] = '\0';
	if ((rc = digest_compute(st, &d, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < 4; i++)
		snprintf(out + 16 * i, 17, "%016" PRIx64, d.lane[i]);
	return RC_OK;
}
