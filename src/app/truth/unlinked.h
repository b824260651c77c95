/* What listing the queue (unlinked.c) and emptying it (unlinked_act.c)
 * share. */
#ifndef NOTES_APP_TRUTH_UNLINKED_H
#define NOTES_APP_TRUTH_UNLINKED_H

#include "app/notes/gen.h"
#include "app/unlinked.h"
#include "suggest.h"

void	unlinked_add(struct app *a, struct unlinked_list *l,
	    const struct gen_row *row, const struct suggestion *s);

#endif
