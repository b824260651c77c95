#include "model/revision.h"

#include <stdlib.h>

void
revision_release(struct revision *r)
{
	free(r->version);
	free(r->file);
	free(r->style);
	free(r->format);
	free(r->lang);
	free(r->text);
	free(r->branch);
	*r = (struct revision){ 0 };
}

void
revision_list_release(struct revision_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		revision_release(&l->v[i]);
	free(l->v);
	*l = (struct revision_list){ 0 };
}
