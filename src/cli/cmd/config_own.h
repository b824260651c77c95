/*
 * Of "notes config": settings that people name themselves, filter.* and key.*,
 * and --check, which looks at everything.
 */
#ifndef NOTES_CLI_CONFIG_OWN_H
#define NOTES_CLI_CONFIG_OWN_H

#include "cli/cmd.h"
#include "cli/table.h"

/* A row for each that is set; records of their own in other forms. */
void	config_own_print(struct cli *c, struct table *table);
/* Shows, sets or unsets one; value NULL and not unset: shows. */
enum rc	config_own_run(struct cli *c, const char *name, const char *value,
	    bool unset, struct err *err);
/* RC_FOUND when something is wrong. */
enum rc	config_own_check(struct cli *c);

#endif
