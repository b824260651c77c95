/* A release in the three forms of output. */
#ifndef NOTES_CLI_RELEASE_PRINT_H
#define NOTES_CLI_RELEASE_PRINT_H

#include "app/hub.h"
#include "cli/out.h"

json_t	*release_to_json(const struct release *r);
/* One record: version, state, date, tag, commit, title. */
void	release_to_porcelain(struct out *o, const struct release *r);

/* With everything that its screen shows; days count from now (seconds). */
json_t	*hub_to_json(struct app *a, const struct hub *hub, int64_t now);
/*
 * That record, then: start, target, days left, done and started in percent,
 * to do, doing, done, total, p50, p85.  Behind it a record for each warning:
 * version, "warning", code, key, commit, text, the command that mends it.
 */
void	hub_to_porcelain(struct out *o, const struct hub *hub, int64_t now);
void	hub_to_text(struct out *o, struct app *a, const struct hub *hub,
	    int64_t now);

enum out_style release_style(enum release_state state);

#endif
