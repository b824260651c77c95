/* A release in the three forms of output. */
#ifndef NOTES_CLI_RELEASE_PRINT_H
#define NOTES_CLI_RELEASE_PRINT_H

#include "model/release.h"
#include "cli/out.h"

json_t	*release_to_json(const struct release *r);
/* One record: version, state, date, tag, commit, title. */
void	release_to_porcelain(struct out *o, const struct release *r);
/* All of it, a fact a line. */
void	release_to_text(struct out *o, const struct release *r);

enum out_style release_style(enum release_state state);

#endif
