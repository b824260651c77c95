#include "model/link.h"

#include <stdlib.h>

const char *
link_role_name(enum link_role r)
{
	static const char *const names[] = {
		[LINK_MENTIONS] = "mentions",
		[LINK_CLAIMS] = "claims",
		[LINK_CLOSES] = "closes",
		[LINK_MANUAL] = "manual",
	};

	return names[r];
}

void
link_list_release(struct link_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].subject);
		free(l->v[i].author);
		free(l->v[i].first_release);
		free(l->v[i].reverted_by);
	}
	free(l->v);
	*l = (struct link_list){ 0 };
}
