#include "model/query.h"

#include <stdlib.h>

void
ticket_list_release(struct ticket_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		ticket_release(&l->v[i]);
	free(l->v);
	*l = (struct ticket_list){ 0 };
}

void
ticket_count_list_release(struct ticket_count_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].name);
	free(l->v);
	*l = (struct ticket_count_list){ 0 };
}
