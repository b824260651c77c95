/*
 * The ledger as a scan sees it: what commits that are gone did, and which of
 * them another commit stands for.
 */
#ifndef NOTES_APP_SCAN_EFFECT_H
#define NOTES_APP_SCAN_EFFECT_H

#include "scan_priv.h"

/* A ledger row whose commit is not on the mainline any more. */
struct orphan {
	struct oid commit;
	int64_t ticket, event;
	char *action;
	bool inherited;
};

struct orphans {
	struct orphan *v;
	size_t n, cap;
};

struct actor { /* one commit that acts */
	struct oid oid;
	char hex[OID_HEX_MAX + 1];
	const char *message;
	size_t len;
	struct strv *warnings;
};

struct landed {
	struct oid oid;
	int64_t time;
	unsigned flags;
	int64_t release;
};

/* A store_history_commits() visitor; arg is a struct landed. */
bool	landed_visit(const struct history_commit *c, void *arg);

/* A store_ledger_each() visitor; arg is a struct orphans. */
bool	orphan_visit(const struct ledger_row *row, void *arg);
void	orphans_release(struct orphans *o);
/* The rows whose commits are not on the mainline. */
enum rc	orphans_load(struct app *a, bool by_head, struct orphans *o,
	    struct err *err);

/*
 * Takes (commit, ticket, action) unless that was done before; *fresh tells
 * whether the effect is still to happen.
 */
enum rc	ledger_claim(struct app *a, struct orphans *o,
	    const struct actor *who, int64_t ticket, const char *action,
	    bool *fresh, struct err *err);

/* One change as a scan makes it: a value that its field does not take is no
 * reason to fail. */
enum rc	effect_change(struct app *a, const char *origin, int64_t ticket,
	    enum change_op op, enum ticket_field field, const char *value,
	    int64_t *group, struct err *err);

/* What no commit of the mainline says any more is taken back. */
enum rc	effects_lapse(struct app *a, struct orphans *o, struct err *err);

#endif
