/*
 * The notes of one release, build or range, as a document: what generate makes
 * and every style and format renders.  All text is as the tickets have it,
 * untrusted; rendering makes it safe.
 */
#ifndef NOTES_MODEL_NOTES_H
#define NOTES_MODEL_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strv.h"
#include "model/commit.h"
#include "model/release.h"
#include "model/ticket.h"

/* Section ids are part of the JSON contract; the order is that of printing. */
#define NOTES_SECTIONS(X)						\
	X(FEATURES, "features") X(IMPROVEMENTS, "improvements")		\
	X(FIXES, "fixes") X(SECURITY, "security")			\
	X(DEPENDENCIES, "dependencies") X(TASKS, "tasks")		\
	X(KNOWN_ISSUES, "known-issues") X(REVERTED, "reverted")

enum notes_section_id {
#define X(id, name) SECTION_##id,
	NOTES_SECTIONS(X)
#undef X
	SECTION_N
};

extern const char *const notes_section_names[SECTION_N];
/* The section of a ticket type; tasks for a type that is unknown. */
enum notes_section_id notes_section_of(const char *type);

struct notes_entry {
	/* "" for a commit without one */
	char		 key[TICKET_KEY_MAX];
	char		*type;
	char		*summary;
	char		*note;			/* Markdown, or NULL */
	char		*description;		/* Markdown, or NULL */
	char		*resolution;		/* or NULL */
	/* known issues: version, or NULL */
	char		*resolved_in;
	struct oid	*commits;		/* n_commits, newest first */
	size_t		 n_commits;
	struct strv	 authors;		/* of those commits */
	struct strv	 also_in;		/* versions of other lines */
	struct strv	 labels;
	/* first build that has it, or NULL */
	char		*build;
	bool		 breaking;
};

struct notes_section {
	enum notes_section_id id;
	struct notes_entry *entries;		/* ordered by key */
	size_t		 n, cap;
};

#define NOTES_WARNINGS(X)						\
	X(NO_COMMIT, "no-commit")	/* done, but no commit */	\
	X(OPEN_CLAIMED, "open-claimed")	/* claimed, but not done */	\
	X(REVERTED, "reverted")		/* reverted in this range */	\
	X(PARTIAL_REVERT, "partial-revert")				\
	X(UNKNOWN_KEY, "unknown-key")	/* with did-you-mean */		\
	X(UNLINKED, "unlinked")		/* commits without a ticket */	\
	X(EMPTY_NOTE, "empty-note")					\
	X(FOREIGN_ROOT, "foreign-root")	/* merged history kept out */	\
	X(SHALLOW, "shallow")		/* history incomplete */	\
	X(ELSEWHERE, "elsewhere")	/* fix release is another */	\
	X(NO_BUILD, "no-build")						\
	X(SUGGESTED, "suggested")	/* ticket matched by title */	\
	X(NO_PREVIOUS, "no-previous")	/* from the very beginning */

enum notes_warning_code {
#define X(id, name) NOTES_WARN_##id,
	NOTES_WARNINGS(X)
#undef X
	NOTES_WARN_N
};

extern const char *const notes_warning_names[NOTES_WARN_N];

struct notes_warning {
	enum notes_warning_code code;
	char		 key[TICKET_KEY_MAX];	/* or "" */
	struct oid	 commit;		/* or none */
	bool		 shipped;		/* REVERTED: but earlier */
	char		*text;			/* one line */
	/* unknown-key: stands as "#12", perhaps of something else */
	bool		 number;
};

struct notes_unlinked {
	struct oid	 commit;
	char		*subject;
	char		 suggest[TICKET_KEY_MAX];	/* or "" */
};

struct notes_build {
	char		*number;
	struct oid	 commit;
	int64_t		 time;
	struct notes_section sections[SECTION_N];
};

struct notes {
	/* "Unreleased" when there is none */
	char		*version;
	char		*title;			/* the release's, or NULL */
	char		*description;		/* the release's, or NULL */
	int64_t		 date;			/* seconds, or DATE_NONE */
	char		*build;			/* number, or NULL */
	char		*previous;		/* version, or NULL */
	char		*tag, *previous_tag;	/* short names, or NULL */
	enum release_state state;
	char		*reason;		/* of a yanked one, or NULL */
	/* excluded; none: the beginning */
	struct oid	 from;
	struct oid	 to;			/* included */
	size_t		 n_commits;		/* in the range */
	/* from previous to version across lines: of no one release */
	bool		 upgrade;
	struct notes_section sections[SECTION_N];	/* by id */
	/* would be entries, but are marked "no note": key, type, summary */
	struct notes_section skipped;
	/* oldest first; by-build only */
	struct notes_build *builds;
	size_t		 n_builds;
	struct notes_warning *warnings;
	size_t		 n_warnings, cap_warnings;
	struct notes_unlinked *unlinked;	/* newest first */
	size_t		 n_unlinked, cap_unlinked;
	struct strv	 contributors;		/* sorted */
	struct strv	 new_contributors;
};

void	notes_init(struct notes *n);
void	notes_release(struct notes *n);
/* The new entry, zeroed, owned by the section. */
struct notes_entry *notes_entry_add(struct notes_section *s);
void	notes_entry_release(struct notes_entry *e);
void	notes_warn(struct notes *n, enum notes_warning_code code,
	    const char *key, const struct oid *commit, const char *fmt, ...)
	    __attribute__((format(printf, 5, 6)));
/*
 * Many unknown keys that stand as "#12" (number), which may all be another
 * thing's, as one sentence with the first of them; NULL when they are few.  The
 * caller frees it.
 */
char	*notes_unknown_numbers(const struct notes *n);
/* Sorts entries by prefix and number, warnings by code and key. */
void	notes_sort(struct notes *n);
size_t	notes_count(const struct notes *n);	/* entries */

#endif
