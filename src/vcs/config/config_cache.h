/*
 * Configuration kept in a file, with the stamps of every file that it came
 * from or would come from if it were there.  Two calls of stat a file instead
 * of a process.
 */
#ifndef NOTES_VCS_CONFIG_CACHE_H
#define NOTES_VCS_CONFIG_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/strv.h"
#include "vcs/config.h"

struct vcs;

/* What a set of values rests on. */
struct config_base {
	uint64_t	 key[2];	/* of the environment and the place */
	struct strv	 paths;
	struct fs_stamp	*stamps;	/* one for each path */
	int64_t		 start_ms;	/* when the first stamp was taken */
	bool		 moving;	/* rests on something we cannot stamp */
};

/* The environment's key, and the files that git would read first. */
void	config_base_init(const struct vcs *v, struct config_base *b);
/* Adds a file that turned up, or may turn up; takes path. */
void	config_base_add(struct config_base *b, char *path);
void	config_base_release(struct config_base *b);

/* True when path holds values for b's key whose files have not changed. */
bool	config_cache_read(const char *path, const struct config_base *b,
	    struct config *out);
/* Writes unless a file is so fresh that a change could hide in its stamp. */
void	config_cache_write(const char *path, const struct config_base *b,
	    const struct config *c);

/* Appends an entry; the texts are copied. */
void	config_add(struct config *c, int level, const char *origin,
	    const char *name, const char *value);

#endif
