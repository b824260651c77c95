/*
 * Configuration that people name themselves, tracker.filter.* and
 * tracker.key.*: what is set, where it stands, and setting it.
 */
#ifndef NOTES_APP_CONFIG_H
#define NOTES_APP_CONFIG_H

#include "app/app.h"

/* One value as it stands in a file. */
struct config_value {
	char	*name;		/* without "tracker." */
	char	*value;
	char	*where;		/* ".notesconfig:12", "command line" */
	int	 level;		/* larger wins; the same: the later one */
};

struct config_value_list {
	struct config_value *v;		/* later wins */
	size_t	 n, cap;
};

void	config_value_list_release(struct config_value_list *l);
/* Every value of tracker.<prefix>*, at every level. */
void	app_config_list(struct app *a, const char *prefix,
	    struct config_value_list *out);
/* Reads configuration again: files may have changed. */
enum rc	app_config_reload(struct app *a, struct err *err);
/*
 * Sets tracker.<name>, or unsets it where value is NULL, for this user in
 * every repository; where the repository's own or the team's value would win
 * over that, in this repository.  where gets the file, for people.
 */
enum rc	app_config_set_mine(struct app *a, const char *name,
	    const char *value, struct buf *where, struct err *err);

/*
 * Filters by name: "@mine" in a filter is what tracker.filter.mine says.
 * A name with other letters than a-z, 0-9 and "-" has a section of its own,
 * [tracker "filter.NAME"] query = ...; blanks, quotes, commas and parentheses
 * are in no name.
 */
struct saved_filter {
	char	*name, *text;
	char	*where;		/* ".notesconfig:12" */
	bool	 own;		/* in this repository's own configuration */
};

struct saved_filter_list {
	struct saved_filter *v;		/* by name */
	size_t	 n, cap;
};

void	saved_filter_list_release(struct saved_filter_list *l);
void	app_filters(struct app *a, struct saved_filter_list *out);
/* Saves text, which must be a filter, in the repository's configuration. */
enum rc	app_filter_save(struct app *a, const char *name, const char *text,
	    struct err *err);
/* RC_NOT_FOUND; RC_INVALID where it stands in a file that others share. */
enum rc	app_filter_forget(struct app *a, const char *name, struct err *err);

/* Columns that lists on the screen can have (tracker.columns). */
#define APP_COLUMNS(X)							\
	X(PRIORITY, "priority") X(TYPE, "type") X(KEY, "key")		\
	X(SUMMARY, "summary") X(ASSIGNEE, "assignee")			\
	X(STATUS, "status") X(COMMITS, "commits")			\
	X(REPORTER, "reporter") X(COMPONENT, "component")		\
	X(LABELS, "labels") X(RELEASES, "releases")			\
	X(FOUND_IN, "found-in") X(RESOLUTION, "resolution")		\
	X(DUE, "due") X(ESTIMATE, "estimate") X(CREATED, "created")	\
	X(UPDATED, "updated") X(COMMENTS, "comments")

enum app_column {
#define X(id, name) COLUMN_##id,
	APP_COLUMNS(X)
#undef X
	COLUMN_N
};

extern const char *const app_column_names[COLUMN_N];
/* The columns of a list of names ("key, summary"), each once, into out;
 * RC_INVALID names what is no column. */
enum rc	app_columns_parse(const char *text, enum app_column out[COLUMN_N],
	    size_t *n, struct err *err);

/*
 * What is wrong with the configuration, a line each that begins with its
 * place: names that there are not, values that are refused, filters that are
 * none.  Keys of the terminal UI are looked at above.
 */
void	app_config_problems(struct app *a, struct strv *out);

#endif
