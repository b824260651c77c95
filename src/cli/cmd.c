#include "cmd.h"

#include <string.h>

const struct cmd *const commands[] = {
#define X(name) &cmd_##name,
	CMD_LIST(X)
#undef X
	    NULL,
};

const struct cmd *
cmd_find(const struct cmd *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp((*list)->name, name) == 0)
			return *list;
	return NULL;
}
