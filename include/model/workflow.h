/*
 * What a ticket can be: types, statuses with their category, resolutions,
 * priorities.  Types and priorities are fixed; a project may add statuses
 * (tracker.status = "blocked:doing").
 */
#ifndef NOTES_MODEL_WORKFLOW_H
#define NOTES_MODEL_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum category { CATEGORY_TODO, CATEGORY_DOING, CATEGORY_DONE };

#define STATUS_MAX 16			/* statuses of one project */
#define STATUS_NAME_MAX 32		/* bytes, NUL included */

struct status {
	char		name[STATUS_NAME_MAX];	/* [a-z0-9-], as typed */
	enum category	category;
};

/* Statuses in board order.  Plain data: copy freely. */
struct workflow {
	struct status	status[STATUS_MAX];
	size_t		n;
};

/* open, in-progress, in-review, done. */
void	workflow_default(struct workflow *wf);
/* Adds "name:todo|doing|done", behind the others of its category. */
enum rc	workflow_add(struct workflow *wf, const char *spec, struct err *err);
/*
 * Case-insensitive; spaces and '_' count as '-'.  What other trackers call the
 * default statuses ("closed", "doing", "review") is understood, too, unless a
 * status of that name exists.  NULL when unknown.
 */
const struct status *workflow_find(const struct workflow *wf,
	    const char *name);
/* The first status of a category. */
const struct status *workflow_first(const struct workflow *wf,
	    enum category category);

const char *category_name(enum category c);	/* "todo" "doing" "done" */

/* A ticket type and the notes section in which it lands. */
struct ticket_type {
	const char	*name;		/* "feature" */
	const char	*abbrev;	/* "feat", at most 4 columns */
	const char	*section;	/* section id: "features" */
	const char	*alias;		/* other names, separated by spaces */
};

extern const struct ticket_type ticket_types[];
extern const size_t ticket_types_n;

/* By name or alias ("story", "enhancement", "new feature"); NULL if none. */
const struct ticket_type *ticket_type_find(const char *name);

struct named {
	const char	*name;
	const char	*alias;		/* other names, separated by spaces */
	const char	*mark;		/* one column for lists */
};

/* highest, high, medium, low, lowest: most urgent first; index is the rank. */
extern const struct named priorities[];
extern const size_t priorities_n;
/* fixed, wontfix, duplicate, invalid, worksforme, done. */
extern const struct named resolutions[];
extern const size_t resolutions_n;
/* blocks, duplicates, fixed-by, caused-by, relates. */
extern const struct named relations[];
extern const size_t relations_n;
/* The name from the other side: "blocked by"; "relates" is its own. */
const char *relation_inverse(size_t i);

/* The index in such a table by name or alias, case-insensitive; -1 if none. */
int	named_find(const struct named *table, size_t n, const char *name);
/* "highest, high, ...": for messages; the caller frees it. */
char	*named_list(const struct named *table, size_t n);

#endif
