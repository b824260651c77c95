#include "app/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "base/mem.h"
#include "scan_priv.h"
#include "store/history.h"

/* Counts up when the same message would be read differently. */
#define SCAN_FORMAT 3

/* A hook leaves a long history to the next command. */
#define HOOK_COMMITS_MAX 2000

/* Reading without the lock; then it is taken first. */
#define TRIES_MAX 3

/* What the stored history was read with. */
static void
signature(const struct app *a, struct buf *out)
{
	const char *mainline = app_config(a, "mainline");
	size_t i;

	buf_printf(out, "%d hash=%d mainline=%s", SCAN_FORMAT, a->hash,
	    mainline == NULL ? "" : mainline);
	for (i = 0; i < a->prefixes.n; i++)
		buf_printf(out, " %s", a->prefixes.v[i]);
	/* What lies behind a moved edge is older than all that is known. */
	if (vcs_is_shallow(a->vcs))
		buf_printf(out, " shallow=%llx",
		    (unsigned long long)vcs_shallow_digest(a->vcs));
}

static enum rc
local_is(struct app *a, const char *name, const char *value, bool *same,
    struct err *err)
{
	char *old = NULL;
	enum rc rc = store_local_get(a->store, name, &old, err);

	*same = rc == RC_OK && old != NULL && strcmp(old, value) == 0;
	free(old);
	return rc;
}

/* The text by which the refs are known again. */
static enum rc
refs_digest(struct app *a, struct buf *out, struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	enum rc rc = vcs_refs(a->vcs, &refs, err);

	if (rc == RC_OK)
		buf_printf(out, "%016llx",
		    (unsigned long long)vcs_refs_digest(&refs));
	vcs_ref_list_release(&refs);
	return rc;
}

/* The times of refs were too young to be trusted when they were scanned.
 * Keeping them only saves time: not being able to is no failure. */
static void
keep_stamp(struct app *a, const struct buf *stamp)
{
	struct err quiet = ERR_INIT;

	if (a->readonly || a->mode != APP_WRITE || stamp->len == 0 ||
	    store_begin(a->store, &quiet) != RC_OK)
		return;
	if (store_local_set(a->store, "scan.stamp", buf_str(stamp), &quiet) !=
		RC_OK ||
	    store_commit(a->store, &quiet) != RC_OK)
		store_rollback(a->store);
}

/* Nothing has moved since the last scan: no object is read for that answer,
 * and no ref either while the times of their folders tell. */
static enum rc
nothing_new(struct app *a, const struct buf *sig, struct buf *now, bool *same,
    struct err *err)
{
	struct buf text = BUF_INIT;
	char *stamp = NULL, *releases = NULL;
	enum rc rc;

	*same = false;
	if ((rc = local_is(a, "scan.signature", buf_str(sig), same, err)) !=
		RC_OK ||
	    !*same)
		return rc;
	*same = false;
	/* Whoever changes a release takes this away (scan_forget_releases). */
	if ((rc = store_local_get(a->store, "scan.releases", &releases, err)) !=
		RC_OK ||
	    releases == NULL || releases[0] == '\0')
		goto out;
	rc = store_local_get(a->store, "scan.stamp", &stamp, err);
	if (rc != RC_OK)
		goto out;
	*same = stamp != NULL && vcs_refs_unmoved(a->vcs, stamp);
	if (*same)
		goto out;
	/* Taken before the refs are read: what moves in between shows. */
	vcs_refs_stamp(a->vcs, now);
	if ((rc = refs_digest(a, &text, err)) == RC_OK)
		rc = local_is(a, "scan.refs", buf_str(&text), same, err);
out:
	free(stamp);
	free(releases);
	buf_release(&text);
	return rc;
}

enum rc
scan_forget_releases(struct app *a, struct err *err)
{
	return store_local_set(a->store, "scan.releases", "", err);
}

/* The refs of the last scan, and which commits were told then. */
struct before {
	struct strv names, hexes;
	struct oid *hidden; /* commits of all of them */
	size_t n_hidden;
	struct oid *moved; /* of those that are not where they were */
	size_t n_moved;
	bool known; /* something was scanned before */
};

static void
before_release(struct before *b)
{
	strv_release(&b->names);
	strv_release(&b->hexes);
	free(b->hidden);
	free(b->moved);
	*b = (struct before){ 0 };
}

/*
 * Refs that stand where they stood lead to what is known; of the others the
 * store tells.  Both lists are sorted by name.
 */
static enum rc
before_load(struct app *a, struct before *b, const struct scan_tips *t,
    struct err *err)
{
	struct oid oid;
	uint32_t id;
	enum rc rc;
	size_t i, k = 0;

	rc = store_history_max(a->store, &id, NULL, err);
	b->known = id != 0;
	if (rc != RC_OK ||
	    (rc = store_refs_load(a->store, &b->names, &b->hexes, err)) !=
		RC_OK)
		return rc;
	b->hidden = mem_calloc(b->hexes.n + 1, sizeof *b->hidden);
	b->moved = mem_calloc(b->hexes.n + 1, sizeof *b->moved);
	for (i = 0; i < b->hexes.n && rc == RC_OK; i++) {
		while (k < t->names.n &&
		    strcmp(t->names.v[k], b->names.v[i]) < 0)
			k++;
		if (k < t->names.n &&
		    strcmp(t->names.v[k], b->names.v[i]) == 0 &&
		    strcmp(t->hexes.v[k], b->hexes.v[i]) == 0) {
			if (!oid_is_none(&t->commits[k]))
				b->hidden[b->n_hidden++] = t->commits[k];
			continue;
		}
		if (!oid_from_hex(&oid, b->hexes.v[i], strlen(b->hexes.v[i])))
			continue;
		rc = store_history_find(a->store, &oid, &id, err);
		if (rc == RC_OK && id != 0) {
			b->hidden[b->n_hidden++] = oid;
			b->moved[b->n_moved++] = oid;
		}
	}
	return rc;
}

static bool
tags_moved(const struct before *b, const struct scan_tips *t)
{
	size_t i, k = 0, was = 0;

	for (i = 0; i < b->names.n; i++)
		was += strncmp(b->names.v[i], "refs/tags/", 10) == 0;
	for (i = 0; i < t->names.n; i++) {
		if (strncmp(t->names.v[i], "refs/tags/", 10) != 0)
			continue;
		while (k < b->names.n &&
		    strcmp(b->names.v[k], t->names.v[i]) < 0)
			k++;
		if (k == b->names.n ||
		    strcmp(b->names.v[k], t->names.v[i]) != 0 ||
		    strcmp(b->hexes.v[k], t->hexes.v[i]) != 0)
			return true;
		was--;
	}
	return was != 0;
}

/*
 * A ref may have lost commits when the one that it named is neither named by
 * another nor a parent of a commit that is new: new commits are all reached.
 */
static bool
lost_commits(const struct before *b, const struct scan_tips *t,
    const struct scan_batch *batch)
{
	struct oid_map held = { 0 };
	bool lost = false;
	size_t i;

	for (i = 0; i < t->n_all; i++)
		oid_map_add(&held, &t->all[i], 1);
	for (i = 0; i < batch->n_parents; i++)
		oid_map_add(&held, &batch->parents[i], 1);
	for (i = 0; i < b->n_moved && !lost; i++)
		lost = !oid_map_get(&held, &b->moved[i], NULL);
	oid_map_release(&held);
	return lost;
}

static bool
is_known(void *arg, const struct oid *oid)
{
	const struct scan_batch *b = arg;
	uint32_t id = 0;

	return store_history_find(b->app->store, oid, &id, NULL) == RC_OK &&
	    id != 0;
}

static bool
take_commit(const struct commit *c, void *arg)
{
	struct scan_batch *b = arg;

	return scan_batch_commit(c, b) &&
	    (b->app->mode != APP_HOOK || b->n < HOOK_COMMITS_MAX);
}

static enum rc
read_history(struct app *a, struct scan_batch *b, const struct scan_tips *t,
    const struct before *old, struct err *err)
{
	struct vcs_walk w = { .tips = t->all,
		.n_tips = t->n_all,
		.fn = take_commit,
		.arg = b };

	if (t->n_all == 0)
		return RC_OK;
	if (!b->fresh) {
		w.known = is_known;
		w.hidden = old->hidden;
		w.n_hidden = old->n_hidden;
	}
	return vcs_walk(a->vcs, &w, err);
}

/* The mainline's tips, for the next scan to see what left it. */
static enum rc
remember_mainline(struct app *a, const struct scan_tips *t, struct err *err)
{
	struct buf text = BUF_INIT;
	char hex[OID_HEX_MAX + 1];
	enum rc rc;
	size_t i;

	for (i = 0; i < t->n_mainline; i++) {
		oid_to_hex(&t->mainline[i], hex);
		buf_printf(&text, "%s%s", i == 0 ? "" : " ", hex);
	}
	rc = store_local_set(a->store, "scan.mainline", buf_str(&text), err);
	buf_release(&text);
	return rc;
}

static enum rc
remember(struct app *a, const struct scan_tips *t, const struct buf *sig,
    const struct buf *releases, struct err *err)
{
	char digest[17];
	enum rc rc;

	snprintf(digest, sizeof digest, "%016llx",
	    (unsigned long long)t->digest);
	if ((rc = store_local_set(a->store, "scan.stamp", buf_str(&t->stamp),
		 err)) != RC_OK ||
	    (rc = store_refs_save(a->store, &t->names, &t->hexes, err)) !=
		RC_OK ||
	    (rc = store_local_set(a->store, "scan.refs", digest, err)) !=
		RC_OK ||
	    (rc = remember_mainline(a, t, err)) != RC_OK ||
	    (rc = store_local_set(a->store, "scan.releases", buf_str(releases),
		 err)) != RC_OK)
		return rc;
	rc = store_local_set(a->store, "scan.signature", buf_str(sig), err);
	return rc == RC_OK ? scan_totals_keep(a, err) : rc;
}

/*
 * A commit acts once, when it lands: reading everything again does nothing for
 * those that had landed before, not even on tickets that have come since.
 */
static enum rc
forget_landed(struct app *a, struct scan_batch *b, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;
	bool on;

	for (i = 0; i < b->n && rc == RC_OK; i++) {
		if (b->v[i].message_len == 0)
			continue;
		rc = scan_reach_known(a, &b->v[i].oid, &on, err);
		if (on)
			b->v[i].message_len = 0;
	}
	return rc;
}

/*
 * The digest of releases, and whether it is that of the last scan.  Whoever
 * changes a release takes the kept one away, so it need not be made anew for
 * every commit.
 */
static enum rc
releases_now(struct app *a, struct buf *out, bool *same, struct err *err)
{
	char *kept = NULL;
	enum rc rc = store_local_get(a->store, "scan.releases", &kept, err);

	*same = rc == RC_OK && kept != NULL && kept[0] != '\0';
	if (*same)
		buf_puts(out, kept);
	else if (rc == RC_OK)
		rc = scan_release_digest(a, out, err);
	free(kept);
	return rc;
}

/* Inside the transaction: write what was read, then all that follows. */
static enum rc
settle(struct app *a, struct scan_batch *b, const struct scan_tips *t,
    const struct before *old, const struct buf *sig, struct scan_result *out,
    struct err *err)
{
	struct scan_reach reach = { 0 };
	struct buf releases = BUF_INIT;
	int64_t added;
	bool same;
	enum rc rc = RC_OK;

	if (app_config(a, "tags") != NULL && tags_moved(old, t))
		rc = app_release_import_tags(a, &added, err);
	if (rc == RC_OK)
		rc = releases_now(a, &releases, &same, err);
	if (rc != RC_OK)
		goto out;
	reach.relabel = !same;
	reach.rewound = lost_commits(old, t, b);
	reach.moved = old->moved;
	reach.n_moved = old->n_moved;
	scan_batch_sort(b);
	if (b->fresh && old->known && (rc = forget_landed(a, b, err)) != RC_OK)
		goto out;
	if ((rc = scan_reach_prepare(a, b, t, &reach, err)) != RC_OK ||
	    (rc = scan_write(a, b, &out->new_commits, err)) != RC_OK ||
	    (rc = scan_reach_finish(a, b, t, &reach, err)) != RC_OK)
		goto out;
	/* Emptied tables do not tell what is gone: the ledger will. */
	if (b->fresh && old->known)
		reach.removed = 1;
	out->removed = b->fresh ? 0 : reach.removed;
	if (reach.removed != 0 && (rc = scan_carry_links(a, b, err)) != RC_OK)
		goto out;
	if ((rc = scan_effects(a, b, &reach, &out->warnings, err)) == RC_OK)
		rc = remember(a, t, sig, &releases, err);
out:
	scan_reach_release(&reach);
	buf_release(&releases);
	return rc;
}

/* How many scans have been written; each counts it up. */
static enum rc
generation(struct app *a, int64_t *n, struct err *err)
{
	char *text = NULL;
	enum rc rc = store_local_get(a->store, "scan.generation", &text, err);

	*n = text == NULL ? 0 : strtoll(text, NULL, 10);
	free(text);
	return rc;
}

static enum rc
next_generation(struct app *a, int64_t n, struct err *err)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, n + 1);
	return store_local_set(a->store, "scan.generation", text, err);
}

static enum rc
scan_read(struct app *a, bool full, const struct buf *sig, struct scan_batch *b,
    struct scan_tips *tips, struct before *old, struct err *err)
{
	bool same;
	enum rc rc;

	if ((rc = local_is(a, "scan.signature", buf_str(sig), &same, err)) !=
		RC_OK ||
	    (rc = scan_tips(a, tips, err)) != RC_OK ||
	    (rc = before_load(a, old, tips, err)) != RC_OK)
		return rc;
	app_grammar(a, &b->grammar);
	b->fresh = full || !same || !old->known;
	return read_history(a, b, tips, old, err);
}

/*
 * Reading holds no lock; only what was found is written under one.  Where
 * another scan was written in between, what was read is out of date: *again.
 * With locked nobody can come in between.
 */
static enum rc
scan_try(struct app *a, bool full, bool locked, const struct buf *sig,
    bool *again, struct scan_result *out, struct err *err)
{
	struct scan_batch b = { .app = a };
	struct scan_tips tips = { 0 };
	struct before old = { 0 };
	int64_t was = 0, now = 0;
	bool begun = false;
	enum rc rc;

	*again = false;
	if (locked && (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	begun = locked;
	if ((rc = generation(a, &was, err)) != RC_OK ||
	    (rc = scan_read(a, full, sig, &b, &tips, &old, err)) != RC_OK)
		goto out;
	if (!locked && (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	begun = true;
	if ((rc = generation(a, &now, err)) != RC_OK)
		goto out;
	*again = was != now;
	if (*again)
		goto out;
	if ((rc = settle(a, &b, &tips, &old, sig, out, err)) == RC_OK)
		rc = next_generation(a, now, err);
	if (rc == RC_OK) {
		begun = false;
		rc = store_commit(a->store, err);
	}
out:
	if (begun)
		store_rollback(a->store);
	scan_batch_release(&b);
	scan_tips_release(&tips);
	before_release(&old);
	return rc;
}

static enum rc
scan_all(struct app *a, bool full, const struct buf *sig,
    struct scan_result *out, struct err *err)
{
	bool again = true;
	enum rc rc = RC_OK;
	int i;

	for (i = 0; i <= TRIES_MAX && again && rc == RC_OK; i++)
		rc = scan_try(a, full, i == TRIES_MAX, sig, &again, out, err);
	return rc;
}

/* One view of the database for the few reads that the answer takes. */
static enum rc
look(struct app *a, const struct buf *sig, struct scan_result *out, bool *same,
    struct err *err)
{
	struct buf now = BUF_INIT;
	enum rc rc;

	if ((rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	rc = nothing_new(a, sig, &now, same, err);
	if (rc == RC_OK && *same && a->mode != APP_HOOK)
		rc = scan_totals(a, out, err);
	store_read_end(a->store);
	/* The next scan then need not read a ref. */
	if (rc == RC_OK && *same)
		keep_stamp(a, &now);
	buf_release(&now);
	return rc;
}

enum rc
app_scan(struct app *a, bool full, struct scan_result *out, struct err *err)
{
	struct buf sig = BUF_INIT;
	bool same = false;
	enum rc rc;

	*out = (struct scan_result){ 0 };
	if ((rc = app_require_repo(a, err)) != RC_OK)
		return rc;
	signature(a, &sig);
	if (!full)
		rc = look(a, &sig, out, &same, err);
	if (rc == RC_OK && !same && (rc = app_require_write(a, err)) == RC_OK &&
	    (rc = scan_all(a, full, &sig, out, err)) == RC_OK &&
	    a->mode != APP_HOOK)
		rc = scan_totals(a, out, err);
	if (rc == RC_OK && vcs_is_shallow(a->vcs))
		strv_push(&out->warnings,
		    "history incomplete: this is a shallow clone "
		    "(run: git fetch --unshallow)");
	buf_release(&sig);
	return rc;
}

void
scan_result_release(struct scan_result *r)
{
	strv_release(&r->warnings);
	*r = (struct scan_result){ 0 };
}

enum rc
app_refresh(struct app *a, struct err *err)
{
	struct scan_result scanned = { 0 };
	enum rc rc = RC_OK;

	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	return rc;
}
