/*
 * How generate makes its document: one struct that every wall adds to, in the
 * order of generate.c.  Each gen_list_ function adds entries and warnings of
 * one kind; what decides (ranges, reverts, claims) is truth.h's.
 */
#ifndef NOTES_APP_GEN_H
#define NOTES_APP_GEN_H

#include "app/generate.h"
#include "app/truth/plan.h"
#include "app/truth/suggest.h"
#include "app/truth/truth.h"

struct gen {
	struct app	*app;
	const struct generate_options *o;
	struct truth	 t;
	struct plan	 p;
	struct range	 r;
	struct claims	 claims;
	struct notes	*n;
	bool		 conventional;	/* commits are entries, too */
	struct suggester *suggester;	/* made when first asked for */
	/* upgrade notes: history as the reader has it, and the subjects of
	 * commits that only the reader's line has, sorted */
	struct range	 had;
	struct strv	 had_subjects;
};

/* A commit as entries need it; starts as { 0 }, is used again and again. */
struct gen_row {
	struct oid	 oid;
	int64_t		 time;
	char		*author, *subject;
	bool		 typo;		/* holds a near miss of a key */
};

enum rc	gen_row_load(struct gen *g, uint32_t id, struct gen_row *row,
	    struct err *err);
void	gen_row_release(struct gen_row *row);
/* The id of a commit by its number; none for 0. */
enum rc	gen_oid_of(struct gen *g, uint32_t id, struct oid *out,
	    struct err *err);
/* The name of "Name <mail>", unless it is there already. */
void	gen_person_push(struct strv *people, const char *author);

/* An entry for a ticket, with the commits of the claim (NULL: none). */
enum rc	gen_add_entry(struct gen *g, enum notes_section_id section,
	    const struct ticket *t, const struct claim *c, struct err *err);
/* Notes that it would be an entry, were it not marked "no note". */
void	gen_skip(struct gen *g, const struct ticket *t);
/* A resolution under which nothing was built. */
bool	gen_built_nothing(const struct ticket *t);
/* The claim of the range for a key; NULL when there is none. */
struct claim *gen_find_claim(struct gen *g, const struct ticket_key *key);
/* Has the document an entry for the key, in a section of what is new? */
bool	gen_is_listed(const struct gen *g, const struct ticket_key *key);
/* Does the commit carry work for a ticket, by its message or by hand? */
enum rc	gen_is_linked(struct gen *g, uint32_t id, bool *linked,
	    struct err *err);
/* Work that stands in this range, whoever it is for. */
bool	gen_is_work(const struct gen *g, uint32_t id);
/*
 * The ticket that a commit's subject speaks of; needs g->suggester.  row is
 * loaded, and *linked told: then only what was done along with it counts.
 */
enum rc	gen_suggest(struct gen *g, uint32_t id, struct gen_row *row,
	    bool *linked, struct suggestion *out, struct err *err);
/* "has its title", or how else a title was found. */
const char *gen_suggested_how(const struct suggestion *s);

/* One document into g->n; the history (g->t) is open already. */
enum rc	gen_make(struct gen *g, struct err *err);
/* Lets go of what belongs to it, so that the next one can be made. */
void	gen_clear(struct gen *g);
/* The section that lists the key; SECTION_N when none does. */
enum notes_section_id gen_section(const struct gen *g,
	    const struct ticket_key *key);

/* Tells how far it is; RC_STOPPED when a user has had enough. */
enum rc	gen_go_on(const struct gen *g, const char *what, size_t done,
	    size_t of, struct err *err);

enum rc	gen_head(struct gen *g, struct err *err);
enum rc	gen_list_claims(struct gen *g, struct err *err);
enum rc	gen_list_by_hand(struct gen *g, struct err *err);
enum rc	gen_list_reverted(struct gen *g, struct err *err);
enum rc	gen_list_unlinked(struct gen *g, struct err *err);
/* A key of commits that no ticket has, unless somebody dealt with them. */
enum rc	gen_warn_unknown(struct gen *g, const struct claim *c,
	    struct err *err);
/* Keys that are nearly one of ours. */
enum rc	gen_warn_typos(struct gen *g, struct err *err);
/* Tickets that a listed one settles: duplicates, and what it fixes. */
enum rc	gen_list_related(struct gen *g, struct err *err);
/* Bugs that this version is known to have. */
enum rc	gen_list_known(struct gen *g, struct err *err);
enum rc	gen_list_people(struct gen *g, struct err *err);
/* A commit without a ticket by Conventional Commits: *taken when it is an
 * entry now, or needs none. */
enum rc	gen_list_conventional(struct gen *g, uint32_t id,
	    const struct gen_row *row, bool *taken, struct err *err);
/* Work without a ticket that shipped earlier and was taken back. */
enum rc	gen_list_conventional_reverted(struct gen *g, struct err *err);

/* Upgrade notes: opens what the reader has; nothing for other notes. */
enum rc	gen_upgrade_open(struct gen *g, struct err *err);
void	gen_upgrade_close(struct gen *g);
/* Does the reader have the ticket's work, and does it stand there? */
enum rc	gen_reader_has(struct gen *g, const struct ticket *t, bool *has,
	    struct err *err);
/* Does the reader's line have a commit with this subject? */
bool	gen_reader_has_subject(const struct gen *g, const char *subject);

/* Entries once more, by the build that has them first. */
enum rc	gen_builds(struct gen *g, struct err *err);

#endif
