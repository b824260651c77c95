#include "app/metrics.h"

#include <stdlib.h>

#include "base/date.h"
#include "metrics_priv.h"

void
metrics_init(struct metrics *m, enum metrics_step step)
{
	*m = (struct metrics){ .now = date_now(), .step = step };
}

void
metrics_drop_cycles(struct metrics *m)
{
	for (size_t i = 0; i < m->n_cycles; i++)
		free(m->cycle[i].type);
	m->n_cycles = 0;
}

void
metrics_drop_people(struct metrics *m)
{
	for (size_t i = 0; i < m->n_people; i++)
		free(m->person[i].name);
	m->n_people = 0;
	m->doing = m->doing_more = 0;
}

void
metrics_drop_releases(struct metrics *m)
{
	for (size_t i = 0; i < m->n_releases; i++)
		free(m->release[i].version);
	m->n_releases = 0;
}

void
metrics_release(struct metrics *m)
{
	metrics_drop_cycles(m);
	free(m->cycle);
	ticket_list_release(&m->oldest);
	metrics_drop_people(m);
	metrics_drop_releases(m);
	*m = (struct metrics){ 0 };
}
