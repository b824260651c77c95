/* Releases (versions) and their builds. */
#ifndef NOTES_MODEL_RELEASE_H
#define NOTES_MODEL_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ulid.h"
#include "model/commit.h"

#define VERSION_MAX 128			/* bytes of a version's name, NUL too */

enum release_state {
	RELEASE_PLANNED,
	RELEASE_RELEASED,
	RELEASE_YANKED,		/* published, then withdrawn: still counts */
	RELEASE_DROPPED		/* never published: its tag is as if absent */
};

const char *release_state_name(enum release_state s);

struct release {
	int64_t		 id;
	struct ulid	 ulid;
	char		*version;
	enum release_state state;
	char		*title;		/* a name such as "봄", or NULL */
	char		*description;	/* Markdown, or NULL */
	char		*tag;		/* the tag's short name, or NULL */
	/* what the tag points at, none if untagged */
	struct oid	 commit;
	int64_t		 start, target, released;	/* or DATE_NONE */
	/* named by hand, or NULL: by ancestry */
	char		*previous;
	/* why it was yanked or dropped, or NULL */
	char		*reason;
	/* who sees to it, named as assignees are, or NULL */
	char		*owner;
};

struct release_list {
	struct release	*v;
	size_t		 n, cap;
};

void	release_release(struct release *r);
void	release_copy(struct release *dst, const struct release *src);
void	release_list_release(struct release_list *l);

enum build_result { BUILD_UNKNOWN, BUILD_PASSED, BUILD_FAILED };

const char *build_result_name(enum build_result r);

struct build {
	int64_t		 id;
	struct ulid	 ulid;
	char		*version;	/* the release's */
	/* as the CI system writes it: "57", "1.2.57" */
	char		*number;
	struct oid	 commit;
	int64_t		 time;
	char		*ci;		/* "jenkins", "github", ... or NULL */
	char		*url;		/* or NULL */
	enum build_result result;
};

struct build_list {
	struct build	*v;
	size_t		 n, cap;
};

void	build_release(struct build *b);
void	build_list_release(struct build_list *l);

#endif
